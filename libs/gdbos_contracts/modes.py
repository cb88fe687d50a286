"""Compatibility modes, as every caller names them."""

BASIC = ("none", "backward", "forward", "full")
TRANSITIVE = "_transitive"
"""Ends the name of a mode that looks at every earlier version and not at the last one only."""
MODES = (*BASIC, *(mode + TRANSITIVE for mode in BASIC if mode != "none"))
DEFAULT = "backward"
"""What was valid stays valid: the least that stored data and running cases need."""

BY_MEANING = "meaning"
READINGS = (BY_MEANING, "declared")
"""What is compared: the values that schemas accept, or what their authors declared."""

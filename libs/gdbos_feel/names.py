"""Names that hold blanks and are known everywhere: built-in functions and properties."""

from __future__ import annotations

BUILTIN_NAMES = frozenset(
    {
        "date and time", "years and months duration", "string length", "upper case", "lower case",
        "substring before", "substring after", "starts with", "ends with", "list contains", "distinct values",
        "insert before", "index of", "list replace", "get value", "get entries", "context put", "context merge",
        "day of year", "day of week", "month of year", "week of year", "met by", "overlaps before",
        "overlaps after", "finished by", "started by", "string join", "round up", "round down", "round half up",
        "round half down", "is defined",
    }
)  # fmt: skip
PROPERTY_NAMES = frozenset({"time offset", "start included", "end included"})

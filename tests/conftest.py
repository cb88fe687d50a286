"""What holds for every level of test."""

import os

from hypothesis import HealthCheck, settings

# No test may fail because the machine is slow: timing lives in the benchmarks.
settings.register_profile("long", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same commit gives the same answer every time; the long forms look where nobody has looked yet.
settings.register_profile("house", parent=settings.get_profile("long"), derandomize=True)
settings.load_profile("long" if os.environ.get("GDBOS_FAULT") == "long" else "house")

"""What holds for every level of test."""

from hypothesis import HealthCheck, settings

# No test may fail because the machine is slow: timing lives in the benchmarks.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

"""Jurisdiction 轄區 (GB/T 2260, GB/T 10114): who supervises a division supervises what lies in it, and nothing else."""

from __future__ import annotations

from gdbos_contracts.principal import Principal

NATION = ""
"""The area that holds everything."""


def area(region: str) -> str:
    """The leading digits that a division shares with what lies in it: `440300` and `440300000000` → `4403`."""
    while len(region) in (9, 12) and region.endswith("000"):
        region = region[:-3]
    while len(region) <= 6 and region.endswith("00"):
        region = region[:-2]
    return region


def supervised(principal: Principal) -> str:
    """The area a supervisor looks after; the nation for one without a division, and for administrators."""
    return area(principal.region or "") if principal.kind == "supervisor" else NATION

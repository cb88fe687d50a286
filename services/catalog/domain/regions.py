"""Administrative divisions (区划, GB/T 2260 with the 3+3 digits of GB/T 10114) as a containment tree."""

from __future__ import annotations

NATIONAL = "000000"
_ENDS = (2, 4, 6, 9, 12)


def normalise(region: str) -> str:
    """`511602000000` → `511602`: a code without the zero groups below its own level, at least 6 digits.

    ValueError when it is not 6, 9 or 12 ASCII digits.
    """
    if len(region) not in (6, 9, 12) or not (region.isascii() and region.isdigit()):
        raise ValueError(f"region {region!r} is not 6, 9 or 12 digits")
    while len(region) > 6 and region.endswith("000"):
        region = region[:-3]
    return region


def ancestors(region: str) -> tuple[str, ...]:
    """The region itself and everything that contains it, nearest first, the nation last.

    `440305` → `("440305", "440300", "440000", "000000")`.
    """
    region = normalise(region)
    chain = [region[:end].ljust(6, "0") for end in reversed(_ENDS) if end <= len(region)]
    return tuple(dict.fromkeys((*chain, NATIONAL)))


def contains(outer: str, inner: str) -> bool:
    """Whether `outer` is `inner` or one of its ancestors (district ← city ← province ← nation)."""
    return normalise(outer) in ancestors(inner)


def depth(region: str) -> int:
    """0 for the nation, 1 province, 2 city, 3 district, 4 town, 5 village: the deeper, the more specific."""
    return len(ancestors(region)) - 1

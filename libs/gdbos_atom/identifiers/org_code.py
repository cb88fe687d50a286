"""组织机构代码, GB 11714-1997: body of 8 (digits and capitals) + hyphen + check character (0–9, X).

Registers write it with and without the hyphen; both are accepted, `canonical` writes it with.
"""

from __future__ import annotations

from gdbos_atom.identifiers import characters
from gdbos_atom.identifiers.characters import A36, DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault

NAME = "org_code"
PATTERN = "^[0-9A-Z]{8}-?[0-9X]$"
_SHAPE = (A36,) * 8 + (DIGITS + "X",)
_HYPHENED = (*_SHAPE[:8], "-", _SHAPE[8])
BY_REMAINDER = tuple("0X987654321"[2 * remainder % 11] for remainder in range(11))
"""Check character by the remainder of the body, read in base 35."""


def check_character(body: str) -> str:
    """11 − Σ value·weight mod 11 with weights 3 7 9 10 5 8 4 2, which are 2^8 … 2^1 modulo 11.

    Read in base 35, which is 2 modulo 11, the body is half that sum; Z (35) weighs as 2 does.
    """
    return BY_REMAINDER[int(body.replace("Z", "2"), 35) % 11]


def holds(text: str) -> bool:
    """Whether the last character fits; `text` already matches PATTERN."""
    return check_character(text[:8]) == text[-1]


def canonical(text: str) -> str:
    """A valid code with its hyphen."""
    return f"{text[:8]}-{text[-1]}"


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid code is invalid."""
    if len(text) == 10 and text[8] in "－—–_ ":
        return [fault(NAME, "missing_hyphen", part="hyphen", at=9, char="-")]
    strangers = scan(NAME, text, _HYPHENED if text[8:9] == "-" else _SHAPE)
    return strangers or [fault(NAME, "check_digit", part="check", at=len(text))]


def mask(text: str) -> str:
    """First two and last two characters remain."""
    return characters.mask(text, 2, 2)


CHECK = Check(NAME, "GB 11714-1997", PATTERN, find, mask, holds)

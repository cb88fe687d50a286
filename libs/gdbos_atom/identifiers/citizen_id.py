"""公民身份号码, GB 11643-1999: division 6 + date of birth 8 + sequence 3 (odd: male) + check character.

The check character is ISO/IEC 7064 MOD 11-2. Residents of Hong Kong, Macao and Taiwan hold numbers of the
same form whose division is 810000, 820000 or 830000. A number keeps the division of its first issue for
ever, so only the province is checked, not the county.
"""

from __future__ import annotations

import re

from gdbos_atom.identifiers import characters
from gdbos_atom.identifiers.calendar_date import DATE_PATTERN, is_date
from gdbos_atom.identifiers.characters import DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault

NAME = "citizen_id"
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
    ]
)
RESIDENCE_PERMITS = {"81": "810000", "82": "820000", "83": "830000"}

_MAINLAND = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)[0-9]{4}"
PATTERN = rf"^(?:{_MAINLAND}|8[123]0000){DATE_PATTERN}[0-9]{{3}}[0-9X]$"

_SHAPE = (DIGITS,) * 17 + (DIGITS + "X",)
_BY_REMAINDER = tuple("10X98765432"[2 * remainder % 11] for remainder in range(11))
"""The standard weighs the digits 2^17 … 2^1; base 13 gives 2^16 … 2^0, so the factor 2 is applied here."""


def check_character(first17: str) -> str:
    """MOD 11-2 over 17 digits. Read in base 13, which is 2 modulo 11, the number is the weighted sum."""
    return _BY_REMAINDER[int(first17, 13) % 11]


def holds(text: str) -> bool:
    """Whether the 18th character fits; `text` already matches PATTERN."""
    return _BY_REMAINDER[int(text[:17], 13) % 11] == text[17]


def from_old(text: str) -> str:
    """The number of 18 characters for an old one of 15 digits, which meant births of 19YY.

    Raises ValueError when `text` is not 15 digits.
    """
    if not re.fullmatch("[0-9]{15}", text):
        raise ValueError("an old citizen id has 15 digits")
    first17 = text[:6] + "19" + text[6:]
    return first17 + check_character(first17)


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid number is invalid."""
    special = _other_document(text)
    if special:
        return special
    strangers = scan(NAME, text, _SHAPE)
    return strangers or _parts(text)


def mask(text: str) -> str:
    """110101********0010."""
    return characters.mask(text, 6, 4) if len(text) >= 15 else characters.mask(text, 1, 1)


def _other_document(text: str) -> list[IdentifierFault]:
    if re.fullmatch("[0-9]{15}", text):
        return [fault(NAME, "old_card")]
    if re.fullmatch("[A-Z]{3}[0-9]{12}", text) or re.fullmatch("9[0-9]{16}[0-9X]", text):
        return [fault(NAME, "permanent_resident")]
    return []


def _parts(text: str) -> list[IdentifierFault]:
    faults = _division(text)
    if not is_date(text[6:14]):
        faults.append(fault(NAME, "birth_date", part="birth_date", at=7, value=text[6:14]))
    if not holds(text):
        faults.append(fault(NAME, "check_digit", part="check", at=18))
    return faults


def _division(text: str) -> list[IdentifierFault]:
    permit = RESIDENCE_PERMITS.get(text[:2])
    if permit:
        if text[:6] == permit:
            return []
        return [fault(NAME, "residence_permit", part="division", at=1, value=text[:6])]
    if text[:2] in PROVINCES:
        return []
    return [fault(NAME, "province", part="division", at=1, value=text[:2])]


CHECK = Check(NAME, "GB 11643-1999", PATTERN, find, mask, holds)

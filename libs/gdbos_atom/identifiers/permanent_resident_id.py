"""外国人永久居留身份证号码 (2023 form): 9 + place 2 + nationality 3 + birth 8 + sequence 3 + check character.

The check character is that of GB 11643. The form of 2017 (three letters and twelve digits) is accepted too;
its check digit is not public.
"""

from __future__ import annotations

from gdbos_atom.identifiers import characters, citizen_id
from gdbos_atom.identifiers.calendar_date import DATE_PATTERN, is_date
from gdbos_atom.identifiers.characters import DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault

NAME = "permanent_resident_id"
PATTERN = rf"^(?:9[0-9]{{5}}{DATE_PATTERN}[0-9]{{3}}[0-9X]|[A-Z]{{3}}[0-9]{{12}})$"
_SHAPE = ("9",) + (DIGITS,) * 16 + (DIGITS + "X",)


def holds(text: str) -> bool:
    """Whether the check character fits; `text` already matches PATTERN."""
    return len(text) == 15 or citizen_id.holds(text)


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid number is invalid."""
    strangers = scan(NAME, text, _SHAPE)
    if strangers:
        return strangers
    faults = []
    if not is_date(text[6:14]):
        faults.append(fault(NAME, "birth_date", part="birth_date", at=7, value=text[6:14]))
    if not citizen_id.holds(text):
        faults.append(fault(NAME, "check_digit", part="check", at=18))
    return faults


def mask(text: str) -> str:
    """First six and last four characters remain."""
    return characters.mask(text, 6, 4)


CHECK = Check(NAME, "国家移民管理局 2023 五星卡", PATTERN, find, mask, holds)

"""基本编码, 12 digits, GB/T 39554.1: division 2 · item type 2 · guiding department 2 · main item 3 · sub-item 3.

It has no check digit. Types beyond the national list are left to the regions (11–19, 21–99), so any two
digits pass; the guiding department must be one of the national list.
"""

from __future__ import annotations

from gdbos_atom.identifiers.characters import DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.citizen_id import PROVINCES
from gdbos_atom.identifiers.fault import IdentifierFault, fault

NAME = "catalog_code"
PATTERN = "^[0-9]{12}$"
NATIONAL = "00"
DEPARTMENTS = frozenset(
    [
        "02",
        "04",
        "05",
        "06",
        "07",
        "08",
        "09",
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "20",
        "21",
        "22",
        "23",
        "24",
        "25",
        "26",
        "27",
        "28",
        "29",
        "30",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "38",
        "39",
        "40",
        "41",
        "42",
        "44",
        "45",
        "46",
        "47",
        "54",
        "55",
        "56",
        "59",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "67",
        "68",
        "69",
        "70",
        "71",
        "72",
        "73",
        "75",
        "76",
        "77",
        "79",
        "80",
        "81",
        "82",
        "99",
    ]
)
"""中央业务指导部门代码 as the national platform lists them."""


def holds(text: str) -> bool:
    """Whether division and department exist; `text` already matches PATTERN."""
    return (text[:2] == NATIONAL or text[:2] in PROVINCES) and text[4:6] in DEPARTMENTS


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid code is invalid."""
    strangers = scan(NAME, text, (DIGITS,) * 12)
    if strangers:
        return strangers
    faults = []
    if text[:2] != NATIONAL and text[:2] not in PROVINCES:
        faults.append(
            fault(NAME, "part", part="division", at=1, label="RR", value=text[:2], rule="00 | GB/T 2260")
        )
    if text[4:6] not in DEPARTMENTS:
        faults.append(
            fault(NAME, "part", part="department", at=5, label="DD", value=text[4:6], rule="02–82, 99")
        )
    return faults


def mask(text: str) -> str:
    """Nothing to hide: an item is no person."""
    return text


CHECK = Check(NAME, "GB/T 39554.1-2020", PATTERN, find, mask, holds)

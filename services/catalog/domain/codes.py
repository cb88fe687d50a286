"""Item codes by scheme. Codes stay strings and are never repaired: a scheme only says what is wrong.

National (domain.md §1.2, from ZWFW C0109.1): basic 12 = region 2 · type 2 · ministry 2 · main 3 · sub 3;
implementing 31 = USCC 18 · level 1 · basic 12; handling 33 = implementing · serial 2. GB/T 39046 gives
other widths, provinces have schemes of their own: hence a registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.catalog.domain.identifiers import uscc_fault

TASK_TYPES = frozenset(["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"])


@dataclass(frozen=True, slots=True)
class CodeFault:
    """`part` is the part of the code at fault, `reason` a stable word."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart; parts that its scheme does not have, or that could not be read, are None."""

    scheme: str
    text: str
    catalog_code: str | None = None
    task_type: str | None = None
    region: str | None = None
    agency: str | None = None
    use_level: str | None = None
    serial: str | None = None
    faults: tuple[CodeFault, ...] = ()


def _basic(text: str) -> Code:
    if not re.fullmatch(r"[0-9]{12}", text):
        return Code("national-basic", text, faults=(CodeFault("code", "shape"),))
    return Code("national-basic", text, text, text[2:4], faults=_type_fault(text[2:4]))


def _type_fault(task_type: str) -> tuple[CodeFault, ...]:
    """Types 11–19 and 21–99 are extensions that the standard leaves to the regions."""
    extended = task_type > "10" and task_type != "20"
    return () if task_type in TASK_TYPES or extended else (CodeFault("task_type", "unknown"),)


def _agency_fault(agency: str) -> tuple[CodeFault, ...]:
    reason = uscc_fault(agency)
    return (CodeFault("agency", reason),) if reason else ()


def _implementing(text: str) -> Code:
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{13}", text):
        return Code("national-implementing", text, faults=(CodeFault("code", "shape"),))
    agency, level, basic = text[:18], text[18], _basic(text[19:])
    faults = (*_agency_fault(agency), *basic.faults)
    if level not in "1234567":
        faults = (*faults, CodeFault("use_level", "range"))
    return Code(
        "national-implementing",
        text,
        basic.text,
        basic.task_type,
        agency=agency,
        use_level=level,
        faults=faults,
    )


def _handling(text: str) -> Code:
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{15}", text):
        return Code("national-handling", text, faults=(CodeFault("code", "shape"),))
    whole = _implementing(text[:31])
    return Code(
        "national-handling",
        text,
        whole.catalog_code,
        whole.task_type,
        agency=whole.agency,
        use_level=whole.use_level,
        serial=text[31:],
        faults=whole.faults,
    )


_SICHUAN = re.compile(
    r"(?P<catalog>[0-9]{3}[A-Z0-9][0-9]{8}(?:[0-9]{2})?)-(?P<region>[0-9]{12})-(?P<part>[0-9]{3})"
    r"-(?P<agency>[0-9A-Za-z]+(?:-[0-9A-Z])?)-(?P<level>[0-9])-(?P<serial>[0-9]{2})"
)
_SICHUAN_OLD = re.compile(
    r"(?P<catalog>[A-Z]-[0-9]{6}-[0-9]{3,4}|[0-9][A-Z]-[0-9]{4}-[0-9]{5})"
    r"(?:-(?P<region>[0-9]{12})-(?P<part>[0-9]{3}))?"
    r"-(?P<agency>[0-9A-Za-z]+(?:-[0-9A-Z])?)(?:-(?P<level>[0-9])-(?P<serial>[0-9]{2}))?"
)
_SICHUAN_TYPES = {"A": "01", "E": "09", "F": "07", "G": "05", "H": "08", "Z": "10"}
"""Letter of the catalogue code → national type; 512… are public services; J and 513A fix no type."""


def _sichuan(text: str) -> Code:
    """目录码-区划(12)-000-实施主体-n-nn, and the older forms with a letter in front that are still in use."""
    found, scheme, faults = _SICHUAN.fullmatch(text), "sichuan", []
    if not found:
        found, scheme = _SICHUAN_OLD.fullmatch(text), "sichuan-old"
    if not found:
        return Code("sichuan", text, faults=(CodeFault("code", "shape"),))
    if not found["region"]:
        faults.append(CodeFault("region", "missing"))
    return Code(
        scheme,
        text,
        found["catalog"],
        _sichuan_type(found["catalog"]),
        found["region"],
        found["agency"],
        found["level"],
        found["serial"],
        (*faults, *_agency_fault(found["agency"])),
    )


def _sichuan_type(catalog: str) -> str | None:
    if catalog.startswith("512"):
        return "20"
    if catalog.startswith("513"):
        return None
    return _SICHUAN_TYPES.get(catalog[3] if catalog.startswith("511") else catalog[0])


def _shape(scheme: str, pattern: str) -> Callable[[str], Code]:
    compiled = re.compile(pattern)

    def check(text: str) -> Code:
        faults = () if compiled.fullmatch(text) else (CodeFault("code", "shape"),)
        return Code(scheme, text, faults=faults)

    return check


SCHEMES: Mapping[str, Callable[[str], Code]] = {
    "national-basic": _basic,
    "national-implementing": _implementing,
    "national-handling": _handling,
    "gbt39046-basic": _shape("gbt39046-basic", r"[0-9A-Z]{1,10}"),
    "gbt39046-implementing": _shape("gbt39046-implementing", r"[0-9A-Z]{1,24}"),
    "guizhou": _shape("guizhou", r"XK[0-9]{8}"),
    "sichuan": _sichuan,
    "sichuan-old": _sichuan,
}


def check(scheme: str, text: str) -> Code:
    """The code taken apart by its scheme, with everything wrong with it; KeyError for an unknown scheme."""
    return SCHEMES[scheme](text)

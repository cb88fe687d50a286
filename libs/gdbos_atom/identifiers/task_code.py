"""实施编码 (31), 业务办理项编码 (33) and 办件编号 (43): codes that grow out of each other.

31 = unified social credit code of the agency (18) + level of exercise (1–7) + basic code (12);
33 = 31 + serial 2; 43 = 31 + YYYYMMDD + serial 4.
"""

from __future__ import annotations

from gdbos_atom.identifiers import catalog_code, uscc
from gdbos_atom.identifiers.calendar_date import DATE_PATTERN, is_date
from gdbos_atom.identifiers.characters import DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault, shifted

LEVELS = "1234567"
"""行使层级: 1 national … 6 village, 7 several levels."""

_TASK = uscc.PATTERN.strip("^$") + "[1-7][0-9]{12}"
_AGENCY = 18
_TASK_LENGTH = 31


def task_holds(text: str) -> bool:
    """Whether agency and basic code hold; `text` already matches the pattern."""
    return uscc.holds(text[:_AGENCY]) and catalog_code.holds(text[_AGENCY + 1 : _TASK_LENGTH])


def find_task(kind: str, text: str) -> list[IdentifierFault]:
    """Faults of the first 31 characters, under the name of `kind`."""
    faults = shifted(uscc.CHECK.check(text[:_AGENCY]), 0, "agency")
    level = text[_AGENCY]
    if level not in LEVELS:
        faults.append(
            fault(kind, "part", part="level", at=_AGENCY + 1, label="行使层级", value=level, rule="1–7")
        )
    inner = catalog_code.CHECK.check(text[_AGENCY + 1 : _TASK_LENGTH])
    return faults + shifted(inner, _AGENCY + 1, "catalog_code")


def _finder(kind: str, tail: int) -> Check:
    shape = (uscc.A31,) * _AGENCY + (DIGITS,) * (13 + tail)

    def find(text: str) -> list[IdentifierFault]:
        strangers = scan(kind, text, shape)
        if strangers:
            return strangers
        faults = find_task(kind, text)
        date = text[_TASK_LENGTH : _TASK_LENGTH + 8]
        if kind == "case_no" and not is_date(date):
            faults.append(
                fault(
                    kind, "part", part="date", at=_TASK_LENGTH + 1, label="日期", value=date, rule="YYYYMMDD"
                )
            )
        return faults

    return Check(kind, _STANDARDS[kind], f"^{_TASK}{_TAILS[kind]}$", find, catalog_code.mask, task_holds)


_STANDARDS = {
    "task_code": "GB/T 39554.1-2020",
    "task_handle_item": "GB/T 39554.1-2020",
    "case_no": "全国一体化政务服务平台 办件编号",
}
_TAILS = {"task_code": "", "task_handle_item": "[0-9]{2}", "case_no": DATE_PATTERN + "[0-9]{4}"}

TASK_CODE = _finder("task_code", 0)
TASK_HANDLE_ITEM = _finder("task_handle_item", 2)
CASE_NO = _finder("case_no", 12)

"""Identifiers that a pattern describes whole: divisions, resources, telephones, other code schemes."""

from __future__ import annotations

from collections.abc import Callable

from gdbos_atom.identifiers import characters
from gdbos_atom.identifiers.characters import A36, CAPITALS, DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.citizen_id import PROVINCES
from gdbos_atom.identifiers.fault import IdentifierFault, fault


def _open(text: str) -> str:
    return text


def _hide_middle(text: str) -> str:
    return characters.mask(text, 3, 4)


def _shaped(
    name: str,
    standard: str,
    pattern: str,
    rule: str,
    alphabet: str,
    mask: Callable[[str], str] = _open,
    lengths: tuple[int, ...] = (),
) -> Check:
    def find(text: str) -> list[IdentifierFault]:
        length = next((n for n in lengths if n >= len(text)), lengths[-1] if lengths else len(text))
        return scan(name, text, (alphabet,) * length) or [fault(name, "shape", rule=rule)]

    return Check(name, standard, pattern, find, mask)


_PROVINCE = "(?:" + "|".join(sorted(PROVINCES | {"81", "82"})) + ")"

REGION_CODE = _shaped(
    "region_code",
    "GB/T 2260-2007, GB/T 10114-2003",
    f"^{_PROVINCE}[0-9]{{4}}(?:[0-9]{{3}}(?:[0-9]{{3}})?)?$",
    "6 | 9 | 12 × 0–9 (GB/T 2260)",
    DIGITS,
    lengths=(6, 9, 12),
)
RESOURCE_CODE = _shaped(
    "resource_code",
    "政务信息资源目录编制指南（试行）2017",
    "^[1-3][0-9]{2}[0-9]{3}[0-9A-Z]*/[0-9A-Z]+$",
    "类1 项2 目3 细目… / 顺序码",
    A36 + "/",
)
MOBILE = _shaped(
    "mobile", "工信部 电信网编号计划", "^1[3-9][0-9]{9}$", "1[3-9] + 9 × 0–9", DIGITS, _hide_middle, (11,)
)
PHONE = _shaped(
    "phone",
    "工信部 电信网编号计划",
    "^(?:0[0-9]{2,3}-[1-9][0-9]{6,7}(?:-[0-9]{1,6})?|1[3-9][0-9]{9}|[1-9][0-9]{2,4}|[48]00-?[0-9]{3}-?[0-9]{4})$",
    "区号-号码[-分机]",
    DIGITS + "-",
    _hide_middle,
)
POSTCODE = _shaped("postcode", "GB/T 2260 邮政编码", "^[0-9]{6}$", "6 × 0–9", DIGITS, lengths=(6,))
GUIZHOU_ITEM = _shaped(
    "guizhou_item", "贵州省政务服务事项编码", "^XK[0-9]{5}[0-9]{3}$", "XK + 5 + 3", DIGITS + CAPITALS
)
GB39046_CATALOG = _shaped(
    "gb39046_catalog", "GB/T 39046-2020", "^[0-9A-Z]{1,10}$", "an..10", A36, lengths=tuple(range(1, 11))
)
GB39046_TASK = _shaped(
    "gb39046_task", "GB/T 39046-2020", "^[0-9A-Z]{1,24}$", "an..24", A36, lengths=tuple(range(1, 25))
)

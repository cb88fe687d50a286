"""Identifier rules by name (domain facts §1.2 and §5). Nothing is ever repaired silently.

`CHECKS["citizen_id"].valid(text)` is the verdict at speed, `.check(text)` names every fault, `.mask(text)`
is what may be shown. `CODE_SCHEMES` are the rules among which an item code may be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdbos_atom.identifiers import (
    catalog_code,
    citizen_id,
    licence_id,
    org_code,
    permanent_resident_id,
    sichuan_item,
    simple,
    task_code,
    uscc,
)
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault


def _by_name(*checks: Check) -> Mapping[str, Check]:
    return MappingProxyType({check.name: check for check in checks})


CODE_SCHEMES: Mapping[str, Check] = _by_name(
    catalog_code.CHECK,
    task_code.TASK_CODE,
    task_code.TASK_HANDLE_ITEM,
    sichuan_item.CHECK,
    simple.GUIZHOU_ITEM,
    simple.GB39046_CATALOG,
    simple.GB39046_TASK,
)

CHECKS: Mapping[str, Check] = _by_name(
    citizen_id.CHECK,
    permanent_resident_id.CHECK,
    org_code.CHECK,
    uscc.CHECK,
    licence_id.CHECK,
    task_code.CASE_NO,
    simple.REGION_CODE,
    simple.RESOURCE_CODE,
    simple.MOBILE,
    simple.PHONE,
    simple.POSTCODE,
    *CODE_SCHEMES.values(),
)


def recognise(text: str) -> list[str]:
    """Names of the item code schemes under which `text` is valid, the stricter before the looser."""
    return [name for name, check in CODE_SCHEMES.items() if check.valid(text)]


__all__ = ["CHECKS", "CODE_SCHEMES", "Check", "IdentifierFault", "recognise"]

"""How one level may change what the level above said, field by field.

Three kinds of rule (基本目录 → 实施清单, 逐级认领): *locked* may only be repeated, *narrow* may only become
easier for the applicant, *free* may be replaced. Each rule takes the value above and the value here and
returns what holds plus the faults; where there is a fault, the value above stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gdbos_contracts.errors import Fault
from services.catalog.domain.faults import fault

Narrow = Callable[[Any, Any, str], tuple[Any, list[Fault]]]

NECESSITY = {"optional": 0, "deferrable": 1, "required": 2}


def locked(above: Any, here: Any, pointer: str) -> tuple[Any, list[Fault]]:
    """Only the level that set it may change it: name, type, legal basis (六要素 stay identical)."""
    return above, [] if here == above else [fault(pointer, "locked")]


def free(above: Any, here: Any, pointer: str) -> tuple[Any, list[Fault]]:
    """Each level says its own: address, hours, process, steps."""
    return here, []


def clock(above: Mapping[str, Any], here: Mapping[str, Any], pointer: str) -> tuple[Any, list[Fault]]:
    """A promise of at most the days above, in the same unit."""
    if here["unit"] != above["unit"]:
        return above, [fault(f"{pointer}/unit", "unit_differs")]
    if here["days"] > above["days"]:
        return above, [fault(f"{pointer}/days", "promise_widened")]
    return here, []


def audience(above: list[str], here: list[str], pointer: str) -> tuple[Any, list[Fault]]:
    """A subset of the audience above."""
    if set(here) <= set(above):
        return here, []
    return above, [fault(pointer, "audience_widened")]


def fee(above: Mapping[str, Any], here: Mapping[str, Any], pointer: str) -> tuple[Any, list[Fault]]:
    """No fee where the level above charges none, no amount above its amount for the same fee name."""
    limits = {entry["name"]["zh-Hans"]: entry["amount"] for entry in above.get("items", ())}
    within = all(
        _at_most(entry["amount"], limits.get(entry["name"]["zh-Hans"])) for entry in here.get("items", ())
    )
    if here.get("charged") and (not above.get("charged") or not within):
        return above, [fault(pointer, "fee_widened")]
    return here, []


def _at_most(amount: str, limit: str | None) -> bool:
    try:
        return limit is not None and Decimal(amount) <= Decimal(limit)
    except InvalidOperation:
        return False


def entries(key: str, fixed: frozenset[str], order: Mapping[str, Mapping[Any, int]]) -> Narrow:
    """A rule for a list of things asked of the applicant, matched by `key`.

    Each entry here is a patch of the entry above: `remove: true` drops it, fields in `fixed` may only be
    repeated, fields in `order` may only fall in rank, the others are replaced. Entries not mentioned are
    inherited. An entry unknown above may not be added.
    """

    def narrow(above: list[Any], here: list[Any], pointer: str) -> tuple[Any, list[Fault]]:
        held = {entry[key]: entry for entry in above}
        faults: list[Fault] = []
        for index, patch in enumerate(here):
            place, name = f"{pointer}/{index}", patch[key]
            if name not in held:
                faults.append(fault(f"{place}/{key}", "entry_added", name))
            elif patch.get("remove"):
                del held[name]
            else:
                held[name], found = _patched(held[name], patch, place)
                faults += found
        return list(held.values()), faults

    def _patched(entry: Any, patch: Mapping[str, Any], place: str) -> tuple[Any, list[Fault]]:
        result, faults = dict(entry), []
        for name, value in patch.items():
            if name in fixed and value != entry.get(name):
                faults.append(fault(f"{place}/{name}", "locked"))
            elif name in order and order[name][value] > order[name][entry[name]]:
                faults.append(fault(f"{place}/{name}", "requirement_widened", entry[key]))
            else:
                result[name] = value
        return result, faults

    return narrow


materials = entries("id", frozenset({"name", "by_law", "kind"}), {"necessity": NECESSITY})
elements = entries("element", frozenset({"version", "section"}), {"required": {False: 0, True: 1}})

RULES: Mapping[str, Narrow] = {
    **dict.fromkeys(
        ("name", "task_type", "catalog_code", "legal_basis", "statutory", "result", "synthetic"), locked
    ),
    "promised": clock,
    "audience": audience,
    "fee": fee,
    "materials": materials,
    "elements": elements,
    **dict.fromkeys(
        (
            "local_code",
            "code_scheme",
            "project_type",
            "agency",
            "conditions",
            "guide",
            "sections",
            "process",
            "documents",
            "correction",
            "steps",
            "contact",
            "modes",
            "handling",
        ),
        free,
    ),
}

"""An item (事项) and its inheritance: basic item (基本目录) → implementing item (实施清单) → … any depth.

`merge` walks the chain from the root down: a field holds what the lowest level was allowed to say, and
`origin` remembers which level said it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import Fault
from services.catalog.domain import regions
from services.catalog.domain.faults import fault
from services.catalog.domain.narrowing import RULES

IDENTITY = frozenset({"code", "level", "region", "parent", "in_force", "pack"})
BASIC, IMPLEMENTING = "basic", "implementing"


@dataclass(frozen=True, slots=True)
class Item:
    """One level's row. `own` holds only what this level says itself; `level` is basic or implementing."""

    code: str
    level: str
    region: str
    parent: str | None = None
    own: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_data(cls, draft: Mapping[str, Any]) -> Item:
        """Read a draft (the flat JSON object that packs and importers write)."""
        own = {name: value for name, value in draft.items() if name not in IDENTITY}
        region = regions.normalise(draft["region"])
        return cls(draft["code"], draft["level"], region, draft.get("parent"), own)


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds at the end of a chain: `fields`, and for each the code of the level that set it."""

    fields: Mapping[str, Any]
    origin: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def merge(chain: Sequence[Item]) -> Effective:
    """The effective item of `chain` (root first). Faults point into the draft of the level at fault;
    where a level oversteps, the level above stands."""
    fields: dict[str, Any] = {}
    origin: dict[str, str] = {}
    faults = _chain_faults(chain)
    for item in chain:
        for name, value in item.own.items():
            faults += _apply(fields, origin, item, name, value)
    faults += _beyond_statute(fields)
    if "guide" in fields:
        fields["guide"] = without(fields["guide"], _removed(chain, fields))
    return Effective(fields, origin, tuple(faults))


def _apply(fields: dict[str, Any], origin: dict[str, str], item: Item, name: str, value: Any) -> list[Fault]:
    pointer = f"/{name}"
    if name not in RULES:
        return [fault(pointer, "unknown_field", name)]
    if name not in fields:
        fields[name], origin[name] = _first(value), item.code
        return []
    result, faults = RULES[name](fields[name], value, pointer)
    if result != fields[name]:
        fields[name], origin[name] = result, item.code
    return faults


def _first(value: Any) -> Any:
    """The first level to name a list says it whole: removing what nobody asked for is a no-op."""
    if isinstance(value, list):
        return [entry for entry in value if not (isinstance(entry, Mapping) and entry.get("remove"))]
    return value


def _chain_faults(chain: Sequence[Item]) -> list[Fault]:
    faults = []
    for above, here in zip(chain, chain[1:], strict=False):
        if here.parent != above.code:
            faults.append(fault("/parent", "chain_broken"))
        if not regions.contains(above.region, here.region):
            faults.append(fault("/region", "region_outside"))
    return faults


def _beyond_statute(fields: dict[str, Any]) -> list[Fault]:
    statutory, promised = fields.get("statutory"), fields.get("promised")
    if not statutory or not promised or statutory["unit"] != promised["unit"]:
        return []
    if promised["days"] <= statutory["days"]:
        return []
    fields["promised"] = statutory
    return [fault("/promised/days", "promise_beyond_statute")]


def _removed(chain: Iterable[Item], fields: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """(kind, id) of what some level asked for and a lower one dropped."""
    removed = set()
    for kind, name, key in (("material", "materials", "id"), ("element", "elements", "element")):
        held = {entry[key] for entry in fields.get(name, ())}
        named = {entry[key] for item in chain for entry in item.own.get(name, ())}
        removed |= {(kind, each) for each in named - held}
    return frozenset(removed)


def without(guide: Mapping[str, Any], removed: frozenset[tuple[str, str]]) -> Mapping[str, Any]:
    """The guide without effects on what a lower level dropped: a narrowed item must not ask for it again."""
    if not removed:
        return guide

    def kept(effect: Mapping[str, Any]) -> bool:
        return not any((kind.rpartition("_")[2], target) in removed for kind, target in _targets(effect))

    questions = [
        {
            **question,
            "options": [
                {**option, "effects": [effect for effect in option.get("effects", ()) if kept(effect)]}
                for option in question["options"]
            ],
        }
        for question in guide["questions"]
    ]
    return {**guide, "questions": questions}


def _targets(effect: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(kind, target) for kind, target in effect.items() if isinstance(target, str)]

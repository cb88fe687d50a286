"""How far an agency speaks the standard: the share of its items' and sources' fields that are standards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.text import Text
from services.standards.domain.mapping import Spelled
from services.standards.domain.use import by_number


@dataclass(frozen=True, slots=True)
class Holder:
    """One version of something with fields: an item, a source, a template.

    Of its `fields`, `elements` are data elements, and of those `standard` are in force (试用, 标准, 修订). Columns
    that a mapping leaves out are `unmapped`; of some the name spells an element, which is proposed.
    """

    kind: str
    id: str
    version: str
    agency: str
    names: Text
    fields: int
    elements: int = 0
    standard: int = 0
    unmapped: tuple[Spelled, ...] = ()

    @property
    def proposed(self) -> int:
        return sum(bool(column.element) for column in self.unmapped)

    @property
    def share(self) -> float:
        """0 to 1; what has no fields has nothing to standardise."""
        return self.standard / self.fields if self.fields else 1.0

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "version": self.version,
            "names": dict(self.names),
            **_figures([self]),
            "columns": [column.to_data() for column in self.unmapped],
        }


def by_agency(holders: Iterable[Holder]) -> list[dict[str, Any]]:
    """[{agency, fields, elements, standard, proposed, unmapped, share, holders:[…]}], the least covered first.

    Only the newest version of each holder counts; its least covered holders are first as well.
    """
    found: dict[str, list[Holder]] = {}
    for holder in newest(holders):
        found.setdefault(holder.agency, []).append(holder)
    report = [
        {
            "agency": agency,
            **_figures(own),
            "holders": [holder.to_data() for holder in sorted(own, key=lambda h: (h.share, h.kind, h.id))],
        }
        for agency, own in found.items()
    ]
    return sorted(report, key=lambda row: (row["share"], row["agency"]))


def newest(holders: Iterable[Holder]) -> list[Holder]:
    """One version of each: the highest number, else the last by text."""
    found: dict[tuple[str, str], Holder] = {}
    for holder in sorted(holders, key=lambda h: by_number(h.version)):
        found[holder.kind, holder.id] = holder
    return list(found.values())


def _figures(holders: Iterable[Holder]) -> Mapping[str, Any]:
    rows = list(holders)
    fields = sum(holder.fields for holder in rows)
    elements = sum(holder.elements for holder in rows)
    standard = sum(holder.standard for holder in rows)
    proposed = sum(holder.proposed for holder in rows)
    return {
        "fields": fields,
        "elements": elements,
        "standard": standard,
        "proposed": proposed,
        "unmapped": fields - elements - proposed,
        "share": round(standard / fields, 4) if fields else 1.0,
    }

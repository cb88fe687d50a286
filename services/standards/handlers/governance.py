"""Governance: elements that say the same twice, names against the rules, and who speaks the standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import NotFound
from services.standards.domain import coverage as covering
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import IN_FORCE
from services.standards.domain.likeness import near_duplicates
from services.standards.domain.naming import lint
from services.standards.ports import Holders, Registry


def likeness(query: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """{twins: [{one, other, score, reasons, names}], total}: elements that look alike, the most alike first.

    `element` narrows to the twins of one; NotFound when there is no such element.
    """
    held = {element.id: element for element in registry.newest()}
    if query["element"] and query["element"] not in held:
        raise NotFound
    new = [held[query["element"]]] if query["element"] else list(held.values())
    twins = near_duplicates(new, held.values())
    rows = [
        {
            "one": twin.one,
            "other": twin.other,
            "score": twin.score,
            "reasons": list(twin.reasons),
            "names": {id: dict(held[id].names) for id in (twin.one, twin.other)},
        }
        for twin in twins[: query["limit"]]
    ]
    return {"twins": rows, "total": len(twins)}


def naming(query: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """{elements: [{id, version, names, advice}], total}: newest versions whose names break the naming rules."""
    found = [(element, lint(element)) for element in registry.newest()]
    told = [(element, advice) for element, advice in found if advice]
    return {
        "elements": [
            {**_named(element), "advice": [fault.to_data() for fault in advice]}
            for element, advice in told[: query["limit"]]
        ],
        "total": len(told),
    }


def coverage(agency: str, holders: Holders) -> dict[str, Any]:
    """{agencies: [{agency, fields, elements, standard, share, holders}]}; `agency` "" means every one."""
    rows = covering.by_agency(holders.all(IN_FORCE))
    return {"agencies": [row for row in rows if agency in ("", row["agency"])]}


def _named(element: DataElement) -> dict[str, Any]:
    return {"id": element.id, "version": element.version, "names": dict(element.names)}

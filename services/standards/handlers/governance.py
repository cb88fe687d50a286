"""Governance: names against the rules, and who speaks the standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.standards.domain import coverage as covering
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import IN_FORCE
from services.standards.domain.naming import lint
from services.standards.ports import Holders, Registry


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
    """{agencies: [{agency, fields, elements, standard, proposed, unmapped, share, holders}]}; `agency` "" means every one."""
    rows = covering.by_agency(holders.all(IN_FORCE))
    return {"agencies": [row for row in rows if agency in ("", row["agency"])]}


def _named(element: DataElement) -> dict[str, Any]:
    return {"id": element.id, "version": element.version, "names": dict(element.names)}

"""Reading the registry: elements, code lists, and who uses what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import finding, lifecycle
from services.standards.domain.concept import concept, irdi, value_domain
from services.standards.domain.element import DataElement
from services.standards.ports import CodeLists, Registry


def element(id: str, version: int | None, principal: Principal, registry: Registry) -> dict[str, Any]:
    """One data element with its concept and value domain, its present status and how it came to it, the steps
    from there and whether the principal may take them, and every version; NotFound."""
    found = registry.element(id, version)
    if found is None:
        raise NotFound
    history = registry.history(found.id, found.version)
    status = history[-1].after if history else found.status
    return {
        **found.to_data(),
        "irdi": irdi(found.ref),
        "concept": concept(found),
        "value_domain": value_domain(found),
        "status": status,
        "history": [step.to_data() for step in history],
        "steps": lifecycle.steps(status, lifecycle.roles_of(principal, found.steward)),
        "versions": [{"version": number, "status": then} for number, then in registry.versions(found.id)],
    }


def elements(query: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """A page of elements, newest versions, the best fit to `q` first; `next` is the opaque cursor or None."""
    found = registry.search(query["q"], query["cursor"], query["limit"] + 1, query["status"])
    page = found[: query["limit"]]
    return {
        "elements": [{**item.to_data(), "status": status} for item, status in page],
        "next": _place(page[-1][0], query["q"]) if len(found) > len(page) else None,
    }


def _place(element: DataElement, q: str) -> str:
    return finding.place(finding.terms(q), element.id, finding.searched(element))


def code_lists(query: Mapping[str, Any], lists: CodeLists) -> dict[str, Any]:
    """{code_lists: [{id, version, names, standard, steward, count}], next}: a page of newest versions, the best fit
    to `q` first; `next` is the opaque cursor or None."""
    found = lists.search(query["q"], query["cursor"], query["limit"] + 1)
    page = found[: query["limit"]]
    return {
        "code_lists": [_summary(facts) for _, facts in page],
        "next": page[-1][0] if len(found) > len(page) else None,
    }


def _summary(facts: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: facts.get(name, "") for name in ("id", "version", "names", "standard", "steward")}
    return {**told, "count": facts["size"]}


def code_list(id: str, version: int | None, registry: Registry) -> dict[str, Any]:
    """One code list; NotFound."""
    found = registry.code_list(id, version)
    if found is None:
        raise NotFound
    return found.to_data()

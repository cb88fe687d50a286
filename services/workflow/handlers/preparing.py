"""Before the submission: what need not be asked, and drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import visibility
from services.workflow.handlers.submitting import choices_of
from services.workflow.ports import Drafts, Others, Work

Json = Mapping[str, Any]


def prefill(query: Json, principal: Principal, others: Others) -> dict[str, Any]:
    """{values, ask, consent_needed, elements, materials, schema} of one situation of an item or a bundle."""
    if not principal.is_applicant:
        raise Forbidden
    find = others.catalog.bundle_situation if query["bundle"] else others.catalog.situation
    found = find(query["code"], query["region"], query["situation"])
    choices = choices_of(found)
    askable = visibility.shown(found["elements"], {}, choices)
    names = [element["element"] for element in askable]
    held: Json = {"values": {}, "consent_needed": [], "unreachable": []}
    if names and principal.subject:
        held = others.hub.prefill(principal.subject, names, query["consents"], {"item": query["code"]})
    values = {name: each["value"] for name, each in held["values"].items()}
    elements = visibility.shown(askable, values, choices)
    asked = [each["element"] for each in elements]
    return {
        "values": {name: each for name, each in held["values"].items() if name in asked},
        "ask": [name for name in asked if name not in held["values"]],
        "consent_needed": held["consent_needed"],
        "unreachable": held["unreachable"],
        "elements": elements,
        "materials": found["materials"],
        "sections": found.get("sections") or found["version"]["sections"],
        "schema": others.standards.schema(elements) if elements else {"properties": {}, "required": []},
    }


def save_draft(id: str, body: Json, principal: Principal, drafts: Drafts, work: Work) -> dict[str, Any]:
    """Saving twice is saving once: the client makes the id."""
    at = work.at
    drafts.put(principal.id, id, body, at)
    work.commit()
    return {"id": id, "saved_at": at}


def draft(id: str, principal: Principal, drafts: Drafts) -> dict[str, Any]:
    found = drafts.get(principal.id, id)
    if found is None:
        raise NotFound
    return dict(found)


def all_drafts(principal: Principal, drafts: Drafts) -> dict[str, Any]:
    return {"drafts": list(drafts.all(principal.id))}


def delete_draft(id: str, principal: Principal, drafts: Drafts, work: Work) -> dict[str, Any]:
    """Gone, whether it was there or not."""
    drafts.delete(principal.id, id)
    work.commit()
    return {}

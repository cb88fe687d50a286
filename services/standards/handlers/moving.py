"""A whole registry as one document: out without loss, in as one commit or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.principal import Principal
from services.standards.domain.lifecycle import Step
from services.standards.domain.subject import Subject
from services.standards.handlers.crosswalks import publish_crosswalks
from services.standards.handlers.parts import Part
from services.standards.handlers.publishing import publish
from services.standards.handlers.subjects import publish_schemas
from services.standards.handlers.templating import publish_templates
from services.standards.ports import (
    Compatibility,
    Crosswalks,
    Holders,
    Registry,
    Subjects,
    Templates,
    Uses,
    Work,
)

FORMAT = "gdbos-registry/1"


@dataclass(frozen=True, slots=True)
class Shelves:
    """Everything that a registry holds, and who uses it."""

    registry: Registry
    subjects: Subjects
    templates: Templates
    crosswalks: Crosswalks
    uses: Uses
    holders: Holders


def export_registry(held: Shelves) -> dict[str, Any]:
    """{format, code_lists, crosswalks, elements, migrations, schemas, templates}: every version with all its steps, in order, so
    that equal registries give equal documents. Who uses what is told by its owners and does not travel."""
    return {
        "format": FORMAT,
        "code_lists": [each.to_data() for each in held.registry.every_code_list()],
        "crosswalks": [each.to_data() for each in held.crosswalks.every()],
        "elements": [_element(each, held.registry) for each in held.registry.every_element()],
        "migrations": [rule.to_data() for rule in held.registry.every_rule()],
        "schemas": [_subject(each, held.subjects) for each in held.subjects.every()],
        "templates": list(_templates(held.templates)),
    }


def import_registry(
    document: Mapping[str, Any],
    dry_run: bool,
    principal: Principal,
    held: Shelves,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """{added: {section: […]}, unchanged}. What is held already and equal is left alone; all the rest of the document
    comes in at once, or nothing of it. Raises what the publication of each part raises."""
    if document["format"] != FORMAT:
        message = {"zh-Hans": f"须为 {FORMAT}", "zh-Hant": f"須為 {FORMAT}", "en": f"must be {FORMAT}"}
        raise BadInput(faults=[Fault("/format", "format", message)])
    part = Part(work)
    published = publish(_standards(document), held.registry, held.uses, check, part)
    _steps(document, set(published["elements"]), held.registry)
    schemas, known = _schemas(document, principal, held, check, part)
    templates = {"templates": document["templates"], "dry_run": False}
    ports = (held.registry, held.templates, held.uses, held.holders, part)
    filled = publish_templates(templates, principal, *ports)
    walks = {"crosswalks": document["crosswalks"], "dry_run": False}
    walked = publish_crosswalks(walks, principal, held.registry, held.crosswalks, part)
    added = {name: published[name] for name in ("code_lists", "elements")}
    added |= {
        "schemas": schemas,
        "templates": filled["templates"],
        "crosswalks": walked["crosswalks"],
    }
    if any(added.values()) and not dry_run:
        work.audit("registry.import", FORMAT, **{name: len(own) for name, own in added.items()})
        work.commit()
    unchanged = sum(each["unchanged"] for each in (published, filled, walked))
    return {"added": added, "unchanged": unchanged + known}


def _element(element: Any, registry: Registry) -> dict[str, Any]:
    steps = registry.history(element.id, element.version)
    return {**element.to_data(), "steps": [step.to_data() for step in steps]}


def _subject(subject: Subject, subjects: Subjects) -> dict[str, Any]:
    versions = range(1, subjects.last(subject.id) + 1)
    return {**subject.to_data(), "versions": [subjects.schema(subject.id, number) for number in versions]}


def _templates(templates: Templates) -> Iterator[dict[str, Any]]:
    for newest in templates.newest(""):
        for version in templates.versions(newest.id):
            found = templates.template(newest.id, version)
            if found is not None:
                yield found.to_data()


def _standards(document: Mapping[str, Any]) -> dict[str, Any]:
    bare = [{k: v for k, v in each.items() if k != "steps"} for each in document["elements"]]
    return {
        "elements": bare,
        "code_lists": document["code_lists"],
        "migrations": document["migrations"],
        "dry_run": False,
    }


def _steps(document: Mapping[str, Any], new: set[str], registry: Registry) -> None:
    """The life of what is new, step by step, as it was taken there."""
    for element in document["elements"]:
        if f"{element['id']}@{element['version']}" in new:
            for number, each in enumerate(element.get("steps", ()), 1):
                at = datetime.fromisoformat(each["at"])
                step = Step(number, each["from"], each["to"], each["by"], at, each["note"])
                registry.add_step(element["id"], element["version"], step)


def _schemas(
    document: Mapping[str, Any], principal: Principal, held: Shelves, check: Compatibility, part: Part
) -> tuple[list[str], int]:
    """What came in and how many were known. The past of a new subject is taken as it is: its mode may be younger."""
    added, known = [], 0
    for subject in document["schemas"]:
        new = held.subjects.subject(subject["id"]) is None
        common = {"id": subject["id"], "mode": "none" if new else None, "lenient": None, "migrations": []}
        drafts = [
            {**common, "version": number, "schema": schema, "mode": common["mode"] if number == 1 else None}
            for number, schema in enumerate(subject["versions"], 1)
        ]
        command = {"schemas": drafts, "dry_run": False}
        answer = publish_schemas(command, principal, held.subjects, held.uses, held.registry, check, part)
        if new:
            facts = (subject["mode"], subject["lenient"], subject["steward"])
            held.subjects.change(Subject(subject["id"], *facts))
        added += answer["published"]
        known += answer["unchanged"]
    return added, known

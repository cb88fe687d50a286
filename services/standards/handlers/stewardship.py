"""The life of a standard after its publication: its status, and who has come to depend on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import lifecycle
from services.standards.domain.element import ElementRef
from services.standards.domain.lifecycle import Step
from services.standards.domain.use import Use
from services.standards.ports import Registry, Uses, Work


def set_status(
    command: Mapping[str, Any], principal: Principal, registry: Registry, uses: Uses, work: Work
) -> dict[str, Any]:
    """{status} after one step of the life cycle.

    NotFound; Forbidden for another role's step; Conflict for a step that does not exist, for a step that
    another took first, and for withdrawing what is still in use.
    """
    found = registry.element(command["id"], command["version"])
    if found is None:
        raise NotFound
    history = registry.history(found.id, found.version)
    status = history[-1].after if history else found.status
    lifecycle.require(frozenset(principal.roles), status, command["status"])
    if command["status"] == "withdrawn" and uses.of_element(found.id, found.version):
        raise Conflict(_IN_USE)
    step = Step(len(history) + 1, status, command["status"], principal.id, work.now, command["note"])
    registry.add_step(found.id, found.version, step)
    work.audit("standard.status", str(found.ref), before=status, after=step.after)
    work.commit()
    return {"status": step.after}


def note_uses(rows: Sequence[Mapping[str, Any]], uses: Uses, work: Work) -> dict[str, Any]:
    """{noted}: what each version of a user (an item, a source, a form) refers to, in place of what was noted.

    BadInput, with one fault for each, for references that are not `id@version`.
    """
    users = [(row["kind"], row["id"], row["version"], _references(i, row)) for i, row in enumerate(rows)]
    for kind, id, version, references in users:
        uses.replace(kind, id, version, [Use(kind, id, version, ref.id, ref.version) for ref in references])
    work.commit()
    return {"noted": len(users)}


def _references(index: int, row: Mapping[str, Any]) -> list[ElementRef]:
    found: dict[ElementRef, None] = {}
    faults = []
    for position, text in enumerate(row["elements"]):
        try:
            found[ElementRef.parse(text)] = None
        except ValueError as problem:
            message = {"zh-Hans": "应写作 id@版本", "zh-Hant": "應寫作 id@版本", "en": str(problem)}
            faults.append(Fault(f"/uses/{index}/elements/{position}", "reference", message))
    if faults:
        raise BadInput(faults=faults)
    return list(found)


_IN_USE = {
    "zh-Hans": "该版本仍被引用，不能废止；请先让引用方改用新版本",
    "zh-Hant": "該版本仍被引用，不能廢止；請先讓引用方改用新版本",
    "en": "This version is still in use: move its users to another version first",
}

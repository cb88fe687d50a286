"""Many tasks at once: a preview says exactly which will change and which are refused and why; then all or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gdbos_contracts.errors import GdbosError
from gdbos_contracts.principal import Principal
from services.workflow.handlers import claiming, deciding
from services.workflow.ports import Room, Standards

Json = Mapping[str, Any]
Step = Callable[[str], Any]


def bulk(
    command: Json, colleague: Principal | None, principal: Principal, standards: Standards, room: Room
) -> dict[str, Any]:
    """{applied, will, refused: [{id, code, detail, holder, faults}]}. Each task is really done inside one
    transaction, which is committed only when none was refused and it is no dry run."""
    step = _step(command, colleague, principal, standards, room)
    will, refused = [], []
    for id in dict.fromkeys(command["ids"]):
        try:
            step(id)
            will.append(id)
        except GdbosError as error:
            refused.append({"id": id, "holder": error.more.get("holder"), **_said(error)})
    applied = not refused and not command["dry_run"]
    if applied:
        room.work.audit("task.bulk", principal.id, chosen=command["operation"], count=len(will))
        room.work.commit()
    return {"applied": applied, "will": will, "refused": refused}


def _step(
    command: Json, colleague: Principal | None, principal: Principal, standards: Standards, room: Room
) -> Step:
    steps: Mapping[str, Step] = {
        "claim": lambda id: claiming.claim(id, principal, room),
        "release": lambda id: claiming.release(id, principal, room),
        "assign": lambda id: claiming.assign(id, colleague or principal, principal, room),
        "complete": lambda id: deciding.act(id, command, principal, standards, room),
    }
    return steps[command["operation"]]


def _said(error: GdbosError) -> dict[str, Any]:
    data = error.to_data()
    return {"code": data["code"], "detail": data["detail"], "faults": data["faults"]}

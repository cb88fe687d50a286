"""A task as the desk sees it, from what the process says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.engine import Incident
from services.workflow.domain.engine import effects as done
from services.workflow.domain.engine.compiler import PER_TOKEN
from services.workflow.handlers import reviewing, staging
from services.workflow.ports import Room

Json = Mapping[str, Any]
_STATES = re.compile(r"[a-z_]+")


def open_task(case: Case, effect: done.TaskCreated, room: Room) -> None:
    """The row that a clerk finds in the inbox; what is asked of another agency is kept with the case."""
    attributes = _worked_out(effect.attributes)
    _assignable(effect)
    state = attributes.get("state", "")
    if _STATES.fullmatch(state) and case.state != "suspended":
        case.state = state
    row = {
        "id": f"{case.case_no}:{effect.id}",
        "case_no": case.case_no,
        "token": effect.id,
        **describe(case, effect.element, effect.name, attributes),
        "region": case.region,
        "person": room.people.of(case.subject),
        "filer": case.body.get("filer"),
        "item": case.item,
        "item_name": case.name,
        "applicant": case.body.get("applicant_name", ""),
        "created_at": room.work.at,
    }
    row["task_due"] = _task_due(attributes.get("due"), row["agency"], room)
    staging.enter(case, str(attributes.get("stage", "")), row["agency"], room)
    room.tasks.open(row)
    reviewing.ask(case, row, room)


def _assignable(effect: done.TaskCreated) -> None:
    """Incident when whose the task is depends on a variable that nobody has set: by default it would be the item's own
    agency's, whoever was meant."""
    missing = effect.attributes.get("missing", {})
    named = ", ".join(each for name in ("agency", "role") for each in missing.get(name, ()))
    if named:
        raise Incident(
            effect.element,
            "missing_facts",
            f"无法确定由谁办理，缺少事实：{named}",
            f"無法確定由誰辦理，缺少事實：{named}",
            f"whose task it is cannot be told; facts that nobody has stated: {named}",
        )


def describe(case: Case, element: str, name: str, attributes: Json) -> dict[str, Any]:
    """What a task's row takes from the process version."""
    attributes = _worked_out(attributes)
    agency = attributes.get("agency") or "item"
    return {
        "element": element,
        "name": name,
        "role": attributes.get("role") or attributes.get("lane") or "reviewer",
        "agency": case.agency if agency == "item" else agency,
        "actions": _listed(attributes.get("actions")) or ["done"],
        "form": _listed(attributes.get("form")),
        "apart": _listed(attributes.get("apart")),
        "reads": _listed(attributes["reads"]) if "reads" in attributes else None,
    }


def _worked_out(attributes: Json) -> Json:
    """What the process works out for each token takes the place of what it says for all."""
    inputs = attributes.get("inputs", {})
    return {**attributes, **{name: inputs[name] for name in PER_TOKEN if inputs.get(name) is not None}}


def _task_due(days: Any, agency: str, room: Room) -> str | None:
    if not days or not str(days).isdigit():
        return None
    due: date = room.calendars.of(agency).add(room.work.now.date(), int(days))
    return due.isoformat()


def _listed(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else list(value or ())

"""One task: evidence and decision side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import evidence, fields, view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line
from gateway.portal.pages.desk import LEAD, names
from gdbos_contracts.errors import BadInput, Conflict, Forbidden

Json = Mapping[str, Any]
FREE_FAULTS = 3
"""Lines of a correction notice for what is at no field."""


@portal.get("/desk/<task>")
@permit("clerk")
def task(task: str) -> Response:
    """One task: what was filed, what may be done."""
    return _page(task, [], "", {})


@portal.get("/desk/<task>/files/<id>")
@permit("clerk")
def task_file(task: str, id: str) -> Response:
    """A file of the evidence."""
    return evidence.sent(ask("workflow", "task", {"id": task})["case"]["materials"], id)


@portal.post("/desk/<task>/complete")
@permit("clerk")
def complete(task: str) -> AnyResponse:
    """Act; what is wrong is said at the form of that action."""
    action = request.form.get("action", "")
    shown = ask("workflow", "task", {"id": task})
    schema: Json = next((each["schema"] for each in shown["actions"] if each["id"] == action), {})
    data = data_of(schema, request.form)
    comment = request.form.get("comment", "").strip()[:2000]
    try:
        ask("workflow", "complete", {"id": task, "action": action, "data": data, "comment": comment})
    except (BadInput, Conflict, Forbidden) as error:
        lines = [Line(f"#act-{action}", f.message) for f in error.faults] or [Line("", error.detail)]
        return _page(task, lines, action, data)
    return view.to("/desk", done=shown["case_no"])


def data_of(schema: Json, form: Any) -> dict[str, Any]:
    """The action's data as its schema wants it."""
    names = list(schema.get("properties", {}))
    own = [name for name in names if name not in ("faults", "reason", "kind", "days")]
    data = fields.read(schema, own, form)
    if "faults" in names:
        data["faults"] = faults_of(form)
    for name in ("reason", "kind"):
        if name in names and form.get(name, "").strip():
            data[name] = form[name].strip()
    if "days" in names and form.get("days", "").isdigit():
        data["days"] = int(form["days"])
    return data


def faults_of(form: Any) -> list[dict[str, str]]:
    """All faults of the one notice: each field's line that was filled in, then the free lines."""
    named = [
        {"field": name.removeprefix("fault."), "message": form[name].strip()}
        for name in form
        if name.startswith("fault.") and form[name].strip()
    ]
    free = [{"message": text.strip()} for text in form.getlist("faults") if text.strip()]
    return named + free


def _page(id: str, lines: list[Line], tried: str, data: Json) -> Response:
    found = ask("workflow", "task", {"id": id})
    case, schema = found["case"], found["schema"]
    given = {each["material"]: each for each in case["materials"]}
    elements = [each["element"] for each in case["elements"]]
    response = view.render(
        "task.html",
        task=found,
        case=case,
        answers=[
            {
                "element": name,
                "label": fields.label(schema, name),
                "value": fields.told(schema, name, case["answers"][name]),
            }
            for name in elements
            if name in case["answers"]
        ],
        materials=[{**m, "given": given.get(m["id"], {})} for m in case["asked"]],
        undecided_by=[fields.label(schema, name) for name in case["undecided_by"]],
        actions=[_action(each, data if each["id"] == tried else {}) for each in found["actions"]],
        names=names(),
        lead=LEAD in g.principal.roles,
        mine=found["claimed_by"] == g.principal.id,
        taken=found["claimed_by"] not in (None, g.principal.id),
        tried=tried,
        free=range(FREE_FAULTS),
        summary=lines,
    )
    response.status_code = 422 if lines else 200
    return response


def _action(action: Json, data: Json) -> dict[str, Any]:
    schema = action["schema"]
    names = list(schema.get("properties", {}))
    kinds = schema.get("properties", {}).get("kind", {}).get("enum", [])
    own = [name for name in names if name not in ("faults", "reason", "kind", "days")]
    return {
        **action,
        "asks": set(names),
        "kinds": kinds,
        "fields": fields.build(schema, own, data),
        "grave": action["id"] in ("deny", "refuse_acceptance", "return"),
        "data": data,
    }

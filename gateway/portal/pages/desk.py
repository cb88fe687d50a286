"""The clerk's inbox: what is due first is first; filters, claims, and many tasks at once with a preview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import colleague, permit
from gateway.parts import ask, parts
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, GdbosError, NotFound

Json = Mapping[str, Any]
LIGHTS = ("red", "yellow", "green", "blue")
LEAD = "lead"
BULK = ("claim", "release", "assign", "complete")
QUERY = ("queue", "item", "light", "text", "region")
_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}|[0-9A-HJ-NPQRTUWXY]{18}", re.IGNORECASE)
"""Citizen number or credit code: asked for its code, so that it stands in no address."""


@portal.get("/desk")
@permit("clerk")
def desk() -> Response:
    """The inbox with its lights, counts and filters."""
    return inbox([])


@portal.post("/desk/find")
@permit("clerk")
def desk_find() -> AnyResponse:
    """Search by case number, or by an identity number that goes no further than this form."""
    text = re.sub(r"[^A-Za-z0-9_.:-]", "", request.form.get("text", ""))[:160]
    if _NUMBER.fullmatch(text):
        text = ask("workflow", "applicant_code", {"number": text})["code"]
    return view.to("/desk", text=text)


@portal.post("/desk/bulk")
@permit("clerk")
def desk_bulk() -> AnyResponse:
    """A preview of what will change and what is refused; with `sure`, all of it."""
    form = request.form
    operation, _, action = form.get("operation", "").partition(":")
    ids = form.getlist("ids")[:200]
    if not ids or operation not in BULK:
        return inbox([Line("#bulk", _CHOOSE)])
    try:
        to = colleague(form.get("to", "")).to_data() if operation == "assign" else None
    except BadInput as error:
        return inbox([Line("#bulk-to", f.message) for f in error.faults])
    command = {"operation": operation, "ids": ids, "to": to, "action": action or "done"}
    found = ask("workflow", "bulk", {**command, "dry_run": "sure" not in form})
    if found["applied"]:
        return view.to("/desk", count=str(len(found["will"])))
    return view.render("desk_bulk.html", found=found, command=command, asked=form.get("operation", ""))


@portal.post("/desk/filters")
@permit("clerk")
def desk_filter() -> AnyResponse:
    """Keep the filter that is shown under a name, or forget one."""
    query = {name: request.form.get(name, "") for name in QUERY}
    name = request.form.get("name", "").strip()[:40]
    if request.form.get("forget"):
        ask("workflow", "forget_filter", {"name": request.form["forget"]})
        return view.to("/desk")
    if not name:
        return inbox([Line("#filter-name", _NAME)])
    ask("workflow", "keep_filter", {"name": name, "query": query})
    return view.to("/desk", **query)


@portal.post("/desk/delegations")
@permit("clerk")
def desk_delegate() -> AnyResponse:
    """Let a colleague stand in from one day to another, or end that."""
    form = request.form
    try:
        if form.get("end"):
            ask("workflow", "end_delegation", {"id": form["end"]})
        else:
            days = {name: form.get(name, "") for name in ("first_day", "last_day")}
            command = {"role": form.get("role", ""), **days, "to": colleague(form.get("to", "")).to_data()}
            ask("workflow", "delegate", command)
    except BadInput as error:
        return inbox([Line("#delegate", f.message) for f in error.faults])
    return view.to("/desk#delegate")


@portal.post("/desk/<task>/claim")
@permit("clerk")
def claim(task: str) -> AnyResponse:
    """Take it, put it back, give it to a colleague, or undo that."""
    action = request.form.get("action", "claim")
    try:
        if action == "assign":
            ask("workflow", "assign", {"id": task, "to": colleague(request.form.get("to", "")).to_data()})
        else:
            ask("workflow", action if action in ("release", "undo") else "claim", {"id": task})
    except NotFound:
        raise
    except (BadInput, Conflict, Forbidden) as error:
        return inbox(lines_of(error))
    if action in ("release", "assign"):
        return view.to("/desk", undo=task)
    return view.to(f"/desk/{task}")


def lines_of(error: GdbosError) -> list[Line]:
    """The error's faults, or what it says itself."""
    return [Line("", f.message) for f in error.faults] or [Line("", error.detail)]


def names() -> dict[str, str]:
    """Account → name of the clerks of the caller's agency."""
    return {each.id: each.name for each in parts().accounts.colleagues(g.principal.agency)}


def inbox(summary: list[Line]) -> Response:
    """The page, with what was wrong in what was just tried."""
    args = request.args
    query = {name: args.get(name, "") for name in QUERY}
    query["light"] = query["light"] if query["light"] in LIGHTS else ""
    found = ask("workflow", "tasks", {**query, "cursor": args.get("cursor", ""), "limit": 30})
    response = view.render(
        "desk.html",
        tasks=found["tasks"],
        counts=found["counts"],
        items=found["items"],
        more=view.here(cursor=found["next"]) if found["next"] else "",
        query=query,
        lights=LIGHTS,
        roles=[role for role in g.principal.roles if role != LEAD],
        lead=LEAD in g.principal.roles,
        actions=_actions(found["tasks"]),
        names=names(),
        filters=ask("workflow", "filters")["filters"],
        delegations=ask("workflow", "delegations")["delegations"],
        done=args.get("done", ""),
        count=args.get("count", ""),
        undo=args.get("undo", ""),
        summary=summary,
    )
    response.status_code = 422 if summary else 200
    return response


def _actions(tasks: list[Json]) -> list[str]:
    """What the listed tasks offer that needs no reason, in the order of a case's life."""
    offered = {action for task in tasks for action in task["actions"]}
    return [action for action in ("accept", "pass", "grant", "issue", "deliver", "done") if action in offered]


_CHOOSE = {
    "zh-Hans": "请勾选任务并选择要做的事",
    "zh-Hant": "請勾選任務並選擇要做的事",
    "en": "Tick the tasks and choose what to do",
}
_NAME = {"zh-Hans": "请为筛选取名", "zh-Hant": "請為篩選取名", "en": "Give the filter a name"}

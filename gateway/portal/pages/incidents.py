"""What could not go on in an agency's processes: its cause, when it is tried again, to try it now and to resolve it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput, Conflict, NotFound

_GONE = {
    "zh-Hans": "此异常已消除或不存在，请看最新列表",
    "zh-Hant": "此異常已消除或不存在，請看最新列表",
    "en": "This incident is solved by now, or never was; below is what is open",
}
_LINE = {
    "zh-Hans": "每行写一个变量：名称 = 值",
    "zh-Hant": "每行寫一個變數：名稱 = 值",
    "en": "Write one variable a line: name = value",
}


@portal.get("/agency/incidents")
@permit("agency")
def incidents() -> Response:
    """The open ones, the oldest first."""
    return _page([])


@portal.post("/agency/incidents/<case_no>/<token>/retry")
@permit("agency")
def retry_incident(case_no: str, token: str) -> AnyResponse:
    """Tried at the next tick; whoever is too late sees what is open."""
    try:
        ask("workflow", "retry_incident", {"case_no": case_no, "token": token})
    except NotFound:
        return _page(faults.one(_GONE), 404)
    except Conflict as error:
        return _page(_told(error), 409)
    return view.to("/agency/incidents", retried=case_no)


@portal.get("/agency/incidents/<case_no>/<token>")
@permit("agency")
def incident(case_no: str, token: str) -> Response:
    """One incident: its cause, where the case stands, what was done by hand before, and how to resolve it."""
    return _one(case_no, token, {})


@portal.post("/agency/incidents/<case_no>/<token>")
@permit("agency")
def resolve_incident(case_no: str, token: str) -> AnyResponse:
    """A preview, and with `sure` the resolution itself, of the incident as it was looked at."""
    names = ("action", "reason", "variables", "error", "version")
    given = {name: request.form.get(name, "").strip()[:10_000] for name in names}
    variables = _variables(given["variables"])
    if variables is None:
        return _one(case_no, token, given, lines=faults.one(_LINE, "#variables"))
    command = {**given, "variables": variables, "dry_run": request.form.get("sure") != "1"}
    try:
        found = ask("workflow", "resolve_incident", {**command, "case_no": case_no, "token": token})
    except BadInput as error:
        return _one(case_no, token, given, lines=_told(error))
    except Conflict as error:
        return _one(case_no, token, given, lines=_told(error), status=409)
    if found["applied"]:
        return view.to("/agency/incidents", resolved=case_no)
    return _one(case_no, token, {**given, "version": found["version"]}, preview=found)


def _one(
    case_no: str,
    token: str,
    given: Mapping[str, str],
    preview: Any = None,
    lines: list[faults.Line] | None = None,
    status: int = 422,
) -> Response:
    found = ask("workflow", "incident", {"case_no": case_no, "token": token})
    first = found["actions"][0] if found["actions"] else ""
    response = view.render(
        "incident.html",
        i=found,
        given={"reason": "", "variables": "", "error": "", **given, "action": given.get("action") or first},
        preview=preview,
        summary=lines or [],
    )
    response.status_code = status if lines else 200
    return response


def _variables(text: str) -> dict[str, Any] | None:
    """`name = value`, one a line, the value as JSON or else as text; None when a line is something else."""
    found: dict[str, Any] = {}
    for line in text.splitlines():
        name, equals, value = (part.strip() for part in line.partition("="))
        if line.strip() and not (name and equals):
            return None
        if name:
            found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _told(error: BadInput | Conflict) -> list[faults.Line]:
    fields = {"/reason": "#reason", "/variables": "#variables", "/action": "#action", "/error": "#error"}
    lines = [faults.Line(fields.get(each.pointer, ""), each.message) for each in error.faults]
    return lines or faults.one(error.detail if not isinstance(error.detail, str) else error.title)


def _page(lines: list[faults.Line], status: int = 200) -> Response:
    cursor = request.args.get("cursor", "")[:500]
    found = ask("workflow", "incidents", {"limit": 50, "cursor": cursor})
    response = view.render(
        "incidents.html",
        incidents=found["incidents"],
        more=view.here(cursor=found["next"], retried="", resolved="") if found["next"] else "",
        retried=request.args.get("retried", "")[:160],
        resolved=request.args.get("resolved", "")[:160],
        summary=lines,
    )
    response.status_code = status
    return response

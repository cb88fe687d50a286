"""What could not go on in an agency's processes: its cause, when it is tried again, and to try it now."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import NotFound

_GONE = {
    "zh-Hans": "此异常已消除或不存在，请看最新列表",
    "zh-Hant": "此異常已消除或不存在，請看最新列表",
    "en": "This incident is solved by now, or never was; below is what is open",
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
    return view.to("/agency/incidents", retried=case_no)


def _page(lines: list[faults.Line], status: int = 200) -> Response:
    cursor = request.args.get("cursor", "")[:500]
    found = ask("workflow", "incidents", {"limit": 50, "cursor": cursor})
    response = view.render(
        "incidents.html",
        incidents=found["incidents"],
        more=view.here(cursor=found["next"], retried="") if found["next"] else "",
        retried=request.args.get("retried", "")[:160],
        summary=lines,
    )
    response.status_code = status
    return response

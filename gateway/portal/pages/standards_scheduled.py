"""定期發布: what waits for which day, what keeps it, what it would change; cancelled, and planned again."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards_coverage import agency_names
from gdbos_contracts.errors import BadInput, Conflict

STATUSES = ("scheduled", "published", "cancelled")
SHOWN = 20
"""Codes of a list that are named; of the others the page gives the number."""


@portal.get("/standards/scheduled")
@permit("agency")
def scheduled() -> Response:
    """By day: those that wait, unless `status` says."""
    chosen = request.args.get("status", "")
    status = chosen if chosen in STATUSES else STATUSES[0]
    found = ask("standards", "scheduled", {"status": status})["scheduled"]
    return view.render(
        "standards-scheduled.html", rows=found, status=status, statuses=STATUSES, names=agency_names()
    )


@portal.get("/standards/scheduled/<id>")
@permit("agency")
def one_scheduled(id: str) -> Response:
    """What it would change, whom it would break today, and the steps that the reader may take."""
    return _page(id, [])


@portal.post("/standards/scheduled/<id>")
@permit("agency")
def move_scheduled(id: str) -> AnyResponse:
    """`cancel` takes it back; `plan` lets it wait again, for the day `on` or its own."""
    try:
        if request.form.get("act") == "cancel":
            ask("standards", "cancel_scheduled", {"id": id})
        else:
            ask("standards", "plan_scheduled", {"id": id, "on": request.form.get("on") or None})
    except (BadInput, Conflict) as error:
        lines = [faults.Line("#on" if f.pointer == "/on" else "", f.message) for f in error.faults]
        return _page(id, lines or faults.one(error.detail))
    return view.to(f"/standards/scheduled/{id}")


def _page(id: str, summary: list[faults.Line]) -> Response:
    found = ask("standards", "one_scheduled", {"id": id})
    return view.render(
        "standards-scheduled-one.html", found=found, summary=summary, names=agency_names(), most=SHOWN
    )

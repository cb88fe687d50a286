"""The archive: a case put into it, and its index."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.bags import bag_of
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line
from gateway.portal.pages.cases import acted
from gdbos_contracts.errors import BadInput, Fault


@portal.post("/cases/<case_no>/archive")
@permit("clerk")
def archive_case(case_no: str) -> AnyResponse:
    """歸檔 of a case that is closed and served."""
    return acted(case_no, "archive", {}, "#archive")


@portal.get("/cases/<case_no>/archive/bag")
@permit("archive")
def archive_bag(case_no: str) -> Response:
    """The package with its papers and files."""
    return bag_of(case_no)


@portal.post("/desk/archive/days")
@permit("agency")
def archive_days() -> AnyResponse:
    """When the cases of the caller's agency are archived by themselves."""
    typed = request.form.get("days", "").strip()[:10]
    days = int(typed) if typed.isascii() and typed.isdigit() else typed
    try:
        ask("workflow", "archive_days", {"days": days})
    except BadInput as error:
        return _index(error.faults)
    return view.to("/desk/archive", saved="1")


@portal.get("/desk/archive")
@permit("archive")
def archive_index() -> Response:
    """歸檔文件目錄 of the caller's agency."""
    return _index()


def _index(faults: Sequence[Fault] = ()) -> Response:
    found = ask("workflow", "archives", {"before": request.args.get("before", "")})
    response = view.render(
        "archive.html",
        archives=found["archives"],
        more=view.here(before=found["next"]) if found["next"] else "",
        held=found["days"],
        days=request.form.get("days", found["days"]),
        may_set=g.principal.kind == "agency_admin",
        summary=[Line("#days", each.message) for each in faults],
    )
    response.status_code = 422 if faults else 200
    return response

"""The archive: a case put into it, and its index."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.cases import acted


@portal.post("/cases/<case_no>/archive")
@permit("clerk")
def archive_case(case_no: str) -> AnyResponse:
    """歸檔 of a case that is closed and served."""
    return acted(case_no, "archive", {}, "#archive")


@portal.get("/desk/archive")
@permit("archive")
def archive_index() -> Response:
    """歸檔文件目錄 of the caller's agency."""
    found = ask("workflow", "archives", {"before": request.args.get("before", "")})
    more = view.here(before=found["next"]) if found["next"] else ""
    return view.render("archive.html", archives=found["archives"], more=more)

"""業務再造: processes, one of them in full, simulated, compared with another version, and deployed."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.model_editor import PROCESS
from gateway.portal.models import uploaded
from gdbos_contracts.errors import BadInput, Fault


@portal.get("/agency/processes")
@permit("agency")
def processes() -> Response:
    """Every process in its newest version."""
    found = ask("workflow", "processes")
    return view.render(
        "processes.html",
        processes=found["processes"],
        begun=found["begun"],
        studies=ask("workflow", "studies")["studies"],
    )


@portal.get("/agency/processes/<id>")
@permit("agency")
def process(id: str) -> Response:
    """The drawing and its words, findings, steps and their data, longest way, what could be parallel; the file."""
    return _page(id)


@portal.get("/agency/processes/<id>/compare")
@permit("agency")
def compare_process(id: str) -> Response:
    """Two versions side by side."""
    old, new = view.number("old") or 1, view.number("new") or 1
    found = ask("workflow", "compare_processes", {"id": id, "old": old, "new": new})
    return view.render("process-compare.html", id=id, old=old, new=new, found=found)


@portal.get("/agency/processes/<id>/file")
@permit("agency")
def process_file(id: str) -> Response:
    """The BPMN file."""
    return PROCESS.file(id)


@portal.post("/agency/processes/<id>/deploy")
@permit("admin")
def deploy_process(id: str) -> AnyResponse:
    """A file becomes the next version, for new cases only; running ones keep theirs."""
    try:
        return PROCESS.publish(id, uploaded("bpmn"))
    except BadInput as error:
        response = _page(id, error.faults or [Fault("/bpmn", error.code, error.title)])
        response.status_code = 422
        return response


def _page(id: str, faults: Any = ()) -> Response:
    found = ask("workflow", "process", {"id": id, "version": view.number("version")})
    return view.render("process.html", process=found, faults=faults, may_publish=g.principal.kind == "admin")

"""業務再造: processes, one of them in full, simulated, compared with another version, and deployed."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput, Fault

LARGEST = 2_000_000


@portal.get("/agency/processes")
@permit("agency")
def processes() -> Response:
    """Every process in its newest version."""
    return view.render("processes.html", processes=ask("workflow", "processes")["processes"])


@portal.get("/agency/processes/<id>")
@permit("agency")
def process(id: str) -> Response:
    """Steps, data, longest way, what could be parallel, findings; a scenario to simulate; the file."""
    return _page(id, None)


@portal.post("/agency/processes/<id>/simulate")
@permit("agency")
def simulate_process(id: str) -> Response:
    """The same page with what the simulation found, or what is wrong with the scenario."""
    given = request.form.get("scenario", "")[:100_000]
    try:
        command = {"id": id, "version": _number("version"), "scenario": json.loads(given)}
        return _page(id, ask("workflow", "simulate_process", command), given)
    except ValueError as error:
        return _page(
            id,
            None,
            given,
            [Fault("", "not_json", {"zh-Hans": str(error), "zh-Hant": str(error), "en": str(error)})],
        )
    except BadInput as error:
        return _page(id, None, given, error.faults)


@portal.get("/agency/processes/<id>/compare")
@permit("agency")
def compare_process(id: str) -> Response:
    """Two versions side by side."""
    old, new = _number("old") or 1, _number("new") or 1
    found = ask("workflow", "compare_processes", {"id": id, "old": old, "new": new})
    return view.render("process-compare.html", id=id, old=old, new=new, found=found)


@portal.get("/agency/processes/<id>/file")
@permit("agency")
def process_file(id: str) -> Response:
    """The BPMN file, to be edited in any modeller."""
    found = ask("workflow", "process", {"id": id, "version": _number("version")})
    response = Response(found["bpmn"], mimetype="application/xml")
    response.headers["Content-Disposition"] = "attachment"
    return response


@portal.post("/agency/processes/<id>/deploy")
@permit("admin")
def deploy_process(id: str) -> AnyResponse:
    """A file becomes the next version, for new cases only; running ones keep theirs."""
    file = request.files.get("bpmn")
    content = file.stream.read(LARGEST + 1) if file else b""
    try:
        text = content.decode("utf-8")
        ask("workflow", "publish_process", {"id": id, "bpmn": text})
    except UnicodeDecodeError:
        return _page(
            id,
            None,
            faults=[
                Fault(
                    "/bpmn",
                    "encoding",
                    {"zh-Hans": "文件不是 UTF-8", "zh-Hant": "檔案不是 UTF-8", "en": "The file is not UTF-8"},
                )
            ],
        )
    except BadInput as error:
        return _page(id, None, faults=error.faults)
    return view.to(f"/agency/processes/{id}")


def _page(id: str, result: Any, scenario: str = "", faults: Any = ()) -> Response:
    found = ask("workflow", "process", {"id": id, "version": _number("version")})
    return view.render(
        "process.html",
        process=found,
        result=result,
        faults=faults,
        scenario=scenario or json.dumps(found["scenario"], ensure_ascii=False, indent=1),
        may_deploy=g.principal.kind == "admin",
    )


def _number(name: str) -> int | None:
    """A version of the address or of the form; None when it is none."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else None

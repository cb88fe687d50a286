"""The editor of a process: draw, lint live, compare with the version in force, simulate, keep a draft, deploy."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import as_json, ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.model_editor import PROCESS
from gateway.portal.models import given
from gdbos_contracts.text import pick
from gdbos_runtime import context


@portal.get("/agency/processes/new")
@permit("agency")
def new_process() -> Response:
    """An empty process, or one that begins as another."""
    return PROCESS.new()


@portal.post("/agency/processes/new")
@permit("agency")
def begin_process() -> AnyResponse:
    """lint · begin, as the button says."""
    return PROCESS.begin()


@portal.get("/agency/processes/<id>/edit")
@permit("agency")
def edit_process(id: str) -> Response:
    """The draft where there is one, else the newest version, in an editor or as text and file."""
    return PROCESS.page(id)


@portal.post("/agency/processes/<id>/edit")
@permit("agency")
def change_process(id: str) -> AnyResponse:
    """lint · difference · simulate · draft · publish, as the button says."""
    return PROCESS.change(id, {"difference": _difference, "simulate": _simulate})


@portal.post("/agency/processes/<id>/lint")
@permit("agency")
def lint_process(id: str) -> Response:
    """{findings: [{element, severity, message}]} of the text as it stands in the editor."""
    found = ask("workflow", "lint_process", {"bpmn": given("bpmn")})
    language = context.current().language
    shown = [
        {"element": f["element"], "severity": f["severity"], "message": pick(f["message"], language)}
        for f in found["findings"]
    ]
    return as_json({"findings": shown})


def _difference(id: str, text: str) -> AnyResponse:
    found = ask("workflow", "process_difference", {"id": id, "bpmn": text})
    return PROCESS.page(id, text=text, difference=found)


def _simulate(id: str, text: str) -> AnyResponse:
    """The text beside the newest version, under a scenario that fits both."""
    found = ask("workflow", "process_difference", {"id": id, "bpmn": text})
    command = {"id": id, "bpmn": text, "against": found["version"], "scenario": found["scenario"]}
    return view.to(f"/agency/trials/{ask('workflow', 'ask_trial', command)['id']}")

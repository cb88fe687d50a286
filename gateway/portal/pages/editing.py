"""The editor of a process: draw, lint live, compare with the version in force, simulate, keep a draft, deploy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import as_json, ask
from gateway.portal import vendor, view
from gateway.portal.blueprint import portal
from gateway.portal.models import given, told
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, TooLarge
from gdbos_contracts.text import pick
from gdbos_runtime import context

Json = Mapping[str, Any]
PROPERTIES = ("role", "state", "actions", "form", "reads", "writes", "due", "outcome", "visit")
"""Attributes of urn:gdbos:bpmn:1 that the editor offers for an element."""


@portal.get("/agency/processes/<id>/edit")
@permit("agency")
def edit_process(id: str) -> Response:
    """The draft where there is one, else the newest version, in an editor or as text and file."""
    return _page(id)


@portal.post("/agency/processes/<id>/edit")
@permit("agency")
def change_process(id: str) -> AnyResponse:
    """lint · difference · simulate · draft · deploy, as the button says; nothing is kept of what is refused."""
    act = _ACTS.get(request.form.get("act", ""), _lint)
    try:
        return act(id, given("bpmn"))
    except (BadInput, Conflict, TooLarge) as error:
        return _page(id, faults=told(error))


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


def _lint(id: str, text: str) -> AnyResponse:
    return _page(id, looked_at=ask("workflow", "lint_process", {"bpmn": text}), text=text)


def _difference(id: str, text: str) -> AnyResponse:
    found = ask("workflow", "process_difference", {"id": id, "bpmn": text})
    return _page(id, difference=found, text=text)


def _simulate(id: str, text: str) -> AnyResponse:
    """The text beside the newest version, under a scenario that fits both."""
    found = ask("workflow", "process_difference", {"id": id, "bpmn": text})
    command = {"id": id, "bpmn": text, "against": found["version"], "scenario": found["scenario"]}
    return view.to(f"/agency/trials/{ask('workflow', 'ask_trial', command)['id']}")


def _draft(id: str, text: str) -> AnyResponse:
    revision = view.number("revision") or 0
    ask("workflow", "save_model_draft", {"id": id, "content": text, "revision": revision})
    return view.to(f"/agency/processes/{id}/edit", saved="1")


def _deploy(id: str, text: str) -> AnyResponse:
    if g.principal.kind != "admin":
        raise Forbidden
    found = ask("workflow", "publish_process", {"id": id, "bpmn": text})
    return view.to(f"/agency/processes/{id}", deployed=str(found["version"]))


_ACTS: Mapping[str, Callable[[str, str], AnyResponse]] = {
    "lint": _lint,
    "difference": _difference,
    "simulate": _simulate,
    "draft": _draft,
    "deploy": _deploy,
}


def _page(
    id: str, faults: Any = (), looked_at: Json | None = None, difference: Json | None = None, text: str = ""
) -> Response:
    process = ask("workflow", "process", {"id": id})
    draft = process["draft"]
    return view.render(
        "process-edit.html",
        process=process,
        text_now=text or request.form.get("bpmn", "") or (draft["content"] if draft else process["bpmn"]),
        looked_at=looked_at,
        difference=difference,
        faults=faults,
        scripts=vendor.assets("bpmn-js"),
        properties=PROPERTIES,
        may_deploy=g.principal.kind == "admin",
    )

"""決策: decision tables to read, gaps and overlaps, values tried and explained, new versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.model_editor import DECISION
from gdbos_contracts.errors import BadInput

Json = Mapping[str, Any]


@portal.get("/agency/decisions")
@permit("agency")
def decisions() -> Response:
    """Every decision model in its newest version."""
    found = ask("workflow", "decisions")
    return view.render("decisions.html", decisions=found["decisions"], begun=found["begun"])


@portal.get("/agency/decisions/new")
@permit("agency")
def new_decision() -> Response:
    """An empty decision, or one that begins as another."""
    return DECISION.new()


@portal.post("/agency/decisions/new")
@permit("agency")
def begin_decision() -> AnyResponse:
    """lint · begin, as the button says."""
    return DECISION.begin()


@portal.get("/agency/decisions/<id>")
@permit("agency")
def decision(id: str) -> Response:
    """Its tables as rows, what is missing or double in them, and a form to try values."""
    return _page(id)


@portal.post("/agency/decisions/<id>/try")
@permit("agency")
def try_decision(id: str) -> Response:
    """The same page with what was decided, by which rows, and on which ground."""
    found = ask("workflow", "decision", {"id": id, "version": view.number("version")})
    inputs = {each["name"]: request.form.get(f"input.{each['name']}", "")[:500] for each in found["inputs"]}
    command = {
        "id": id,
        "version": found["version"],
        "decision": request.form.get("decision", "")[:200] or found["decisions"][0],
        "inputs": inputs,
    }
    try:
        return _page(id, ask("workflow", "try_decision", command))
    except BadInput as error:
        return _page(id, faults=error.faults)


@portal.get("/agency/decisions/<id>/file")
@permit("agency")
def decision_file(id: str) -> Response:
    """The DMN file."""
    return DECISION.file(id)


@portal.get("/agency/decisions/<id>/edit")
@permit("agency")
def edit_decision(id: str) -> Response:
    """The draft where there is one, else the newest version, in an editor or as text and file."""
    return DECISION.page(id)


@portal.post("/agency/decisions/<id>/edit")
@permit("agency")
def change_decision(id: str) -> AnyResponse:
    """lint · draft · publish, as the button says."""
    return DECISION.change(id)


def _page(id: str, result: Json | None = None, faults: Any = ()) -> Response:
    found = ask("workflow", "decision", {"id": id, "version": view.number("version")})
    return view.render(
        "decision.html",
        decision=found,
        result=result,
        faults=faults,
        values={each["name"]: request.form.get(f"input.{each['name']}", "") for each in found["inputs"]},
    )

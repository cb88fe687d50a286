"""決策: decision tables to read, gaps and overlaps, values tried and explained, new versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import vendor, view
from gateway.portal.blueprint import portal
from gateway.portal.models import given, told
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, TooLarge

Json = Mapping[str, Any]


@portal.get("/agency/decisions")
@permit("agency")
def decisions() -> Response:
    """Every decision model in its newest version."""
    return view.render("decisions.html", decisions=ask("workflow", "decisions")["decisions"])


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
    """The DMN file, to be edited in any modeller."""
    found = ask("workflow", "decision", {"id": id, "version": view.number("version")})
    response = Response(found["dmn"], mimetype="application/xml")
    response.headers["Content-Disposition"] = "attachment"
    return response


@portal.get("/agency/decisions/<id>/edit")
@permit("agency")
def edit_decision(id: str) -> Response:
    """The draft where there is one, else the newest version, in an editor or as text and file."""
    return _editor(id)


@portal.post("/agency/decisions/<id>/edit")
@permit("agency")
def change_decision(id: str) -> AnyResponse:
    """lint · draft · publish, as the button says; nothing is kept of what is refused."""
    act = _ACTS.get(request.form.get("act", ""), _lint)
    try:
        return act(id, given("dmn"))
    except (BadInput, Conflict, TooLarge) as error:
        return _editor(id, faults=told(error))


def _lint(id: str, text: str) -> AnyResponse:
    return _editor(id, looked_at=ask("workflow", "lint_decision", {"dmn": text}), text=text)


def _draft(id: str, text: str) -> AnyResponse:
    command = {"id": id, "kind": "decision", "content": text, "revision": view.number("revision") or 0}
    ask("workflow", "save_model_draft", command)
    return view.to(f"/agency/decisions/{id}/edit", saved="1")


def _publish(id: str, text: str) -> AnyResponse:
    if g.principal.kind != "admin":
        raise Forbidden
    found = ask("workflow", "publish_decision", {"id": id, "dmn": text})
    return view.to(f"/agency/decisions/{id}", published=str(found["version"]))


_ACTS: Mapping[str, Callable[[str, str], AnyResponse]] = {
    "lint": _lint,
    "draft": _draft,
    "publish": _publish,
}


def _page(id: str, result: Json | None = None, faults: Any = ()) -> Response:
    found = ask("workflow", "decision", {"id": id, "version": view.number("version")})
    return view.render(
        "decision.html",
        decision=found,
        result=result,
        faults=faults,
        values={each["name"]: request.form.get(f"input.{each['name']}", "") for each in found["inputs"]},
    )


def _editor(id: str, faults: Any = (), looked_at: Json | None = None, text: str = "") -> Response:
    found = ask("workflow", "decision", {"id": id})
    draft = found["draft"]
    return view.render(
        "decision-edit.html",
        decision=found,
        text_now=text or request.form.get("dmn", "") or (draft["content"] if draft else found["dmn"]),
        looked_at=looked_at,
        faults=faults,
        scripts=vendor.assets("dmn-js"),
        may_publish=g.principal.kind == "admin",
    )

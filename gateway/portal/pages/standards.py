"""標準: find elements, code lists and templates, and read one of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import graph, view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards_drafting import preview_of
from gateway.portal.words import named, say
from gdbos_atom.identifiers import CHECKS
from gdbos_contracts.text import pick
from gdbos_runtime import context

Json = Mapping[str, Any]
PAGE = 20
STATUSES = ("draft", "consultation", "trial", "standard", "revision", "withdrawn")


@portal.get("/standards")
@permit("public")
def standards() -> Response:
    """Elements by name in either writing, id or synonym, the best fit first; narrowed by status."""
    status = request.args.get("status", "")
    query = {
        "q": _q(),
        "status": status if status in STATUSES else "",
        "cursor": request.args.get("cursor", "")[:500],
        "limit": PAGE,
    }
    found = ask("standards", "elements", query)
    return view.render(
        "standards.html",
        query=query,
        statuses=STATUSES,
        elements=found["elements"],
        more=view.here(cursor=found["next"]) if found["next"] else "",
    )


@portal.get("/standards/codelists")
@permit("public")
def code_lists() -> Response:
    """Code lists by name, id or the standard in which they stand."""
    query = {"q": _q(), "cursor": request.args.get("cursor", "")[:200]}
    found = ask("standards", "code_lists", query)
    more = view.here(cursor=found["next"]) if found["next"] else ""
    return view.render("standards-lists.html", query=query, lists=found["code_lists"], more=more)


@portal.get("/standards/templates")
@permit("public")
def templates() -> Response:
    """Forms, documents and licences that are made of elements."""
    found = ask("standards", "templates")["templates"]
    return view.render("standards-templates.html", templates=found)


@portal.get("/standards/templates/<id>")
@permit("public")
def template(id: str) -> Response:
    """One template: its sections with their elements, and how people meet it."""
    found = ask("standards", "template", _key(id))
    return view.render("standards-template.html", shown=found, preview=preview_of(found))


@portal.get("/standards/elements/<id>")
@permit("public")
def element(id: str) -> Response:
    """Concept × value domain, every version, legal basis, steward, life cycle, and where it is used."""
    found = ask("standards", "element", _key(id))
    uses = ask("standards", "where_used", {"id": id})["uses"]
    return view.render(
        "standards-element.html",
        element=found,
        check=CHECKS.get(found.get("check", "")),
        uses=uses,
        graph=_graph(found, uses),
        address=address,
        summary=[],
    )


@portal.post("/standards/elements/<id>/status")
@permit("agency")
def move(id: str) -> AnyResponse:
    """One step of the life cycle, by who may take it."""
    version = request.form.get("version", "1")
    step = {
        "id": id,
        "version": int(version) if version.isdecimal() else 1,
        "status": request.form.get("status", ""),
        "note": request.form.get("note", "").strip()[:2000],
    }
    ask("standards", "set_status", step)
    return view.to(f"/standards/elements/{id}", version=version)


def address(use: Json) -> str:
    """Where a user of an element is shown; "" when there is no page of it, as of a licence type by its code."""
    if use["kind"] == "item":
        return f"/items/{use['id']}"
    if use["kind"] == "schema":
        return f"/standards/schemas/{quote(use['id'])}?new={use['version']}"
    template = use["kind"] in ("form", "document", "licence") and not use["id"][0].isdecimal()
    return f"/standards/templates/{use['id']}?version={use['version']}" if template else ""


def _q() -> str:
    return request.args.get("q", "").strip()[:100]


def _key(id: str) -> dict[str, Any]:
    version = request.args.get("version", "")
    return {"id": id, "version": int(version)} if version.isdecimal() and int(version) else {"id": id}


def _graph(element: Json, uses: Iterable[Json]) -> graph.Graph:
    language = context.current().language
    called = {(use["kind"], use["id"]): pick(use.get("names"), language) or use["id"] for use in uses}
    users = [(kind, f"{named('use', kind)} {name}") for (kind, _), name in called.items()]
    lists = [element["code_list"]["id"]] if element.get("code_list") else []
    more = say("standards.more_users", n=len(users) - graph.MOST)
    return graph.draw(pick(element["names"], language), lists, users, more)

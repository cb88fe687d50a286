"""An agency's console: its sources and its items."""

from __future__ import annotations

from flask import Response, g, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import Unavailable


@portal.get("/agency")
@permit("agency")
def agency() -> Response:
    """Sources with their mapping, items as they are published."""
    return _page({})


@portal.post("/agency/sources/<id>/test")
@permit("agency")
def test_source(id: str) -> Response:
    """Can the source be read now, and does it have the mapped columns?"""
    try:
        return _page({id: ask("datahub", "test_source", {"source": id})})
    except Unavailable as error:
        return _page({id: {"ok": False, "detail": error.detail}})


def _page(tested: dict[str, object]) -> Response:
    found = ask("catalog", "search", {"limit": 100, "q": request.args.get("q", "")[:100]})["items"]
    own = [
        each
        for each in found
        if g.principal.kind == "admin" or (each.get("agency") or {}).get("code") == g.principal.agency
    ]
    return view.render(
        "agency.html",
        sources=ask("datahub", "sources")["sources"],
        items=own,
        tested=tested,
        summary=[],
    )

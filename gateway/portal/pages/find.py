"""Find an item, and read about it before beginning."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of

PAGE = 12


@portal.get("/")
@permit("public")
def home() -> Response:
    """Search, narrowed by who asks and by kind; the bundles first while nothing is searched."""
    query: dict[str, Any] = {
        "q": request.args.get("q", "").strip()[:100],
        "audience": request.args.get("audience", ""),
        "type": request.args.get("type", ""),
        "cursor": request.args.get("cursor", ""),
        "limit": PAGE,
    }
    found = ask("catalog", "search", query)
    searching = bool(query["q"] or query["audience"] or query["type"] or query["cursor"])
    return view.render(
        "home.html",
        query=query,
        searching=searching,
        items=found["items"],
        total=found.get("total", len(found["items"])),
        more=view.here(cursor=found["next"]) if found.get("next") else "",
    )


@portal.get("/items/<code>")
@permit("public")
def item(code: str) -> Response:
    """Who, what, how long, how much, with which materials, on which legal basis."""
    found = ask("catalog", "item", {"code": code, "region": request.args.get("region", "")})
    return view.render("item.html", item=found, schema=schema_of(found["elements"]))


@portal.get("/bundles/<code>")
@permit("public")
def bundle(code: str) -> AnyResponse:
    """A bundle is read where it begins."""
    return view.to(f"/bundles/{code}/apply")

"""Find an item, see it, be guided to one situation, be asked only what is not known."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("items", __name__, description="Service items 政務服務事項")


@blueprint.route("/items")
@blueprint.arguments(schemas.items.ItemQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def search(query: dict[str, Any]) -> Response:
    """Ranked search: {items:[{code, name, agency, region, version}], next}."""
    return as_json(ask("catalog", "search", query))


@blueprint.route("/items/<code>")
@blueprint.arguments(schemas.items.PlaceQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def item(query: dict[str, Any], code: str) -> Response:
    """The version in force there and then, each field with the level that set it."""
    day = query["on"].isoformat() if query["on"] else ""
    found = ask("catalog", "item", {"code": code, "region": query["region"], "on": day})
    etag = f'"{found["code"]}-{found["version"]}"'
    if request.headers.get("If-None-Match") == etag:
        return Response(status=304, headers={"ETag": etag})
    return as_json(found, ETag=etag, Cache_Control="no-cache")


@blueprint.route("/items/<code>/guide", methods=["POST"])
@blueprint.arguments(schemas.items.GuideBody())
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def guide(body: dict[str, Any], code: str) -> Response:
    """Answer the guide's questions; {questions, situation, materials, elements, clocks, fee, refused_because}."""
    return as_json(ask("catalog", "guide", {"code": code, **body}))


@blueprint.route("/items/<code>/prefill", methods=["POST"])
@blueprint.arguments(schemas.items.PrefillBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def prefill(body: dict[str, Any], code: str) -> Response:
    """{values:{element:{value, source, as_of, ground}}, ask:[element], consent_needed:[element]}."""
    return as_json(ask("workflow", "prefill", {"code": code, **body}))

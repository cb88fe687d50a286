"""One submission, many agencies."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask
from gateway.routes.applications import as_submission

blueprint = Blueprint("bundles", __name__, description="Life-event bundles 一件事")


@blueprint.route("/bundles")
@blueprint.arguments(schemas.items.PlaceQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def bundles(query: dict[str, Any]) -> Response:
    """Bundles offered in a region."""
    return as_json(ask("catalog", "bundles", {"region": query["region"]}))


@blueprint.route("/bundles/<code>/guide", methods=["POST"])
@blueprint.arguments(schemas.items.GuideBody())
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def guide(body: dict[str, Any], code: str) -> Response:
    """Merged questions, elements, materials and clock, and what is saved against four applications."""
    return as_json(ask("catalog", "bundle_guide", {"code": code, **body}))


@blueprint.route("/bundles/<code>/applications", methods=["POST"])
@blueprint.arguments(schemas.applications.BundleApplicationBody())
@blueprint.response(201, schemas.AnyObject)
@permit("applicant")
def submit(body: dict[str, Any], code: str) -> Response:
    """One parent case and a child case per member, in one commit."""
    return as_submission("submit_bundle", body, bundle=code)

"""Whether a document of a case is genuine."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.papers import verdict
from gateway.parts import as_json

blueprint = Blueprint("documents", __name__, description="Documents of cases 文書")


@blueprint.route("/documents/verify")
@blueprint.arguments(schemas.items.VerifyDocumentQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def verify(query: dict[str, Any]) -> Response:
    """{valid, reason, document}: by the number and code on the paper, by the SHA-256 of the file, or by both.

    Whose document it is, is never shown. Reasons: genuine, altered, revoked, unknown.
    """
    return as_json(verdict(**query))

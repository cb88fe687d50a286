"""Hearings 聽證 and the service of decisions 送達."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("serving", __name__, description="Service of decisions 送達")


@blueprint.route("/applications/<case_no>/service", methods=["POST"])
@blueprint.arguments(schemas.serving.ServiceBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def serve(body: dict[str, Any], case_no: str) -> Response:
    """送達回證: what was decided reached the applicant, once; from `served_on` run the times of the remedies."""
    return as_json(ask("workflow", "serve", {"case_no": case_no, **body}))


@blueprint.route("/applications/<case_no>/service/attempts", methods=["POST"])
@blueprint.arguments(schemas.serving.AttemptBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def attempt(body: dict[str, Any], case_no: str) -> Response:
    """A way of service that failed, with the reason; a public notice needs one before it."""
    return as_json(ask("workflow", "record_attempt", {"case_no": case_no, **body}))


@blueprint.route("/applications/<case_no>/service/consent", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def consent(case_no: str) -> Response:
    """同意電子送達: what is decided is served when it can be read here; what waits already, at once."""
    return as_json(ask("workflow", "consent_to_service", {"case_no": case_no}))


@blueprint.route("/applications/<case_no>/hearing", methods=["POST"])
@blueprint.arguments(schemas.serving.HearingBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def hearing(body: dict[str, Any], case_no: str) -> Response:
    """聽證: ask for it within five working days of being told of the right, or do without."""
    return as_json(ask("workflow", "answer_hearing", {"case_no": case_no, **body}))

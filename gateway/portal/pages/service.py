"""A hearing, and the service of a decision: the clerk's certificate, and the applicant's consent to the electronic way."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.portal.blueprint import portal
from gateway.portal.pages.cases import acted


@portal.post("/cases/<case_no>/service")
@permit("clerk")
def serve(case_no: str) -> AnyResponse:
    """送達回證."""
    return acted(case_no, "serve", _typed("way", "on", "collector", "evidence", "reason"), "#service")


@portal.post("/cases/<case_no>/service/attempts")
@permit("clerk")
def attempt(case_no: str) -> AnyResponse:
    """A way of service that failed."""
    return acted(case_no, "record_attempt", _typed("way", "on", "reason"), "#service")


@portal.post("/cases/<case_no>/service/consent")
@permit("applicant")
def service_consent(case_no: str) -> AnyResponse:
    """同意電子送達."""
    return acted(case_no, "consent_to_service", {}, "#service")


@portal.post("/cases/<case_no>/hearing")
@permit("applicant")
def hearing(case_no: str) -> AnyResponse:
    """聽證: asked for, or done without."""
    return acted(case_no, "answer_hearing", {"wants": request.form.get("wants") == "yes"}, "#hearing")


def _typed(*names: str) -> dict[str, str]:
    return {name: request.form.get(name, "").strip() for name in names}

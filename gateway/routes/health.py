"""Liveness, readiness and metrics: no prefix, no session, no personal data."""

from __future__ import annotations

from flask import Blueprint, Response

from gateway.auth import permit
from gateway.parts import as_json, ask
from gdbos_contracts.errors import GdbosError
from gdbos_runtime import metrics, pulse

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@permit("public")
def healthz() -> Response:
    """Alive means that a synthetic message was handled lately, not that the process exists."""
    alive = pulse.alive()
    return as_json({"alive": alive}, 200 if alive else 503)


@blueprint.get("/readyz")
@permit("public")
def readyz() -> Response:
    """Ready means that a case could be answered now: workflow reaches its database."""
    try:
        ask("workflow", "ready")
    except GdbosError as error:
        return as_json({"ready": False, "code": error.code}, 503)
    return as_json({"ready": True})


@blueprint.get("/metrics")
@permit("public")
def prometheus() -> Response:
    """Prometheus text format."""
    return Response(metrics.exposition(), mimetype="text/plain; version=0.0.4")

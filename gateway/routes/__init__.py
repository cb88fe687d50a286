"""One file per resource; `register` mounts them all."""

from __future__ import annotations

from typing import Any

from flask import Flask

from gateway import portal
from gateway.routes import (
    applications,
    archives,
    bundles,
    codelists,
    decisions,
    documents,
    drafts,
    engine,
    files,
    governance,
    health,
    items,
    licences,
    me,
    ratings,
    reengineering,
    scheduled,
    serving,
    sessions,
    sources,
    standards,
    supervision,
    tasks,
)

PREFIX = "/api/v1"
RESOURCES = (
    sessions,
    items,
    drafts,
    engine,
    files,
    applications,
    serving,
    archives,
    bundles,
    tasks,
    ratings,
    scheduled,
    supervision,
    licences,
    documents,
    me,
    standards,
    codelists,
    governance,
    sources,
    reengineering,
    decisions,
)


def register(app: Flask, api: Any) -> None:
    """Mount every resource under /api/v1, health and the pages without prefix."""
    app.register_blueprint(health.blueprint)
    for resource in RESOURCES:
        api.register_blueprint(resource.blueprint, url_prefix=PREFIX)
    portal.register(app)

"""Server-rendered pages: applicant, desk, agency, supervision, administration. Nothing needs JavaScript."""

from __future__ import annotations

from flask import Flask

from gateway.portal import errors
from gateway.portal.blueprint import portal
from gateway.portal.pages import PAGES


def register(app: Flask) -> None:
    """Mount every page; PAGES have put themselves onto the blueprint by being imported."""
    assert PAGES
    app.register_blueprint(portal)
    app.register_error_handler(404, errors.not_found)
    app.register_error_handler(405, errors.not_found)

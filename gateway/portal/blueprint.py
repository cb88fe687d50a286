"""The blueprint of all pages: form token in, language cookie out, errors as pages."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from gateway.portal import errors, forgery
from gdbos_contracts.errors import GdbosError
from gdbos_contracts.text import LANGUAGES

portal = Blueprint("portal", __name__)

YEAR = 365 * 24 * 3600
portal.before_request(forgery.check)
portal.register_error_handler(GdbosError, errors.page)


@portal.after_request
def remember(response: Response) -> Response:
    """`?lang=` holds until another is chosen; an anonymous form keeps its seed."""
    chosen = request.args.get("lang")
    if chosen in LANGUAGES:
        response.set_cookie(
            "lang", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    seed = g.pop("form_seed", None)
    if seed:
        response.set_cookie(
            forgery.SEED, seed, samesite="Lax", secure=request.is_secure, httponly=True, path="/"
        )
    response.headers.setdefault("Vary", "Cookie, Accept-Language")
    return response

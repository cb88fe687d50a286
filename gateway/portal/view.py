"""How a page is rendered: language, words, dates, links that stay where one is."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Response, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.portal import forgery
from gateway.portal.days import written
from gateway.portal.drawings import inline
from gateway.portal.words import named, say
from gdbos_contracts.text import LANGUAGES, pick
from gdbos_runtime import context

_STATIC = Path(__file__).with_name("static")
_APPLICANT = (("/", "nav.find"), ("/cases", "nav.cases"), ("/me", "nav.me"))
MENU: dict[str, tuple[tuple[str, str], ...]] = {
    "person": _APPLICANT,
    "agent": _APPLICANT,
    "clerk": (("/desk", "nav.desk"), ("/desk/orders", "nav.orders"), ("/", "nav.find")),
    "machine": (("/", "nav.find"),),
    "supervisor": (("/supervise", "nav.supervise"), ("/ratings/bad", "ratings.bad"), ("/", "nav.find")),
    "agency_admin": (
        ("/agency", "nav.agency"),
        ("/agency/incidents", "nav.incidents"),
        ("/standards", "nav.standards"),
        ("/ratings/bad", "ratings.bad"),
        ("/", "nav.find"),
    ),
    "admin": (
        ("/admin", "nav.admin"),
        ("/agency", "nav.agency"),
        ("/agency/incidents", "nav.incidents"),
        ("/standards", "nav.standards"),
        ("/supervise", "nav.supervise"),
        ("/", "nav.find"),
    ),
}
"""Kind of principal → the pages of theirs, first the one where their work is."""


def render(template: str, **values: Any) -> Response:
    """A page with what every template may use."""
    language = context.current().language
    principal = g.get("principal")
    return make_response(
        render_template(
            template,
            t=say,
            named=named,
            text=lambda value: pick(value, language),
            day=day,
            moment=moment,
            size=size,
            language=language,
            languages={code: here(lang=code) for code in LANGUAGES},
            principal=principal,
            menu=MENU.get(principal.kind, _APPLICANT) if principal else _APPLICANT,
            csrf=forgery.token(),
            asset=asset,
            inline=inline,
            here=here,
            path=request.path,
            **values,
        )
    )


def to(path: str, **query: str) -> AnyResponse:
    """See other: after a POST, so that reloading repeats nothing."""
    kept = {name: value for name, value in query.items() if value}
    return redirect(f"{path}?{urlencode(kept)}" if kept else path, code=303)


def here(**changes: str) -> str:
    """The address of this page with some of its query changed."""
    query = {**request.args.to_dict(), **changes}
    if "lang" not in changes:
        query.pop("lang", None)
    return f"{request.path}?{urlencode(query)}" if query else request.path


def number(name: str) -> int | None:
    """A version of the address or of the form; None when it is none."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else None


def local(target: str) -> str:
    """A path of ours, or the front page: nobody is sent elsewhere after signing in."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if ours and target.isprintable() else "/"


def day(value: str | None) -> str:
    """`2026-03-02` as people of the language write it; other text as it is."""
    return written(value or "", context.current().language)


def moment(value: str | None) -> str:
    """Day and minute of an RFC 3339 time, as it was written down (+08:00)."""
    try:
        found = datetime.fromisoformat(value or "")
    except ValueError:
        return value or ""
    return f"{day(found.date().isoformat())} {found:%H:%M}"


def size(count: int) -> str:
    """Bytes for people."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


@cache
def asset(name: str) -> str:
    """Address of a static file that changes when the file does."""
    digest = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"

"""Forms of ours only: a token per session in each form, besides the SameSite cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import g, request

from gateway.auth import COOKIE
from gdbos_contracts.errors import Forbidden

SEED = "gdbos_form"
"""Cookie that stands in for the session of who is not signed in, so that the sign-in form is protected too."""
FIELD = "csrf"


def token() -> str:
    """The token of this session's forms; it says nothing about the session."""
    seed = _seed()
    if not seed:
        seed = g.form_seed = g.get("form_seed") or secrets.token_urlsafe(24)
    return _derived(seed)


def check() -> None:
    """Forbidden for a POST without the token of its own session."""
    if request.method != "POST":
        return
    seed = _seed()
    if not seed or not hmac.compare_digest(_derived(seed), request.form.get(FIELD, "")):
        raise Forbidden(
            {
                "zh-Hans": "页面已过期，请返回上一页刷新后重试",
                "zh-Hant": "頁面已過期，請返回上一頁重新整理後重試",
                "en": "This page has expired; go back, reload it and try again",
            }
        )


def _seed() -> str:
    session = request.cookies.get(COOKIE, "") if g.get("principal") else ""
    return session or request.cookies.get(SEED, "")


def _derived(seed: str) -> str:
    return hmac.new(seed.encode(), b"gdbos form", hashlib.sha256).hexdigest()

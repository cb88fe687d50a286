"""Sign in and out."""

from __future__ import annotations

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import COOKIE, SESSION_HOURS, digest, permit, sign_in
from gateway.parts import ask, parts
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import one
from gdbos_contracts.errors import GdbosError, NotAuthenticated, TooManyRequests
from gdbos_runtime.cache import TtlCache

HOME = {
    "clerk": "/desk",
    "supervisor": "/supervise",
    "agency_admin": "/agency",
    "admin": "/admin",
}
"""Kind of principal → where their work is; applicants go on where they were."""
_FIXED = ("citizen", "citizen2", "firm")
_STAFF = ("supervisor", "agency-admin", "admin")
_ACCOUNTS: TtlCache[list[dict[str, str]]] = TtlCache(30, 4)


@portal.get("/login")
@permit("public")
def login() -> AnyResponse:
    """The form; in a development data folder with the demonstration accounts."""
    if g.principal is not None and "next" not in request.args:
        return view.to(HOME.get(g.principal.kind, "/"))
    return _page(None)


@portal.post("/login")
@permit("public")
def enter() -> AnyResponse:
    """A session cookie that no script reads and no other site sends along."""
    try:
        token, _, principal = sign_in(
            request.form.get("username", "").strip(), request.form.get("password", "")
        )
    except (NotAuthenticated, TooManyRequests) as error:
        return _page(error)
    target = view.local(request.form.get("next", "")) if request.form.get("next") else ""
    response = view.to(target or HOME.get(principal.kind, "/"))
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_HOURS * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@portal.post("/logout")
@permit("public")
def leave() -> AnyResponse:
    """The session ends on the server, not only in the browser."""
    if request.cookies.get(COOKIE):
        parts().accounts.close_session(digest(request.cookies[COOKIE]))
    response = view.to("/")
    response.delete_cookie(COOKIE)
    return response


def demonstration() -> list[dict[str, str]]:
    """Accounts of the starter pack that exist here, by the names that it promises; [] in production."""
    if parts().settings.environment != "development":
        return []
    return _ACCOUNTS.get(id(parts()), _demonstration)


def _demonstration() -> list[dict[str, str]]:
    items = ask("catalog", "search", {"limit": 100})["items"]
    shorts = sorted({each["agency"]["short"] for each in items if (each.get("agency") or {}).get("short")})
    names = [*_FIXED, *(f"clerk-{short}" for short in shorts), *_STAFF]
    held = [(name, parts().accounts.account(name)) for name in names]
    return [
        {"username": name, "name": account.principal.name, "kind": account.principal.kind}
        for name, account in held
        if account is not None
    ]


def _page(error: GdbosError | None) -> Response:
    response = view.render(
        "login.html",
        accounts=demonstration(),
        next=request.values.get("next", ""),
        username=request.form.get("username", ""),
        summary=one(error.detail, "#username") if error else [],
    )
    if error is not None:
        response.status_code = 429 if error.retry else 401
    if error is not None and error.retry:
        response.headers["Retry-After"] = str(error.more.get("retry_after", 1))
    return response

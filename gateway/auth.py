"""Who is asking, and whether the route is for them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import g, request

from gateway.parts import parts
from gdbos_contracts.errors import BadInput, Fault, Forbidden, NotAuthenticated
from gdbos_contracts.principal import Principal
from gdbos_runtime.offload import offload
from gdbos_runtime.pseudonym import pseudonym

View = TypeVar("View", bound=Callable[..., Any])

ANONYMOUS = Principal(id="", kind="anonymous", name="")
SESSION_HOURS = 8
COOKIE = "gdbos_session"

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "public": frozenset(),
    "signed_in": frozenset({"person", "agent", "clerk", "machine", "supervisor", "agency_admin", "admin"}),
    "applicant": frozenset({"person", "agent"}),
    "reopen": frozenset({"person", "agent", "supervisor"}),
    "clerk": frozenset({"clerk"}),
    "archive": frozenset({"clerk", "agency_admin"}),
    "ratings": frozenset({"agency_admin", "supervisor"}),
    "agency": frozenset({"agency_admin", "admin"}),
    "jobs": frozenset({"machine", "agency_admin", "admin"}),
    "supervise": frozenset({"supervisor", "admin"}),
    "orders": frozenset({"clerk", "supervisor", "admin"}),
    "admin": frozenset({"admin"}),
}
"""Permission → kinds of principal that have it; `public` lets everybody in."""

_NOT_A_COLLEAGUE = {
    "zh-Hans": "不是本部门的工作人员",
    "zh-Hant": "不是本部門的工作人員",
    "en": "Nobody of your agency",
}
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_hex(8))


def permit(permission: str) -> Callable[[View], View]:
    """Declare the permission of a route. A route without one fails the architecture test."""
    kinds = PERMISSIONS[permission]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require(permission, kinds)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        if kinds:
            guarded._apidoc = {"manual_doc": {"security": [{"session": []}]}}  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def enter(view: object) -> None:
    """Check the permission of the route before its body is read: strangers learn nothing of its shape."""
    permission = getattr(view, "permission", None)
    if permission is not None:
        require(permission, PERMISSIONS[permission])


def require(permission: str, kinds: frozenset[str]) -> None:
    """NotAuthenticated without a session, Forbidden with one of another kind."""
    if permission == "public":
        return
    if g.principal is None:
        raise NotAuthenticated
    if g.principal.kind not in kinds:
        raise Forbidden


def principal_of_request() -> Principal | None:
    """From the bearer token, or from the session cookie of the portal."""
    token = token_of_request()
    return parts().accounts.principal(digest(token)) if token else None


def token_of_request() -> str:
    """A cookie does not speak for who is at another site, which browsers tell (Fetch Metadata): the calls of the
    API carry no token of a form, and `SameSite` lets sister sites through."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header[7:]
    elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    writes = request.method not in ("GET", "HEAD", "OPTIONS")
    return (
        "" if elsewhere and writes and request.path.startswith("/api/") else request.cookies.get(COOKIE, "")
    )


def digest(token: str) -> str:
    """Only the hash of a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def linked(principal: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """The principal with the pseudonym of the natural person behind it. Only an applicant's own subject keeps
    the citizen number; for a clerk or an agent it is given once, as `citizen_id`, and not kept."""
    kept = {name: value for name, value in principal.items() if name != "citizen_id"}
    number = principal.get("citizen_id") or principal.get("subject", {}).get("person.citizen_id")
    return {**kept, "person": pseudonym(number, key)} if number else kept


def colleague(id: str) -> Principal:
    """A clerk of the caller's agency; BadInput at /to for anybody else."""
    found = next((p for p in parts().accounts.colleagues(g.principal.agency) if p.id == id), None)
    if found is None:
        raise BadInput(faults=[Fault("/to", "not_a_colleague", _NOT_A_COLLEAGUE)])
    return found


def hash_password(password: str) -> str:
    return str(offload(_HASHER.hash, password))


def sign_in(username: str, password: str) -> tuple[str, datetime, Principal]:
    """A new session, or NotAuthenticated: the same answer and the same work for an unknown name."""
    accounts = parts().accounts
    with parts().limits.password(username) as guess:
        account = accounts.account(username)
        try:
            offload(_HASHER.verify, account.password_hash if account else _NOBODY, password)
            guess.right = account is not None
        except VerificationError:
            account = None
    if account is None:
        raise NotAuthenticated(
            {
                "zh-Hans": "用户名或密码不正确",
                "zh-Hant": "使用者名稱或密碼不正確",
                "en": "The username or the password is wrong",
            }
        )
    token = secrets.token_urlsafe(32)
    expires = accounts.open_session(digest(token), account, timedelta(hours=SESSION_HOURS))
    return token, expires, account.principal

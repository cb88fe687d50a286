"""Errors as pages: what happened, what to do next, the trace number for support."""

from __future__ import annotations

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from gateway.portal import view
from gdbos_contracts.errors import GdbosError, NotAuthenticated
from gdbos_runtime import context


def page(error: GdbosError) -> AnyResponse:
    """To the sign-in form without a session; else a page with the status of the API's one table."""
    if isinstance(error, NotAuthenticated) and request.path != "/login":
        return view.to("/login", next=view.here() if request.method == "GET" else request.path)
    from gateway.http import STATUS  # http mounts the pages, so it cannot be imported before them

    status = next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)
    return shown(status, error.code, error.title, error.detail, error)


def not_found(error: HTTPException) -> AnyResponse:
    """An address that no page has; addresses of the API keep their problem details."""
    if request.path.startswith("/api/"):
        answer: Response = current_app.extensions["gdbos_api"].handle_http_exception(error)
        return answer
    status = error.code or 404
    return shown(status, "not_found" if status == 404 else "method_not_allowed", None, None, None)


def shown(status: int, code: str, title: object, detail: object, error: GdbosError | None) -> Response:
    response = view.render(
        "error.html",
        status=status,
        code=code,
        title=title,
        detail=detail,
        faults=error.faults if error else (),
        trace=context.current().traceparent[3:35],
    )
    response.status_code = status
    if error is not None and error.retry:
        response.headers["Retry-After"] = str(error.more.get("retry_after", 1))
    return response

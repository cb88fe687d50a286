"""The Flask application: context of a request, error table, blueprints."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_smorest import Api
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import auth, bodies, routes, schemas
from gateway.adapters.files import FileStore
from gateway.adapters.repository import AccountRepository
from gateway.limits import Limits
from gateway.parts import Parts, parts
from gdbos_contracts import errors
from gdbos_contracts.text import DEFAULT_LANGUAGE, LANGUAGES, pick
from gdbos_runtime import context, logs, tracing
from gdbos_runtime.httpd import BodyTooLarge
from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.settings import Settings
from gdbos_runtime.wire import faults_of

PROBLEM = "application/problem+json"

STATUS: Mapping[type[errors.GdbosError], int] = {
    errors.BadInput: 422,
    errors.IdempotencyMismatch: 422,
    errors.TooLarge: 413,
    errors.NotAuthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Incompatible: 409,
    errors.InFlight: 409,
    errors.StaleTask: 409,
    errors.Damaged: 500,
    errors.Unavailable: 503,
    errors.DeadlineExceeded: 504,
    errors.TooManyRequests: 429,
    errors.GdbosError: 500,
}
"""The one table from error class to status (RFC 9457)."""

_HTTP_CODES: Mapping[int, str] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}

_NOT_JSON = {
    "zh-Hans": "内容不是有效的 JSON",
    "zh-Hant": "內容不是有效的 JSON",
    "en": "The body is not valid JSON",
}

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}


def create_app(
    settings: Settings,
    client: RpcClient,
    accounts: AccountRepository,
    files: FileStore,
    limits: Limits | None = None,
) -> Flask:
    """The whole HTTP side; every collaborator is an argument."""
    app = Flask("gateway", static_folder="portal/static", template_folder="portal/templates")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        API_TITLE="GDBOS",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        PROPAGATE_EXCEPTIONS=False,
        MAX_FORM_MEMORY_SIZE=1 << 20,
    )
    app.extensions["gdbos"] = Parts(settings, client, accounts, files, limits or Limits(settings))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.before_request(_bind)
    app.after_request(_finish)
    app.teardown_request(_release)
    api = _Api(app)
    app.extensions["gdbos_api"] = api
    routes.register(app, api)
    app.register_error_handler(errors.GdbosError, problem)
    app.register_error_handler(Exception, _unexpected)
    return app


class _Api(Api):  # type: ignore[misc]
    """flask-smorest with problem details instead of its own error body, in answers and in the document."""

    def _register_responses(self) -> None:
        names = [(status.name, status.phrase) for status in HTTPStatus if 400 <= status < 500]
        for name, phrase in (*names, (self.DEFAULT_ERROR_RESPONSE_NAME, "Any other error")):
            answer = {"description": phrase, "content": {PROBLEM: {"schema": schemas.Problem}}}
            self.spec.components.response(name, answer, lazy=True)
        self.spec.components.security_scheme("session", {"type": "http", "scheme": "bearer"})

    def handle_http_exception(self, error: HTTPException) -> Response:
        messages = getattr(error, "data", {}).get("messages")
        if messages:
            inner = messages.get("json") or messages.get("query") or messages.get("files") or messages
            if error.code == 400:
                return problem_body(400, "bad_request", _NOT_JSON, ())
            return problem(errors.BadInput(faults=faults_of(inner)))
        return _refused(error)


def _refused(error: HTTPException) -> Response:
    """What Flask refuses by itself, with its own headers: `Allow` of a 405."""
    code = error.code or 500
    response = problem_body(code, _HTTP_CODES.get(code, "http_error"), {"en": error.name}, ())
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def problem(error: errors.GdbosError) -> Response:
    """RFC 9457 problem details with `errors[]` of JSON Pointers, in the language of the request."""
    status = next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)
    response = problem_body(
        status, error.code, error.detail, error.faults, title=error.title, more=error.more
    )
    if error.retry:
        response.headers["Retry-After"] = str(error.more.get("retry_after", 1))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def problem_body(
    status: int,
    code: str,
    detail: Any,
    faults: tuple[errors.Fault, ...],
    title: Any = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    language = language_of_request()
    body = {
        **(more or {}),
        "type": f"urn:gdbos:problem:{code}",
        "title": pick(title or detail, language),
        "status": status,
        "code": code,
        "detail": pick(detail, language),
        "trace": context.current().traceparent[3:35],
        "errors": [
            {"pointer": f.pointer, "code": f.code, "message": pick(f.message, language)} for f in faults
        ],
    }
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


def language_of_request() -> str:
    """?lang= wins, then the cookie, then Accept-Language, then 简体中文."""
    chosen = request.args.get("lang") or request.cookies.get("lang")
    if chosen in LANGUAGES:
        return str(chosen)
    for tag, _ in request.accept_languages:
        lowered = tag.lower()
        if lowered.startswith("en"):
            return "en"
        if lowered in ("zh-hant", "zh-tw", "zh-hk", "zh-mo"):
            return "zh-Hant"
        if lowered.startswith("zh"):
            return "zh-Hans"
    return DEFAULT_LANGUAGE


def _bind() -> None:
    g.started = time.perf_counter()
    principal = auth.principal_of_request()
    g.principal = principal
    g.context = context.bind(
        context.Context(
            principal=principal or auth.ANONYMOUS,
            traceparent=tracing.child(request.headers.get("traceparent", "")),
            deadline=time.time() + parts().settings.rpc_deadline,
            language=language_of_request(),
        )
    )
    parts().limits.enter(request.endpoint)
    auth.enter(app_view())
    bodies.legible(request)


def app_view() -> object:
    """The view function of this request; None when no route fits."""
    return current_app.view_functions.get(request.endpoint or "")


def _finish(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    logs.get("http").info(
        "request",
        method=request.method,
        route=str(request.url_rule or "-"),
        status=response.status_code,
        ms=round((time.perf_counter() - g.started) * 1000, 1),
    )
    return response


def _release(_error: BaseException | None) -> None:
    token = g.pop("context", None)
    if token is not None:
        context.release(token)


def _unexpected(error: Exception) -> Response:
    """Nothing of an unexpected exception goes out; the trace id finds it in the log."""
    if isinstance(error, HTTPException):
        return _refused(error)
    if isinstance(error, BodyTooLarge):
        whole = errors.Fault("", errors.TooLarge.code, errors.TooLarge.title)
        return problem(errors.TooLarge(faults=[whole]))
    logs.get("http").exception("unexpected")
    return problem(errors.GdbosError())

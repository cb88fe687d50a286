"""What every route reaches: settings, the RPC client, accounts, files; and how it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, current_app, request

from gateway.adapters.files import FileStore
from gateway.adapters.repository import AccountRepository
from gateway.limits import Limits
from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """The collaborators of the HTTP side."""

    settings: Settings
    client: RpcClient
    accounts: AccountRepository
    files: FileStore
    limits: Limits


def parts() -> Parts:
    return cast(Parts, current_app.extensions["gdbos"])


def ask(service: str, method: str, request_body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One RPC in the name of the signed-in principal."""
    return parts().client.call(service, method, dict(request_body or {}))


def as_json(body: Any, status: int = 200, **headers: str) -> Response:
    """A JSON response; text is taken to be JSON already and is sent byte for byte."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, status=status, mimetype="application/json")
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


IMMUTABLE = "public, max-age=31536000, immutable"


def immutable(body: Any) -> Response:
    """The JSON of what never changes, for everybody and for ever; 304 to whoever has it."""
    return tagged(as_json(body, Cache_Control=IMMUTABLE))


def tagged(response: Response) -> Response:
    """The same with an ETag of its bytes; 304 to whoever has them."""
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.make_conditional(request.environ)
    return response

"""The OpenAPI document: generated from the routes, committed, compared in the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml
from flask import Flask

from gateway.adapters.files import FileStore
from gateway.adapters.repository import AccountRepository
from gateway.http import create_app
from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.settings import Settings

FILE = Path(__file__).with_name("openapi.yaml")


def document(app: Flask) -> dict[str, Any]:
    """The document of a running application."""
    return cast(dict[str, Any], app.extensions["gdbos_api"].spec.to_dict())


def generated() -> str:
    """The document as YAML, of an application that can serve nothing."""
    settings = Settings()
    app = create_app(settings, cast(RpcClient, None), cast(AccountRepository, None), cast(FileStore, None))
    return yaml.safe_dump(document(app), allow_unicode=True, sort_keys=True, width=110)

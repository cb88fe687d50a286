"""Uploaded files of a case, for those who may see the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, send_file

from gateway.parts import parts
from gdbos_contracts.errors import NotFound


def sent(materials: Iterable[Mapping[str, Any]], id: str) -> Response:
    """The file of that id among the materials; NotFound for any other. Shown by the browser, never run by it."""
    found = next((f for m in materials for f in m.get("files", ()) if f["id"] == id), None)
    if found is None or not parts().files.path(found["sha256"]).exists():
        raise NotFound
    response = send_file(
        parts().files.path(found["sha256"]).resolve(),
        mimetype=found["media_type"],
        download_name=found["name"],
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Documents of cases as files, and the question whether one, or a licence, is genuine."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from typing import IO, Any

from flask import Response, send_file

from gateway.parts import ask, parts
from gdbos_contracts.text import pick

PDF = "application/pdf"
_CHUNK = 1 << 16


def pdf_of(case_no: str, id: str) -> Response:
    """The signed PDF, named after its title and number."""
    found = ask("workflow", "document_file", {"case_no": case_no, "id": id})
    name = f"{pick(found['title'])}-{found['number']}.pdf"
    file = io.BytesIO(base64.b64decode(found["pdf"]))
    response = send_file(file, mimetype=PDF, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def verdict(number: str = "", code: str = "", sha256: str = "") -> Mapping[str, Any]:
    """{valid, reason, document} by number and code, by the digest of a file, or by both."""
    with parts().limits.guess() as guess:
        answer = ask("workflow", "verify_document", {"number": number, "code": code, "sha256": sha256})
        guess.right = answer["reason"] != "unknown"
    return answer


def standing(code: str) -> Mapping[str, Any]:
    """{valid, reason, licence} of the electronic licence with this identifier; the holder is never shown."""
    with parts().limits.guess() as guess:
        answer = ask("datahub", "verify", {"licence": code})
        guess.right = answer["reason"] != "unknown"
    return answer


def digest(stream: IO[bytes]) -> str:
    """SHA-256 of a file that is read once and kept nowhere."""
    running = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        running.update(chunk)
    return running.hexdigest()

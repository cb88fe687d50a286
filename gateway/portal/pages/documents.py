"""A document on paper: its signed file, and the public question whether one is genuine."""

from __future__ import annotations

from flask import Response, request

from gateway.auth import permit
from gateway.papers import digest, pdf_of, verdict
from gateway.portal import view
from gateway.portal.blueprint import portal


@portal.get("/cases/<case_no>/documents/<id>/file")
@permit("signed_in")
def document_file(case_no: str, id: str) -> Response:
    """The signed PDF of a document."""
    return pdf_of(case_no, id)


@portal.get("/documents/verify")
@permit("public")
def verify_document() -> Response:
    """By the number and the code on the paper, which the QR code brings along."""
    number, code = (request.args.get(name, "").strip()[:length] for name, length in _LENGTHS.items())
    return _page(number, code, "")


@portal.post("/documents/verify")
@permit("public")
def verify_file() -> Response:
    """By the file: it is read here and kept nowhere."""
    part = request.files.get("file")
    number, code = (request.form.get(name, "").strip()[:length] for name, length in _LENGTHS.items())
    return _page(number, code, digest(part.stream) if part and part.filename else "")


_LENGTHS = {"number": 200, "code": 32}


def _page(number: str, code: str, sha256: str) -> Response:
    answer = verdict(number, code, sha256) if number or sha256 else None
    return view.render("verify-document.html", number=number, code=code, answer=answer)

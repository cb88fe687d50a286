"""The committed OpenAPI document is the one that the routes make."""

from __future__ import annotations

import pytest
import yaml

from gateway.spec import FILE, generated


def test_the_committed_document_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == generated(), "run make openapi"


@pytest.mark.parametrize(
    "call",
    [
        "POST /sessions",
        "GET /items",
        "GET /items/{code}",
        "POST /items/{code}/guide",
        "POST /items/{code}/prefill",
        "PUT /drafts/{id}",
        "GET /drafts/{id}",
        "DELETE /drafts/{id}",
        "POST /files",
        "POST /applications",
        "GET /applications",
        "GET /applications/{case_no}",
        "POST /applications/{case_no}/corrections",
        "POST /applications/{case_no}/withdraw",
        "POST /applications/{case_no}/rating",
        "POST /applications/{case_no}/messages",
        "GET /applications/{case_no}/events",
        "POST /bundles/{code}/guide",
        "POST /bundles/{code}/applications",
        "GET /tasks",
        "GET /tasks/{id}",
        "POST /tasks/{id}/claim",
        "POST /tasks/{id}/release",
        "POST /tasks/{id}/complete",
        "GET /licences",
        "GET /licences/{id}",
        "GET /licences/verify",
        "GET /me/accesses",
        "GET /standards/elements",
        "GET /standards/elements/{id}",
        "GET /standards/codelists/{id}",
        "GET /standards/schemas/{id}/versions/{version}",
        "POST /standards/validate",
        "POST /standards/compatibility",
    ],
)
def test_a_promised_call_is_there(call: str) -> None:
    method, path = call.split()
    paths = yaml.safe_load(FILE.read_text(encoding="utf-8"))["paths"]
    assert method.lower() in paths[f"/api/v1{path}"]

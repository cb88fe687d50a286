"""The API, read by people: what the OpenAPI document says, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, current_app

from gateway.auth import permit
from gateway.portal import view
from gateway.portal.blueprint import portal

Json = Mapping[str, Any]


@portal.get("/docs")
@permit("public")
def docs() -> Response:
    """Every call with its parameters and the fields of its body."""
    document = current_app.extensions["gdbos_api"].spec.to_dict()
    groups: dict[str, list[dict[str, Any]]] = {}
    for call in _calls(document):
        groups.setdefault(call["group"], []).append(call)
    return view.render("docs.html", groups=groups, base="/api/v1")


def _calls(document: Json) -> Iterator[dict[str, Any]]:
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method, call in methods.items():
            if method == "parameters":
                continue
            yield {
                "group": (call.get("tags") or ["-"])[0],
                "method": method.upper(),
                "path": path,
                "summary": call.get("summary", ""),
                "parameters": [each["name"] for each in [*shared, *call.get("parameters", [])]],
                "fields": list(_fields(call, document)),
            }


def _fields(call: Json, document: Json) -> Iterator[dict[str, Any]]:
    content = call.get("requestBody", {}).get("content", {})
    for body in content.values():
        schema = body["schema"]
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = document["components"]["schemas"].get(name, schema)
        required = schema.get("required", ())
        for field, own in schema.get("properties", {}).items():
            yield {"name": field, "type": own.get("type", "object"), "required": field in required}

"""Schemas of published elements: immutable, so remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from gateway.parts import ask
from gdbos_contracts.errors import Fault
from gdbos_runtime.cache import PublishedCache

_SCHEMAS: PublishedCache[dict[str, Any]] = PublishedCache(500)


def references(elements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: element[name] for name in ("element", "version", "required")} for element in elements]


def schema_of(elements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The composed JSON Schema; an empty one for no elements."""
    asked = references(elements)
    if not asked:
        return {"properties": {}, "required": []}
    return _SCHEMAS.get(
        json.dumps(asked, sort_keys=True),
        lambda: dict(ask("standards", "schema", {"elements": asked})["schema"]),
    )


def violations(elements: Iterable[Mapping[str, Any]], answers: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the answers given, at `/answers/…`; nothing about those not given."""
    asked = [{**each, "required": False} for each in references(elements) if each["element"] in answers]
    if not asked:
        return []
    data = {each["element"]: answers[each["element"]] for each in asked}
    found = ask("standards", "validate", {"elements": asked, "data": data})["violations"]
    return [Fault(f"/answers{each['pointer']}", each["code"], each["message"]) for each in found]

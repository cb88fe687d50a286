"""Procedures of an item that the workflow follows as data, in `handling`: their JSON Schema.

An item whose joint review names no agency, or whose stage lasts no day, would fail its first applicant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from gdbos_contracts.errors import Fault
from services.catalog.domain.faults import fault

Json = Mapping[str, Any]
_DAYS = {"type": "integer", "minimum": 1, "maximum": 365}
_TEXT = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}
_NAMES = {"type": "array", "items": {"type": "string", "minLength": 1}}
_AGENCY = {"type": "string", "minLength": 1, "maxLength": 64}
_REVIEWER = {
    "type": "object",
    "properties": {
        "agency": _AGENCY,
        "name": _TEXT,
        "role": {"type": "string"},
        "days": _DAYS,
        "reads": _NAMES,
        "form": _NAMES,
    },
    "required": ["agency"],
    "additionalProperties": False,
}
_JOINT_REVIEW = {
    "type": "object",
    "properties": {
        "days": _DAYS,
        "objection": {"enum": ["stops", "lead_decides"]},
        "silence": {
            "type": "object",
            "properties": {"basis": _TEXT, "further": {"type": "boolean"}},
            "required": ["basis"],
        },
        "agencies": {"type": "array", "minItems": 1, "items": _REVIEWER},
        "further": {"type": "array", "items": _REVIEWER},
    },
    "required": ["agencies"],
    "additionalProperties": False,
}
_STAGE = {
    "type": "object",
    "properties": {"days": _DAYS, "agency": _AGENCY, "name": _TEXT},
    "additionalProperties": False,
}
SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "joint_review": _JOINT_REVIEW,
        "hearing": {
            "type": "object",
            "properties": {"required": {"enum": ["always", "on_request"]}},
            "required": ["required"],
            "additionalProperties": False,
        },
        "stages": {"type": "object", "additionalProperties": _STAGE},
        "delivery": {
            "type": "object",
            "properties": {"notice_days": _DAYS},
            "additionalProperties": False,
        },
        "archive": {
            "type": "object",
            "properties": {"retention": {"enum": ["permanent", "30_years", "10_years"]}},
            "required": ["retention"],
            "additionalProperties": False,
        },
    },
}


def faults(handling: Json) -> Iterator[Fault]:
    """What is wrong with the procedures; other parts of `handling` are not looked at."""
    for error in _validator().iter_errors(dict(handling)):
        where = "".join(f"/{step}" for step in error.instance_path)
        yield fault(f"/handling{where}", "procedure", error.message)


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(SCHEMA))

"""The published version of an item: one immutable JSON object, and which one holds where and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.catalog.domain import regions
from services.catalog.domain.item import Effective, Item

_DEFAULTS: Mapping[str, Any] = {
    "local_code": None,
    "code_scheme": None,
    "project_type": "2",
    "audience": ["1", "2"],
    "fee": {"charged": False, "basis": "", "items": []},
    "conditions": {},
    "legal_basis": [],
    "guide": {"questions": []},
    "elements": [],
    "sections": [],
    "materials": [],
    "process": None,
    "agency": None,
    "documents": [],
    "correction": {"days": 15},
    "steps": [],
    "contact": {},
    "modes": ["online", "window"],
    "handling": {},
    "synthetic": True,
}
_RESULT: Mapping[str, Any] = {
    "kind": "none",
    "licence_type": None,
    "name": {},
    "valid_months": None,
    "face": [],
}
_MATERIAL: Mapping[str, Any] = {
    "necessity": "required",
    "kind": "document",
    "form": "electronic",
    "source_type": "10",
    "source_explain": {},
    "licence_type": None,
    "resource_elements": None,
    "max_files": 1,
    "accept": ["application/pdf", "image/jpeg", "image/png"],
    "by_law": None,
    "default_in": True,
}
_ELEMENT: Mapping[str, Any] = {"version": 1, "required": True, "section": "applicant", "default_in": True}


def compose(item: Item, effective: Effective, in_force: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a version without its number and the day it became known.

    `in_force` is {from, to}: the first day on which it holds and the first on which it no longer does,
    `to` None for open end. Every field that was left out gets its default, so readers never guess.
    """
    fields = effective.fields
    statutory = fields.get("statutory") or {"days": 20, "unit": "working_day"}
    body = {
        "code": item.code,
        "level": item.level,
        "catalog_code": fields.get("catalog_code", item.code),
        "name": fields["name"],
        "task_type": fields["task_type"],
        "region": item.region,
        "parent": item.parent,
        "statutory": statutory,
        "promised": fields.get("promised") or statutory,
        **{name: fields.get(name, default) for name, default in _DEFAULTS.items()},
        "result": {**_RESULT, **fields.get("result", {})},
        "in_force": {"from": in_force["from"], "to": in_force.get("to")},
        "origin": dict(effective.origin),
    }
    body["materials"] = [{**_MATERIAL, **material} for material in body["materials"]]
    body["elements"] = [{**_ELEMENT, **element} for element in body["elements"]]
    return body


def numbered(body: Mapping[str, Any], version: int, known_from: str) -> dict[str, Any]:
    """The published version itself; `known_from` is the day it was published, `YYYY-MM-DD`."""
    return {**body, "version": version, "known_from": known_from}


def digest(draft: object) -> str:
    """SHA-256 of canonical JSON: equal content, equal digest, whatever the order of the keys."""
    text = json.dumps(draft, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def in_force(version: Mapping[str, Any], on: date) -> bool:
    """Whether `version` holds on that day: from ≤ on < to."""
    span, day = version["in_force"], on.isoformat()
    return bool(span["from"] <= day and (span["to"] is None or day < span["to"]))


def resolve(
    versions: Iterable[Mapping[str, Any]], region: str, on: date, known_at: date | None = None
) -> Mapping[str, Any] | None:
    """The version that an applicant in `region` gets on day `on`, as known on `known_at`; None if none.

    The most specific region wins; within it the latest start; of two starting on one day the later
    published. Of two items of one region (a catalogue code used twice) the lower code, so that the answer
    is stable. Only implementing items are offered; a basic item is law, not an office.
    """
    offered = [
        version
        for version in versions
        if version["level"] == "implementing"
        and regions.contains(version["region"], region)
        and in_force(version, on)
        and (known_at is None or version["known_from"] <= known_at.isoformat())
    ]
    if not offered:
        return None
    deepest = max(regions.depth(version["region"]) for version in offered)
    nearest = [version for version in offered if regions.depth(version["region"]) == deepest]
    code = min(version["code"] for version in nearest)
    return max(
        (version for version in nearest if version["code"] == code),
        key=lambda version: (version["in_force"]["from"], version["version"]),
    )

"""What a published item refers to in the standards registry, told to the registry by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def uses(version: Json) -> list[dict[str, Any]]:
    """The item itself and, where it issues one, its type of licence; `id@version` where a version is named."""
    agency = version.get("agency") or {}
    span = version.get("in_force") or {}
    common = {
        "agency": agency.get("code", ""),
        "names": version.get("name", {}),
        "valid_from": span.get("from"),
        "valid_to": span.get("to"),
    }
    fields = list(dict.fromkeys([*_asked(version), *_beside(version)]))
    number = str(version["version"])
    found = [
        {
            "kind": "item",
            "id": version["code"],
            "version": number,
            "elements": fields,
            "field_count": len(fields),
            **common,
        }
    ]
    result = version.get("result") or {}
    face = list(dict.fromkeys(result.get("face", ())))
    if result.get("licence_type") and face:
        licence = {"kind": "licence", "id": result["licence_type"], "version": number, "elements": face}
        found.append({**licence, "field_count": len(face), **common, "names": result.get("name", {})})
    return found


def _asked(version: Json) -> Iterator[str]:
    for element in version["elements"]:
        yield f"{element['element']}@{element['version']}"


def _beside(version: Json) -> Iterator[str]:
    """Elements that answer a material or are judged by a decision; those that the form asks are named with their
    version already."""
    asked = {element["element"] for element in version["elements"]}
    judged = (version.get("handling", {}).get("automatic") or {}).get("inputs") or {}
    yield from (name for name in judged.values() if name not in asked)
    for material in version["materials"]:
        yield from (name for name in material.get("resource_elements") or () if name not in asked)

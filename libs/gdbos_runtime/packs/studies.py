"""Studies 再造方案 of a pack: a bundle before and after its re-engineering, made whole with its models and items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
SIDES = ("before", "after")


def whole(study: Json, folder: Path, items: Sequence[Json]) -> dict[str, Any]:
    """The study with `models` (file → BPMN, relative to `folder`) and `items` (code → what it asks).

    ValueError when it is not a study or leads out of its pack; OSError for a file that is not there.
    """
    members = [each for side in SIDES for each in _members(study, side)]
    models: dict[str, str] = {}
    for file in sorted({str(each.get("process", "")) for each in members}):
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve().parent) or path.suffix != ".bpmn":
            raise ValueError(f"{file!r} is no BPMN file of the pack")
        models[file] = path.read_text(encoding="utf-8")
    codes = sorted({str(each.get("item", "")) for each in members})
    return {**study, "models": models, "items": {code: asked(code, items) for code in codes}}


def asked(code: str, items: Sequence[Json]) -> dict[str, list[str]]:
    """What an implementing item and the items it inherits from ask: fields, materials, and who knows them already."""
    mine = [item for item in items if item["code"] == code or code.endswith(str(item["code"]))]
    if not mine:
        raise ValueError(f"the pack has no item {code!r}")
    elements = [each for item in mine for each in item.get("elements", ())]
    materials = [each for item in mine for each in item.get("materials", ()) if each.get("default_in", True)]
    return {
        "fields": sorted({each["element"] for each in elements}),
        "authentic": sorted({each["element"] for each in elements if each.get("authentic")}),
        "materials": sorted({_material(each) for each in materials}),
        "licences": sorted({each["licence_type"] for each in materials if each.get("licence_type")}),
    }


def _members(study: Json, side: str) -> list[Json]:
    own = study.get(side)
    found = own.get("members") if isinstance(own, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise ValueError(f"{side}: members are missing")
    return found


def _material(material: Json) -> str:
    """Two items mean the same paper when it is the same licence, or has the same id."""
    return str(material.get("licence_type") or material["id"])

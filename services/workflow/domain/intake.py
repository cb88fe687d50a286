"""收件: is what was submitted exactly what the situation asks for? Every fault at once, each with its pointer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import pick
from services.workflow.domain.faults import escaped, fault

Json = Mapping[str, Any]
Explain = Callable[[Json], Iterable[Fault]]

_WAYS = ("files", "licence", "pledged")
_REASONS = {"not_yours": "licence_not_yours", "other_type": "licence_other_type"}
PERSON, FIRM = "1", "2"


def answer_faults(elements: Sequence[Json], answers: Json, explain: Explain) -> list[Fault]:
    """`elements` are those of the situation; `explain` validates against their composed schema."""
    asked = {element["element"] for element in elements}
    faults = [
        fault(f"/answers/{escaped(name)}", "unknown_element", name) for name in answers if name not in asked
    ]
    absent = {e["element"] for e in elements if e["required"] and _empty(answers.get(e["element"]))}
    given = {name: value for name, value in answers.items() if name in asked and name not in absent}
    said = [Fault(f"/answers{found.pointer}", found.code, found.message) for found in explain(given)]
    told = {found.pointer for found in said}  # the schema's words name the element as people do
    silent = sorted(name for name in absent if f"/answers/{escaped(name)}" not in told)
    return (
        faults
        + [fault(f"/answers/{escaped(name)}", "required", name) for name in silent]
        + [found for found in said if found.pointer != "/answers"]
    )


def material_faults(asked: Sequence[Json], given: Sequence[Json], checks: Mapping[str, Json]) -> list[Fault]:
    """`checks` maps a licence id to the hub's {ok, reason}."""
    wanted = {material["id"]: material for material in asked}
    faults: list[Fault] = []
    seen: set[str] = set()
    for index, entry in enumerate(given):
        pointer, name = f"/materials/{index}", entry["material"]
        if name not in wanted:
            faults.append(fault(f"{pointer}/material", "unknown_material", name))
            continue
        if name in seen:
            faults.append(fault(f"{pointer}/material", "duplicate_material", name))
        seen.add(name)
        faults += _entry_faults(pointer, wanted[name], entry, checks)
    faults += [
        fault("/materials", "missing_material", pick(material["name"]) or material["id"])
        for material in asked
        if material["necessity"] == "required" and material["id"] not in seen
    ]
    return faults


def audience_faults(audience: Sequence[str], principal_kind: str) -> list[Fault]:
    """服務對象: natural persons, legal persons, or both."""
    wanted = FIRM if principal_kind == "agent" else PERSON
    return [] if not audience or wanted in audience else [fault("/item", "audience")]


def proxy_faults(proxy: Json | None, subject: Json) -> list[Fault]:
    """代辦: somebody else, with authority; who files for a firm is its agent already."""
    own = subject.get("person.citizen_id")
    same = proxy is not None and own is not None and plain(proxy["citizen_id"]) == plain(own)
    return [fault("/proxy/citizen_id", "same_person")] if same else []


def mismatch_faults(mismatches: Iterable[str]) -> list[Fault]:
    return [fault(f"/answers/{escaped(name)}", "mismatch", name) for name in mismatches]


def licences_in(asked: Sequence[Json], given: Sequence[Json]) -> list[dict[str, str]]:
    """{licence, type} of each material that is answered by a licence, for the hub to check."""
    types = {material["id"]: material["licence_type"] or "" for material in asked}
    return [
        {"licence": entry["licence"], "type": types.get(entry["material"], "")}
        for entry in given
        if entry.get("licence")
    ]


def _entry_faults(pointer: str, material: Json, entry: Json, checks: Mapping[str, Json]) -> list[Fault]:
    ways = [way for way in _WAYS if entry.get(way)]
    if len(ways) != 1:
        return [fault(pointer, "one_way")]
    if ways == ["files"]:
        return _file_faults(pointer, material, entry["files"])
    if ways == ["pledged"]:
        deferrable = material["necessity"] == "deferrable" or material.get("pledge")
        return [] if deferrable else [fault(f"{pointer}/pledged", "not_pledgeable")]
    check = checks.get(entry["licence"], {"ok": False, "reason": "not_yours"})
    if check["ok"]:
        return []
    return [fault(f"{pointer}/licence", _REASONS.get(check["reason"], "licence_not_in_force"))]


def _file_faults(pointer: str, material: Json, files: Sequence[Json]) -> list[Fault]:
    faults = []
    if len(files) > material["max_files"]:
        faults.append(fault(f"{pointer}/files", "too_many_files", material["max_files"]))
    for number, file in enumerate(files):
        if file["media_type"] not in material["accept"]:
            faults.append(fault(f"{pointer}/files/{number}", "media_type", file["media_type"]))
    return faults


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def plain(number: str) -> str:
    """One spelling of an identity number: its check character may be written small, or wide."""
    return unicodedata.normalize("NFKC", number).strip().upper()

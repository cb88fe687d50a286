"""Two versions side by side: what changed, whether old and new documents still fit, and a witness if not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput
from gdbos_contracts.modes import BY_MEANING, READINGS

Json = Mapping[str, Any]
DIRECTIONS = ("backward", "forward")
SHOWN = (
    "names", "definition", "object_class", "property", "representation", "format", "unit", "code_list", "check",
    "minimum", "maximum", "pattern", "sensitivity", "steward", "legal_basis", "synonyms", "examples", "help",
)  # fmt: skip
_EXAMPLE = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 50}},
    "required": ["name"],
}


@portal.get("/standards/elements/<id>/compare")
@permit("public")
def compare_element(id: str) -> Response:
    """What one version of an element says otherwise than another, and what that does to documents."""
    newest = ask("standards", "element", {"id": id})
    numbers = [row["version"] for row in newest["versions"]]
    new = chosen(request.args.get("new", ""), numbers, numbers[-1])
    old = chosen(request.args.get("old", ""), numbers, numbers[-2] if len(numbers) > 1 else numbers[-1])
    sides = [ask("standards", "element", {"id": id, "version": version}) for version in (old, new)]
    schemas = [_schema(id, version) for version in (old, new)]
    return view.render(
        "standards-versions.html",
        element=newest,
        numbers=numbers,
        old=old,
        new=new,
        rows=_differences(*sides),
        verdicts=verdicts_of(*schemas),
    )


@portal.get("/standards/compare")
@permit("public")
def compare_form() -> Response:
    """Two JSON Schemas to paste."""
    example = json.dumps(_EXAMPLE, ensure_ascii=False, indent=1)
    return _form({"old": example, "new": "", "reading": BY_MEANING})


@portal.post("/standards/compare")
@permit("public")
def compare_pasted() -> Response:
    """The verdict in both directions, or what is wrong with what was pasted."""
    typed = {side: request.form.get(side, "")[:200_000] for side in ("old", "new")}
    reading = request.form.get("reading", "")
    typed["reading"] = reading if reading in READINGS else BY_MEANING
    try:
        old, new = (_parsed(typed[side], side) for side in ("old", "new"))
        return _form(typed, verdicts_of(old, new, reading=typed["reading"]))
    except BadInput as error:
        lines = [
            faults.Line(f"#{fault.pointer.split('/')[1]}", fault.message)
            for fault in error.faults
            if fault.pointer.count("/")
        ]
        return _form(typed, summary=lines)


def _form(typed: Json, verdicts: Sequence[Json] = (), summary: Sequence[faults.Line] = ()) -> Response:
    return view.render(
        "standards-compare.html", typed=typed, readings=READINGS, verdicts=verdicts, summary=summary
    )


def chosen(text: str, known: list[int], default: int) -> int:
    """The version that was asked for, if there is one of that number."""
    return int(text) if text.isdecimal() and int(text) in known else default


def _schema(id: str, version: int) -> Json:
    reference = {"element": id, "version": version, "required": True}
    return dict(ask("standards", "schema", {"elements": [reference]})["schema"])


def _parsed(text: str, side: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        told = ("不是有效的 JSON", "不是有效的 JSON", "is no JSON")
        raise BadInput(faults=[faults.fault(f"/{side}", "json", *told)]) from None


def verdicts_of(old: Any, new: Any, *, reading: str = BY_MEANING) -> list[dict[str, Any]]:
    """One for each direction, with the witness as people read JSON."""
    found = []
    for mode in DIRECTIONS:
        asked = {"old": old, "new": new, "mode": mode, "reading": reading}
        verdict = ask("standards", "compatibility", asked)
        parts = [{name: _shown(said) for name, said in part.items()} for part in verdict.get("parts", ())]
        witness = _shown(verdict["witness"]) if "witness" in verdict else ""
        found.append({**verdict, "mode": mode, "witness": witness, "parts": parts})
    return found


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _differences(old: Json, new: Json) -> list[dict[str, Any]]:
    """[{key, old, new}] of what the two say otherwise."""
    return [
        {"key": key, "old": old.get(key), "new": new.get(key)}
        for key in SHOWN
        if old.get(key) != new.get(key)
    ]

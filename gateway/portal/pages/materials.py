"""Materials: a licence in the wallet answers one without any upload; the rest is uploaded or promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask, parts
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line
from gateway.portal.fields import anchor
from gateway.portal.filing import Filing
from gateway.portal.pages.guide import KINDS
from gdbos_contracts.errors import BadInput, TooLarge
from gdbos_contracts.text import LANGUAGES, pick

Json = Mapping[str, Any]
REQUIRED, DEFERRABLE = "required", "deferrable"


@portal.get(f"/<{KINDS}:kind>/<code>/apply/<draft>/materials")
@permit("applicant")
def materials(kind: str, code: str, draft: str) -> AnyResponse:
    """Each material with the ways to answer it."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}")
    return _page(filing, filing.known(), [])


@portal.post(f"/<{KINDS}:kind>/<code>/apply/<draft>/materials")
@permit("applicant")
def save_materials(kind: str, code: str, draft: str) -> AnyResponse:
    """Keep what was given; go on when every required material is answered."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}")
    known = filing.known()
    lines = take(filing, known["materials"])
    filing.save()
    if not lines and request.form.get("action", "next") == "next":
        lines = absent(filing, known["materials"])
        if not lines:
            return view.to(filing.address("check"))
    if lines:
        return _page(filing, known, lines)
    return view.to(filing.address("materials"))


def take(filing: Filing, asked: Iterable[Json]) -> list[Line]:
    """Put what the form gives into the filing; lines for files that cannot be taken."""
    lines: list[Line] = []
    held = {each["material"]: each for each in filing.materials}
    for material in asked:
        given, wrong = _given(material, held.get(material["id"], {}))
        lines += wrong
        held.pop(material["id"], None)
        if given:
            held[material["id"]] = {"material": material["id"], **given}
    filing.materials = list(held.values())
    return lines


def absent(filing: Filing, asked: Iterable[Json]) -> list[Line]:
    """A line for each required material without an answer."""
    given = {each["material"] for each in filing.materials}
    return [
        Line(f"#{anchor(material['id'])}", _said(_GIVE, material))
        for material in asked
        if material["necessity"] == REQUIRED and material["id"] not in given
    ]


def _given(material: Json, held: Json) -> tuple[dict[str, Any], list[Line]]:
    """The answer to one material. Choosing files wins; `drop` takes one file away."""
    id = material["id"]
    drop = request.form.get("drop", "")
    files = [each for each in held.get("files", ()) if f"{id}/{each['id']}" != drop]
    lines = []
    for part in request.files.getlist(f"file.{id}"):
        if not part.filename:
            continue
        if len(files) >= material["max_files"]:
            lines.append(Line(f"#{anchor(id)}", _said(_TOO_MANY, material)))
            break
        try:
            saved = parts().files.save(part.stream, part.filename, g.principal)
        except (BadInput, TooLarge) as error:
            detail = error.faults[0].message if error.faults else error.detail
            lines.append(Line(f"#{anchor(id)}", _said(_NAMED, material, detail)))
            continue
        files.append({name: saved[name] for name in ("id", "name", "size")})
    way = request.form.get(f"way.{id}", "")
    if way.startswith("licence:"):
        return {"licence": way.removeprefix("licence:")}, lines
    if way == "pledged" and (material["necessity"] == DEFERRABLE or material.get("pledge")):
        return {"pledged": True}, lines
    return ({"files": files} if files else {}), lines


def _page(filing: Filing, known: Json, lines: list[Line]) -> Response:
    response = view.render(
        "materials.html",
        filing=filing,
        materials=ways(filing, known["materials"]),
        summary=lines,
        wrong={line.href for line in lines},
        anchor=anchor,
    )
    response.status_code = 422 if lines else 200
    return response


def ways(filing: Filing, asked: Iterable[Json]) -> list[dict[str, Any]]:
    """Each material with the licences that answer it, what was given, and the way that is chosen."""
    asked = list(asked)
    given = {each["material"]: each for each in filing.materials}
    mine = ask("datahub", "licences")["licences"] if any(m["licence_type"] for m in asked) else []
    made = []
    for material in asked:
        usable = [own for own in mine if own["usable"] and own["type"] == material["licence_type"]]
        answer = given.get(material["id"], {})
        chosen = _chosen(answer, [licence["id"] for licence in usable])
        made.append({**material, "usable": usable, "given": answer, "chosen": chosen})
    return made


def _chosen(answer: Json, usable: list[str]) -> str:
    if answer.get("licence"):
        return f"licence:{answer['licence']}"
    if answer.get("pledged"):
        return "pledged"
    return f"licence:{usable[0]}" if usable and not answer else "file"


def _said(words: Mapping[str, str], material: Json, detail: Any = "") -> dict[str, str]:
    return {
        language: words[language].format(
            pick(material["name"], language), detail=pick(detail, language), most=material["max_files"]
        )
        for language in LANGUAGES
    }


_GIVE = {"zh-Hans": "请提供{0}", "zh-Hant": "請提供{0}", "en": "Provide: {0}"}
_TOO_MANY = {
    "zh-Hans": "{0}：最多 {most} 个文件",
    "zh-Hant": "{0}：最多 {most} 個檔案",
    "en": "{0}: at most {most} file(s)",
}
_NAMED = {"zh-Hans": "{0}：{detail}", "zh-Hant": "{0}：{detail}", "en": "{0}: {detail}"}

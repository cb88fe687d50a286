"""模板: an agency arranges elements into a form, a document or a licence, sees it, and publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import arranged, faults, fields, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.text import LANGUAGES

Json = Mapping[str, Any]
KINDS = ("form", "document", "licence")
_EMPTY = {"id": "", "version": "1", "kind": "form", "arranged": "", "licence_type": "", "months": ""}


@portal.get("/standards/draft-template")
@permit("agency")
def draft_template() -> Response:
    """An empty draft, or the next version of the template `from`."""
    source = request.args.get("from", "")
    return _page(_next(ask("standards", "template", {"id": source})) if source else {**_EMPTY, **_words({})})


@portal.post("/standards/draft-template")
@permit("agency")
def publish_template() -> AnyResponse:
    """`preview` shows what would be published, `publish` does it; faults lead to their field."""
    typed = {name: request.form.get(name, "").strip()[:50_000] for name in (*_EMPTY, *_words({}))}
    try:
        draft = _read(typed)
        dry = request.form.get("act") != "publish"
        ask("standards", "publish_templates", {"templates": [draft], "dry_run": dry})
    except (BadInput, Conflict, Forbidden) as error:
        return _page(typed, summary=_lines(error))
    if not dry:
        return view.to(f"/standards/templates/{draft['id']}", version=str(draft["version"]))
    return _page(typed, preview={"template": draft, **preview_of(draft)})


def preview_of(template: Json) -> dict[str, Any]:
    """{sections: [{names, fields}]}: the fields as an applicant meets them, out of the elements' schemas."""
    chosen = [field for section in template["sections"] for field in section["fields"]]
    schema = ask("standards", "schema", {"elements": chosen})["schema"] if chosen else {}
    return {
        "sections": [
            {
                "names": section["names"],
                "fields": fields.build(schema, [each["element"] for each in section["fields"]], {}),
            }
            for section in template["sections"]
        ]
    }


def _page(typed: Json, summary: list[faults.Line] | None = None, preview: Json | None = None) -> Response:
    return view.render(
        "standards-draft.html",
        typed=typed,
        kinds=KINDS,
        summary=summary or [],
        preview=preview,
        texts=LANGUAGES,
    )


def _read(typed: Json) -> dict[str, Any]:
    """The draft that was typed, of the caller's agency."""
    draft: dict[str, Any] = {
        "id": typed["id"],
        "version": int(typed["version"]) if typed["version"].isdecimal() else 0,
        "kind": typed["kind"],
        "names": {language: typed[f"name.{language}"] for language in LANGUAGES},
        "sections": arranged.read(typed["arranged"], _newest),
        "steward": g.principal.agency or "",
    }
    wording = {language: typed[f"text.{language}"] for language in LANGUAGES}
    if typed["kind"] == "document" and any(wording.values()):
        draft["text"] = wording
    if typed["kind"] == "licence":
        months = {"months": int(typed["months"])} if typed["months"].isdecimal() else {}
        draft |= {"licence_type": typed["licence_type"], **months}
    return draft


def _newest(id: str) -> int:
    try:
        return int(ask("standards", "element", {"id": id})["version"])
    except NotFound:
        return 1


def _next(held: Json) -> dict[str, str]:
    return {
        "id": held["id"],
        "version": str(held["versions"][-1] + 1),
        "kind": held["kind"],
        "arranged": arranged.written(held["sections"]),
        "licence_type": held.get("licence_type", ""),
        "months": str(held.get("months", "")),
        **_words(held),
    }


def _words(held: Json) -> dict[str, str]:
    names, text = held.get("names", {}), held.get("text", {})
    return {
        **{f"name.{language}": names.get(language, "") for language in LANGUAGES},
        **{f"text.{language}": text.get(language, "") for language in LANGUAGES},
    }


def _lines(error: BadInput | Conflict | Forbidden) -> list[faults.Line]:
    """Each fault with the field of this page that it is about."""
    anchors = {
        "id": "id",
        "version": "version",
        "kind": "kind",
        "names": "name.zh-Hans",
        "text": "text.zh-Hans",
    }
    anchors |= {name: name for name in ("licence_type", "months")}
    found = []
    for fault in error.faults:
        steps = fault.pointer.split("/")
        field = steps[3] if steps[1] == "templates" and len(steps) > 3 else ""
        found.append(faults.Line("#" + anchors.get(field, "arranged").replace(".", "-"), fault.message))
    return found or faults.one(error.detail, "#id")

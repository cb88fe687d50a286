"""編製代碼對照: a steward pairs the codes of two lists, sees what is left open, and publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, paired, view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards_crosswalks import PAGE, pairs
from gdbos_contracts.errors import BadInput, Conflict, Forbidden
from gdbos_contracts.text import LANGUAGES

Json = Mapping[str, Any]
SIDES = ("source", "target")
ADVICE = 50
"""Advice that is shown; of more the page gives the number."""
_NAMES = tuple(f"name.{language}" for language in LANGUAGES)
_FIELDS = ("id", "version", "source", "target", "basis", "steward", *_NAMES)


@portal.get("/standards/draft-crosswalk")
@permit("agency")
def draft_crosswalk() -> Response:
    """An empty draft, or the next version of the crosswalk `from`."""
    source = request.args.get("from", "")
    if source:
        return _page(_next(ask("standards", "crosswalk", {"id": source})))
    return _page({**dict.fromkeys(_FIELDS, ""), "version": "1", "entries": ""})


@portal.post("/standards/draft-crosswalk")
@permit("agency")
def publish_crosswalk() -> AnyResponse:
    """`preview` shows what would be published and what it leaves open, `publish` does it; faults lead to their field."""
    typed = {name: request.form.get(name, "").strip()[:2000] for name in _FIELDS}
    typed["entries"] = request.form.get("entries", "")[: paired.LONGEST]
    dry = request.form.get("act") != "publish"
    try:
        draft = _read(typed)
        told = ask("standards", "publish_crosswalks", {"crosswalks": [draft], "dry_run": dry})
    except (BadInput, Conflict, Forbidden) as error:
        return _page(typed, summary=_lines(error))
    if not dry:
        return view.to(f"/standards/crosswalks/{draft['id']}", version=str(draft["version"]))
    return _page(typed, preview=_preview(draft, told))


def _page(typed: Json, summary: list[faults.Line] | None = None, preview: Json | None = None) -> Response:
    return view.render(
        "standards-pair.html",
        typed=typed,
        summary=summary or [],
        preview=preview,
        texts=LANGUAGES,
        advised=ADVICE,
    )


def _preview(draft: Json, told: Json) -> dict[str, Any]:
    asked, other = (ask("standards", "code_list", draft[side]) for side in SIDES)
    rows = [row for row in pairs(asked["codes"], draft["entries"], back=False) if row["entries"]]
    names = {code["value"]: code["names"] for code in other["codes"]}
    return {"asked": asked, "other": other, "rows": rows[:PAGE], "total": len(rows), "names": names, **told}


def _read(typed: Json) -> dict[str, Any]:
    """The draft that was typed; without a steward, of the caller's agency."""
    return {
        "id": typed["id"],
        "version": _number(typed["version"]),
        "names": {language: typed[f"name.{language}"] for language in LANGUAGES},
        **{side: _ref(typed[side]) for side in SIDES},
        "basis": typed["basis"],
        "steward": typed["steward"] or g.principal.agency or "",
        "entries": paired.read(typed["entries"]),
    }


def _ref(text: str) -> dict[str, Any]:
    """`id@version`."""
    id, _, version = text.partition("@")
    return {"id": id.strip(), "version": _number(version.strip())}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _next(held: Json) -> dict[str, str]:
    return {
        "id": held["id"],
        "version": str(held["version"] + 1),
        **{side: f"{held[side]['id']}@{held[side]['version']}" for side in SIDES},
        "basis": held.get("basis", ""),
        "steward": held.get("steward", ""),
        **{f"name.{language}": held["names"].get(language, "") for language in LANGUAGES},
        "entries": paired.written(held["entries"]),
    }


def _lines(error: BadInput | Conflict | Forbidden) -> list[faults.Line]:
    """Each fault with the field of this page that it is about."""
    found = []
    for fault in error.faults:
        steps = fault.pointer.split("/")
        field = steps[3] if steps[1] == "crosswalks" and len(steps) > 3 else "entries"
        anchor = "name-zh-Hans" if field == "names" else field if field in _FIELDS else "entries"
        found.append(faults.Line(f"#{anchor}", fault.message))
    return found or faults.one(error.detail, "#source")

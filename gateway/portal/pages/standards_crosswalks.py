"""代碼對照: what a code of one list is in another, read in either direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards_codes import search_codes

Json = Mapping[str, Any]
PAGE = 100


@portal.get("/standards/crosswalks")
@permit("public")
def crosswalks() -> Response:
    """Every crosswalk with its two lists."""
    found = ask("standards", "crosswalks")["crosswalks"]
    return view.render("standards-crosswalks.html", crosswalks=found)


@portal.get("/standards/crosswalks/<id>")
@permit("public")
def crosswalk(id: str) -> Response:
    """Every code of the list that is read from, with what it is in the other; `back` reads it the other way."""
    version = request.args.get("version", "")
    key = {"id": id, "version": int(version)} if version.isdecimal() and int(version) else {"id": id}
    found = ask("standards", "crosswalk", key)
    back, q = bool(request.args.get("back")), request.args.get("q", "").strip()[:100]
    ends = [ask("standards", "code_list", found[side]) for side in ("source", "target")]
    asked, other = reversed(ends) if back else ends
    rows = pairs(asked["codes"], found["entries"], back)
    hits = {code["value"] for code in search_codes(asked["codes"], q)} if q else None
    shown = [row for row in rows if hits is None or row["code"]["value"] in hits]
    text = request.args.get("start", "")
    start = int(text) if text.isdecimal() and len(text) < 9 else 0
    return view.render(
        "standards-crosswalk.html",
        walk=found,
        asked=asked,
        other=other,
        names={code["value"]: code["names"] for code in other["codes"]},
        back=back,
        q=q,
        rows=shown[start : start + PAGE],
        total=len(shown),
        more=view.here(start=str(start + PAGE)) if len(shown) > start + PAGE else "",
    )


def pairs(codes: Sequence[Json], entries: Sequence[Json], back: bool) -> list[dict[str, Any]]:
    """[{code, targets, entries}] for each code; of one that no entry speaks of, without entries."""
    told: dict[str, list[tuple[list[str], Json]]] = {}
    for entry in entries:
        if back:
            for target in entry["targets"]:
                told.setdefault(target, []).append(([entry["source"]], entry))
        else:
            told.setdefault(entry["source"], []).append((entry["targets"], entry))
    rows = []
    for code in codes:
        found = told.get(code["value"], [])
        targets = list(dict.fromkeys(value for values, _ in found for value in values))
        rows.append({"code": code, "targets": targets, "entries": [entry for _, entry in found]})
    return rows

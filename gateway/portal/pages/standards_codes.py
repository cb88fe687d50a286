"""代碼集: one code list, level by level or by a search, with what was retired and what took its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import NotFound
from gdbos_contracts.hanzi import normalise
from gdbos_runtime import clock

Json = Mapping[str, Any]
PAGE = 200


@portal.get("/standards/codelists/<id>")
@permit("public")
def code_list(id: str) -> Response:
    """The codes below `parent`, or those that `q` finds anywhere; retired ones are marked."""
    version = request.args.get("version", "")
    key = {"id": id, "version": int(version)} if version.isdecimal() and int(version) else {"id": id}
    found = ask("standards", "code_list", key)
    codes = {code["value"]: code for code in found["codes"]}
    q, parent = request.args.get("q", "").strip()[:100], request.args.get("parent", "")
    if parent and parent not in codes:
        raise NotFound
    rows = (
        search_codes(found["codes"], q) if q else [c for c in found["codes"] if c.get("parent", "") == parent]
    )
    start = _start(request.args.get("start", ""))
    return view.render(
        "standards-list.html",
        list=found,
        rows=rows[start : start + PAGE],
        total=len(rows),
        more=view.here(start=str(start + PAGE)) if len(rows) > start + PAGE else "",
        above=_above(codes, parent),
        below={code["parent"] for code in found["codes"] if code.get("parent")},
        codes=codes,
        today=clock.now().date().isoformat(),
        query={"q": q, "parent": parent},
        versions=ask("standards", "code_list_versions", {"id": id})["versions"],
        crosswalks=ask("standards", "crosswalks", {"code_list": id})["crosswalks"],
        uses=ask("standards", "where_used", {"id": id})["uses"],
    )


def search_codes(codes: Sequence[Json], q: str) -> list[Json]:
    """Codes that begin with the words, then those whose names hold them, in either writing."""
    wanted = normalise(q)
    begins = [code for code in codes if code["value"].lower().startswith(wanted)]
    named = [
        code
        for code in codes
        if not code["value"].lower().startswith(wanted)
        and any(wanted in normalise(name) for name in code["names"].values())
    ]
    return begins + named


def _above(codes: Mapping[str, Json], value: str) -> list[Json]:
    """The code and those above it, the topmost first."""
    found: list[Json] = []
    while value in codes and codes[value] not in found:
        found.insert(0, codes[value])
        value = codes[value].get("parent", "")
    return found


def _start(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0

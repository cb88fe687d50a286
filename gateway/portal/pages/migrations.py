"""遷移: running cases carried to another version of their process: looked at, done, and undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput, Conflict, NotFound

SHOWN = 50
"""Blocked cases on the page; the count is of all."""
LISTED = 50


@portal.get("/agency/processes/<id>/migrate")
@permit("agency")
def migration(id: str) -> Response:
    """Which version the cases go from and to; after a migration, the way back."""
    return _page(id, {})


@portal.post("/agency/processes/<id>/migrate")
@permit("agency")
def migrate_cases(id: str) -> AnyResponse:
    """A preview, and with `sure` the migration itself, of all cases or of none."""
    given = {name: request.form.get(name, "").strip()[:10_000] for name in ("from", "to", "moves")}
    moves = _moves(given["moves"])
    versions = {f"{name}_version": _version(given[name]) for name in ("from", "to")}
    if moves is None:
        return _page(id, given, lines=faults.one(_LINE, "#moves"))
    if None in versions.values():
        return _page(id, given, lines=faults.one(_NO_VERSION, "#from"))
    command = {"process": id, **versions, "moves": moves, "dry_run": request.form.get("sure") != "1"}
    try:
        found = ask("workflow", "migrate_cases", command)
    except NotFound:
        return _page(id, given, lines=faults.one(_NO_VERSION, "#from"))
    except (BadInput, Conflict) as error:
        return _page(id, given, lines=_lines(error))
    if found["applied"]:
        return view.to(f"/agency/processes/{id}/migrate", migration=found["id"], moved=str(found["cases"]))
    return _page(id, given, preview=found)


@portal.post("/agency/processes/<id>/migrate/undo")
@permit("agency")
def undo_migration(id: str) -> AnyResponse:
    """Each case as it was; none when one has moved on since."""
    migration = request.form.get("migration", "")[:64]
    try:
        found = ask("workflow", "undo_migration", {"id": migration or "-"})
    except NotFound:
        return _page(id, {}, lines=faults.one(_NO_MIGRATION))
    except Conflict as error:
        return _page(id, {}, lines=_lines(error))
    return view.to(f"/agency/processes/{id}/migrate", undone=str(found["cases"]))


@portal.get("/agency/migrations")
@permit("agency")
def migrations() -> Response:
    """Those that were done, the newest first; of one process with `?process=`."""
    return _list([])


@portal.post("/agency/migrations/<id>/undo")
@permit("agency")
def undo_listed(id: str) -> AnyResponse:
    """From the list: each case as it was; whoever is too late sees the list as it is."""
    try:
        found = ask("workflow", "undo_migration", {"id": id})
    except NotFound:
        return _list(faults.one(_NO_MIGRATION), 404)
    except Conflict as error:
        return _list(_lines(error)[:SHOWN], 409)
    return view.to("/agency/migrations", undone=str(found["cases"]))


def _list(lines: list[faults.Line], status: int = 200) -> Response:
    query = {"cursor": request.args.get("cursor", "")[:500], "process": request.args.get("process", "")[:128]}
    found = ask("workflow", "migrations", {**query, "limit": LISTED})
    response = view.render(
        "migrations.html",
        migrations=found["migrations"],
        process=query["process"],
        more=view.here(cursor=found["next"], undone="") if found["next"] else "",
        undone=request.args.get("undone", "")[:10],
        summary=lines,
    )
    response.status_code = status
    return response


def _page(
    id: str, given: Mapping[str, str], preview: Any = None, lines: list[faults.Line] | None = None
) -> Response:
    process = ask("workflow", "process", {"id": id, "version": None})
    newest = process["newest"]
    response = view.render(
        "migrate.html",
        process=process,
        given={"from": str(max(1, newest - 1)), "to": str(newest), "moves": "", **given},
        preview=preview,
        shown=SHOWN,
        migration=request.args.get("migration", "")[:64],
        moved=request.args.get("moved", "")[:10],
        undone=request.args.get("undone", "")[:10],
        summary=lines or [],
    )
    response.status_code = 422 if lines else 200
    return response


def _moves(text: str) -> dict[str, str] | None:
    """`old = new`, one a line; None when a line is something else."""
    pairs = [[side.strip() for side in line.split("=")] for line in text.splitlines() if line.strip()]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        return None
    return dict(pairs)


def _version(text: str) -> int | None:
    return int(text) if re.fullmatch("[1-9][0-9]{0,5}", text) else None


def _lines(error: BadInput | Conflict) -> list[faults.Line]:
    return [faults.Line("", fault.message) for fault in error.faults] or faults.one(_MOVED_ON)


_NO_VERSION = {
    "zh-Hans": "没有这个版本，请填写已发布的版本号",
    "zh-Hant": "沒有這個版本，請填寫已發佈的版本號",
    "en": "There is no such version; give the number of a published one",
}
_LINE = {
    "zh-Hans": "每行写一个对应：旧环节 = 新环节",
    "zh-Hant": "每行寫一個對應：舊環節 = 新環節",
    "en": "Write one pair a line: old step = new step",
}
_NO_MIGRATION = {
    "zh-Hans": "没有可撤销的迁移",
    "zh-Hant": "沒有可撤銷的遷移",
    "en": "There is no such migration to undo",
}
_MOVED_ON = {
    "zh-Hans": "有办件刚刚发生变化，请重新预览",
    "zh-Hant": "有辦件剛剛發生變化，請重新預覽",
    "en": "A case has just moved; preview again",
}

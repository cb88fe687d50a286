"""Supervision 監察: the board of lights, the records, the orders, how late the late ones are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import order, records
from services.workflow.domain.faults import fault
from services.workflow.domain.jurisdiction import supervised
from services.workflow.handlers.failing import resolved
from services.workflow.handlers.succeeding import succession
from services.workflow.ports import Room

Json = Mapping[str, Any]
LIGHTS = ("green", "yellow", "red", "blue")
BOARD = 20
"""Orders and records on the first page."""
BINS = ((1, 1), (2, 3), (4, 5), (6, 10), (11, 20), (21, None))
"""Working days overdue, from and to; the last bin has no end."""


def lights(principal: Principal, room: Room) -> dict[str, Any]:
    """{totals, rows:[{agency:{code, name}, item:{code, name}, open, green, yellow, red, blue}]}, most red first: of the caller's area.

    Cases of an agency that was taken over count for its heir.
    """
    line = succession(room)
    board = room.clocks.board(room.work.now.date(), supervised(principal))
    names = {found["agency"]: json.loads(found["agency_name"]) for found in board}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for found in board:
        agency = line.heir(found["agency"])
        fresh = {
            "agency": {"code": agency, "name": names.get(agency, {})},
            "item": {"code": found["item"], "name": json.loads(found["item_name"])},
        }
        row = rows.setdefault((agency, found["item"]), {**fresh, **dict.fromkeys(("open", *LIGHTS), 0)})
        for name in ("open", *LIGHTS):
            row[name] += int(found[name])
    ordered = sorted(
        rows.values(), key=lambda row: (-row["red"], -row["yellow"], -row["open"], row["item"]["code"])
    )
    totals = {name: sum(row[name] for row in ordered) for name in ("open", *LIGHTS)}
    return {"totals": totals, "rows": ordered}


def board(principal: Principal, room: Room) -> dict[str, Any]:
    """{lights, histogram, orders, records}: the first page of a supervisor."""
    query = {"agency": "", "state": "", "before": 0, "limit": BOARD}
    return {
        "lights": lights(principal, room),
        "histogram": histogram(principal, room),
        "orders": orders(query, principal, room)["orders"],
        "records": listed(query, principal, room)["records"],
    }


def histogram(principal: Principal, room: Room) -> dict[str, Any]:
    """{bins:[{from, to, cases}], total}: open cases of the caller's area by the working days they are overdue on their agency's
    calendar."""
    today = room.work.now.date()
    cases: dict[int, int] = defaultdict(int)
    for row in room.clocks.overdue(today, supervised(principal)):
        calendar = room.calendars.of(row["agency"])
        cases[max(1, calendar.between(type(today).fromisoformat(row["due"]), today))] += row["cases"]
    bins = [
        {"from": low, "to": high, "cases": sum(n for d, n in cases.items() if low <= d <= (high or d))}
        for low, high in BINS
    ]
    return {"bins": bins, "total": sum(cases.values())}


def listed(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{records, next}: of every agency of the area to a supervisor, of their own line to a clerk."""
    seen, area = _seen(query["agency"], principal, room), supervised(principal)
    found = room.records.of(seen, area, query["before"], query["limit"])
    return {"records": [dict(row) for row in found], "next": _next(found, query["limit"])}


def orders(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{orders, next}, each with the acts that the caller may do."""
    seen = _seen(query["agency"], principal, room)
    area = supervised(principal)
    found = room.orders.of(seen, area, query["state"], query["before"], query["limit"])
    return {"orders": [_shown(row, principal) for row in found], "next": _next(found, query["limit"])}


def issue(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """發出: to the agency of a case of the area, with the day by which it must answer."""
    if command["due"] < room.work.now.date():
        raise BadInput(faults=[fault("/due", "past_day", command["due"])])
    case = room.cases.get(command["case_no"])
    if case is None or not case.region.startswith(supervised(principal)):
        raise BadInput(faults=[fault("/case_no", "unknown_case", command["case_no"])])
    if not case.open:
        raise Conflict
    at = room.work.at
    blank = dict.fromkeys(("signed_by", "signed_at", "replied_at", "closed_at"))
    row = {
        **blank,
        "case_no": case.case_no,
        "agency": case.agency,
        "region": case.region,
        "content": command["content"],
        "state": "issued",
        "level": 0,
        "due": command["due"].isoformat(),
        "issued_by": principal.id,
        "issued_at": at,
        "reply": "",
    }
    id = room.orders.add(row)
    room.records.add([records.ordered({**row, "id": id}, "order", at)])
    room.work.audit("order.issue", str(id), case=case.case_no)
    room.work.commit()
    return _shown({**row, "id": id}, principal)


def act(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """簽收, 反饋 by the agency, 核銷 by the supervisor; what came of it stands in the order's records."""
    found = room.orders.get(command["id"])
    if found is None or not found["region"].startswith(supervised(principal)):
        raise NotFound
    does = command["act"]
    order.allow(does, found["agency"], principal, _line(principal, room))
    if does == "reply" and not command["text"].strip():
        raise BadInput(faults=[fault("/text", "required", "text")])
    changed = order.moved(does, found, room.work.at, principal.id, command["text"])
    room.orders.save(changed)
    if changed["state"] not in order.UNANSWERED:
        resolved(found["case_no"], order.waiting(found["id"]), room)
    if does == "close":
        room.records.conclude(changed["id"], changed["reply"])
    room.work.audit(f"order.{does}", str(changed["id"]))
    room.work.commit()
    return _shown(changed, principal)


def _line(principal: Principal, room: Room) -> tuple[str, ...]:
    return succession(room).line(principal.agency) if principal.agency else ()


def _seen(agency: str, principal: Principal, room: Room) -> tuple[str, ...]:
    """The agencies whose papers the caller reads; () is all of them. NotFound for somebody else's."""
    if principal.kind in ("supervisor", "admin"):
        return succession(room).line(agency) or (agency,) if agency else ()
    line = _line(principal, room)
    if not line or agency and agency not in line:
        raise NotFound
    return line


def _next(rows: Any, limit: int) -> int | None:
    return int(rows[-1]["id"]) if len(rows) == limit else None


def _shown(row: Json, principal: Principal) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name != "revision"}
    return {**kept, "level": order.LEVELS[row["level"]], "actions": order.actions(row["state"], principal)}

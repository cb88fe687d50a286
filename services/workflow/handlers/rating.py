"""好差評: rate, take back, look into the bad ones, publish the figures. Nobody learns who rated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import order, rectifying
from services.workflow.domain import rating as domain
from services.workflow.domain.case import agency_name
from services.workflow.domain.jurisdiction import supervised
from services.workflow.handlers.failing import resolved
from services.workflow.handlers.following import own
from services.workflow.handlers.rectifying import RATING
from services.workflow.ports import Ratings, Room

Json = Mapping[str, Any]
SHOWN = (
    "id", "item", "item_name", "step", "level", "reasons", "comment", "stage", "rectify_by", "light", "log", "channel",
)  # fmt: skip
"""What an agency sees: neither the case nor its applicant, nor the moment, which would tell."""


def rate(command: Json, id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Once for each step of a case; Conflict for a second time, or too early. `id` says nothing of the case."""
    case = own(command["case_no"], principal, room)
    step = command["step"]
    if not domain.may_rate(case, step) or room.ratings.of(case.case_no, step) is not None:
        raise Conflict
    level = command["score"] or domain.level_of(command["stars"])
    handling = case.body["item"].get("handling", {})
    row = {
        "id": id,
        "case_no": case.case_no,
        "step": step,
        "item": case.item,
        "item_name": dict(case.name),
        "agency": case.agency,
        "region": case.region,
        "agency_name": dict(agency_name(case)),
        "level": level,
        "reasons": list(command["reasons"]),
        "comment": command["comment"],
        "channel": command["channel"],
        "at": room.work.at,
        "stage": domain.VERIFYING if domain.is_bad(level) else domain.GIVEN,
        "rectify_days": int(handling.get("rating", {}).get("rectify_days", domain.RECTIFY_DAYS)),
        "rectify_by": None,
        "light": "",
        "escalation": 0,
        "withdrawn_at": None,
        "log": [],
    }
    room.ratings.add(row)
    room.work.audit("rating.give", id, step=step)
    room.work.commit()
    return domain.told(row)


def withdraw(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """Taken back by who gave it. What the agency began to put right it finishes; the figures forget the rating."""
    case = own(command["case_no"], principal, room)
    row = room.ratings.of(case.case_no, command["step"])
    if row is None or row["withdrawn_at"] or row["stage"] == domain.REMOVED:
        raise Conflict
    changed = {
        "stage": domain.after_withdrawal(row["stage"]),
        "withdrawn_at": room.work.at,
    }
    room.ratings.change(row["id"], {"stage": row["stage"]}, changed)
    room.work.audit("rating.withdraw", row["id"])
    room.work.commit()
    return domain.told({**row, **changed})


def bad(principal: Principal, ratings: Ratings) -> dict[str, Any]:
    """The work list: the agency's own for its administrator; for the supervisor what is appealed, and what was not
    put right in time."""
    if principal.kind == domain.AGENCY:
        found = ratings.bad(principal.agency or "")
    elif principal.kind == domain.SUPERVISOR:
        found = ratings.raised(supervised(principal))
    else:
        raise Forbidden
    return {"ratings": [_for_agency(row, principal) for row in found]}


def handle(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """One move of domain.MOVES with its words; the fifteen working days begin with the verification."""
    row = room.ratings.get(command["id"])
    if row is None or principal.kind == domain.AGENCY and row["agency"] != principal.agency:
        raise NotFound
    if not row["region"].startswith(supervised(principal)):
        raise NotFound
    stage = domain.moved(row["stage"], command["action"], principal.kind)
    if stage is None:
        raise Conflict if principal.kind in (domain.AGENCY, domain.SUPERVISOR) else Forbidden
    today = room.work.now.date()
    entry = {"action": command["action"], "on": today.isoformat(), "text": command["text"]}
    changed: dict[str, Any] = {"stage": stage, "log": [*row["log"], entry]}
    if stage == domain.RECTIFYING:
        changed |= rectifying.started(row["rectify_days"], today, room.calendars.of(row["agency"]))
    room.ratings.change(row["id"], {"stage": row["stage"]}, changed)
    if row["stage"] == domain.RECTIFYING:  # what time does to it ends here, also where it failed
        resolved(row["id"], RATING, room)
    room.work.audit("rating.handle", row["id"], did=command["action"])
    room.work.commit()
    return _for_agency({**row, **changed}, principal)


def figures(ratings: Ratings) -> dict[str, Any]:
    """What the public sees, by agency."""
    return {"agencies": domain.figures(ratings.all())}


def _for_agency(row: Json, principal: Principal) -> dict[str, Any]:
    moves = [
        a for (stage, a), (_, who) in domain.MOVES.items() if stage == row["stage"] and who == principal.kind
    ]
    shown = {name: row[name] for name in SHOWN}
    return {**shown, "escalated_to": order.LEVELS[row["escalation"]], "actions": moves}

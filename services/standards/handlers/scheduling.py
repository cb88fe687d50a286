"""Publications for a later day: scheduled, shown, cancelled, and brought into force when the day has come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, GdbosError, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain.impact import refusal_of
from services.standards.domain.lifecycle import COUNCIL, roles_of
from services.standards.domain.scheduled import (
    CANCELLED,
    PUBLISHED,
    Scheduled,
    require_waiting,
)
from services.standards.handlers.parts import Part
from services.standards.handlers.publishing import publish
from services.standards.ports import Compatibility, Registry, Schedule, Uses, Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What one scheduled publication is brought into force with, in one unit of work."""

    schedule: Schedule
    registry: Registry
    uses: Uses
    work: Work


Enter = Callable[[], AbstractContextManager[Desk]]


def schedule(
    command: Mapping[str, Any], principal: Principal, desk: Desk, check: Compatibility
) -> dict[str, Any]:
    """The scheduled publication. Refused as `publish` would be today: BadInput, Conflict, and Incompatible for a break
    that no migration rule mends. BadInput for a day that is not to come; Forbidden but to who decides what is binding.
    """
    asked = {name: command[name] for name in ("elements", "code_lists", "migrations")}
    if not all(_may(principal, draft) for draft in (*asked["elements"], *asked["code_lists"])):
        raise Forbidden
    if command["on"] <= desk.work.now.date():
        raise BadInput(faults=[Fault("/on", "past_day", _PAST)])
    told = publish({**asked, "dry_run": True}, desk.registry, desk.uses, check, desk.work)
    if told["impact"]:
        raise refusal_of(told["impact"])
    if not told["elements"] and not told["code_lists"]:
        raise BadInput(faults=[Fault("/elements", "nothing_new", _NOTHING)])
    made = desk.schedule.add(command["on"].isoformat(), asked, principal.id, desk.work.now.isoformat())
    desk.work.audit("publication.schedule", str(made.id), on=made.on, publishes=made.names)
    _tell("publication.scheduled", made, desk.work)
    desk.work.commit()
    return made.to_data()


def scheduled(status: str, schedule: Schedule) -> dict[str, Any]:
    """{scheduled: […]} by day; of one status, or all with ""."""
    return {"scheduled": [each.to_data() for each in schedule.all(status)]}


def cancel(id: int, principal: Principal, schedule: Schedule, work: Work) -> dict[str, Any]:
    """It never comes into force. NotFound; Forbidden as for `schedule`; Conflict for one that is over."""
    found = schedule.get(id)
    if found is None:
        raise NotFound
    if not all(
        _may(principal, draft) for name in ("elements", "code_lists") for draft in found.command[name]
    ):
        raise Forbidden
    require_waiting(found)
    if not schedule.end(id, CANCELLED):
        raise Conflict
    work.audit("publication.cancel", str(id), publishes=found.names)
    work.commit()
    return {**found.to_data(), "status": CANCELLED}


def publish_due(limit: int, enter: Enter, check: Compatibility) -> dict[str, Any]:
    """{published, kept}: of up to `limit` whose day has come, each in a commit of its own. Who has come to live by an
    earlier version since then is asked again: one that would break them waits, and its stewards are told why once."""
    with enter() as desk:
        due = desk.schedule.due(desk.work.now.date().isoformat(), limit)
    outcomes = [_one(each, enter, check) for each in due]
    return {"published": outcomes.count(True), "kept": outcomes.count(False)}


def _one(found: Scheduled, enter: Enter, check: Compatibility) -> bool:
    try:
        with enter() as desk:
            publish({**found.command, "dry_run": False}, desk.registry, desk.uses, check, Part(desk.work))
            if not desk.schedule.end(found.id, PUBLISHED):
                return False
            desk.work.audit("publication.publish", str(found.id), publishes=found.names)
            desk.work.commit()
            return True
    except GdbosError as problem:
        if problem.retry:
            raise
        with enter() as desk:
            _keep(found, json.loads(json.dumps(problem.to_data())), desk)
        return False


def _keep(found: Scheduled, reason: Mapping[str, Any], desk: Desk) -> None:
    """Told again only when somebody else keeps it back: witnesses and days change without a new reason."""
    known = found.reason.get("faults"), found.reason.get("code")
    if (reason["faults"], reason["code"]) != known and desk.schedule.keep(found.id, reason):
        desk.work.audit("publication.keep", str(found.id), code=reason["code"], publishes=found.names)
        _tell("publication.kept", found, desk.work, reason=reason)
        desk.work.commit()


def _tell(type: str, about: Scheduled, work: Work, **more: Any) -> None:
    """One event for each steward, who is its `steward`."""
    for steward in sorted(set(_stewards(about))):
        said = {"id": about.id, "on": about.on, "publishes": about.names, "steward": steward, **more}
        work.emit(type, str(about.id), said)


def _stewards(about: Scheduled) -> Iterator[str]:
    for name in ("elements", "code_lists"):
        yield from (draft.get("steward", "") for draft in about.command[name])


def _may(principal: Principal, draft: Mapping[str, Any]) -> bool:
    return principal.kind == "system" or COUNCIL in roles_of(principal, draft.get("steward", ""))


_PAST = {"zh-Hans": "须为今天以后的日期", "zh-Hant": "須為今天以後的日期", "en": "must be a day after today"}
_NOTHING = {"zh-Hans": "没有新的内容", "zh-Hant": "沒有新的內容", "en": "there is nothing new in it"}

"""Publications for a later day: scheduled, cancelled, planned again, and brought into force when the day has come."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, GdbosError, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain.impact import refusal_of
from services.standards.domain.scheduled import (
    CANCELLED,
    PUBLISHED,
    WAITING,
    Scheduled,
    may_bind,
    may_end,
    require_to_come,
    require_waiting,
    stewards,
    told,
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
    if not may_bind(principal, stewards(asked)):
        raise Forbidden
    require_to_come(command["on"], desk.work.now.date())
    _stands(asked, desk, check)
    made = desk.schedule.add(command["on"].isoformat(), asked, principal.id, desk.work.at)
    _scheduled(made, desk.work)
    return told(made, principal, desk.work.now.date())


def plan(
    command: Mapping[str, Any], principal: Principal, desk: Desk, check: Compatibility
) -> dict[str, Any]:
    """A cancelled one waits again, and any that is not published yet for the day `on`, by default its own. NotFound;
    Conflict for a published one; else refused as by `schedule`. Whoever may cancel it may let it stand as it was."""
    found = _known(command["id"], desk.schedule)
    on = command["on"] or date.fromisoformat(found.on)
    if found.status == PUBLISHED:
        require_waiting(found)
    as_it_was = found.status == CANCELLED and on.isoformat() == found.on
    if not (may_end if as_it_was else may_bind)(principal, found.stewards):
        raise Forbidden
    require_to_come(on, desk.work.now.date())
    _stands(found.command, desk, check)
    if not desk.schedule.plan(found, on.isoformat()):
        raise Conflict
    again = replace(found, on=on.isoformat(), status=WAITING, reason={})
    _scheduled(again, desk.work)
    return told(again, principal, desk.work.now.date())


def cancel(id: int, principal: Principal, schedule: Schedule, work: Work) -> dict[str, Any]:
    """It never comes into force. NotFound; Forbidden for whoever neither decides what is binding nor answers for all
    that it brings; Conflict for one that is over."""
    found = _known(id, schedule)
    if not may_end(principal, found.stewards):
        raise Forbidden
    require_waiting(found)
    if not schedule.end(id, CANCELLED):
        raise Conflict
    work.audit("publication.cancel", str(id), publishes=found.names)
    _tell("publication.cancelled", found, work)
    work.commit()
    return told(replace(found, status=CANCELLED), principal, work.now.date())


def _known(id: int, schedule: Schedule) -> Scheduled:
    found = schedule.get(id)
    if found is None:
        raise NotFound
    return found


def _stands(asked: Mapping[str, Any], desk: Desk, check: Compatibility) -> None:
    """Raises what `publish` would today; BadInput where there is nothing new in it."""
    would = publish({**asked, "dry_run": True}, desk.registry, desk.uses, check, desk.work)
    if would["impact"]:
        raise refusal_of(would["impact"])
    if not would["elements"] and not would["code_lists"]:
        raise BadInput(faults=[Fault("/elements", "nothing_new", _NOTHING)])


def _scheduled(made: Scheduled, work: Work) -> None:
    work.audit("publication.schedule", str(made.id), on=made.on, publishes=made.names)
    _tell("publication.scheduled", made, work)
    work.commit()


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
    for steward in about.stewards:
        said = {"id": about.id, "on": about.on, "publishes": about.names, "steward": steward, **more}
        work.emit(type, str(about.id), said)


_NOTHING = {"zh-Hans": "没有新的内容", "zh-Hant": "沒有新的內容", "en": "there is nothing new in it"}

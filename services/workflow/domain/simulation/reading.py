"""From the JSON object of a scenario file to a Scenario; BadInput with every fault, each at its pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain.simulation.scenario import Arrivals, Hours, Member, Role, Scenario, Step
from services.workflow.domain.simulation.values import Reader, day, distribution, share, shares, text, whole
from services.workflow.domain.simulation.worktime import DAY, Span

Json = Mapping[str, Any]
MOST_DAYS, MOST_REPLICATIONS, MOST_PEOPLE, MOST_PER_DAY, MOST_TIMES = 2000, 1000, 10_000, 10_000, 1_000_000


def read(data: Any) -> Scenario:
    """A whole scenario, or BadInput."""
    reader = Reader()
    parts = reader.object(data, "", _ALLOWED)
    values = {name: _READERS[name](reader, value, f"/{name}") for name, value in parts.items()}
    for name in ("arrivals", "roles", "steps"):
        if name not in parts:
            reader.note("", "missing", name)
    if not reader.faults:
        scenario = Scenario(**values)
        _references(reader, scenario)
    if reader.faults:
        raise BadInput(faults=reader.faults)
    return scenario


def _times(reader: Reader, value: Any, pointer: str) -> tuple[datetime, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_TIMES:
        reader.note(pointer, "number", 1, MOST_TIMES)
        return ()
    found = []
    for index, each in enumerate(value):
        try:
            found.append(each if isinstance(each, datetime) else datetime.fromisoformat(str(each)))
        except ValueError:
            reader.note(f"{pointer}/{index}", "time")
    return tuple(sorted(found, key=lambda moment: moment.replace(tzinfo=None)))


def _arrivals(reader: Reader, value: Any, pointer: str) -> Arrivals:
    given = reader.object(value, pointer, frozenset(["per_day", "times", "calendar", "by_hour"]))
    if ("per_day" in given) == ("times" in given):
        reader.note(pointer, "arrivals")
        return Arrivals()
    calendar = text(reader, given.get("calendar", "office"), f"{pointer}/calendar")
    if "times" in given:
        return Arrivals(times=_times(reader, given["times"], f"{pointer}/times"), calendar=calendar)
    rate = reader.number(given["per_day"], f"{pointer}/per_day", 1e-3, MOST_PER_DAY)
    by_hour = _by_hour(reader, given.get("by_hour", {}), f"{pointer}/by_hour")
    return Arrivals(per_day=float(rate), calendar=calendar, by_hour=by_hour)


def _by_hour(reader: Reader, value: Any, pointer: str) -> dict[int, float]:
    """Hours 0 to 23 with weights of at least 0; some of them while doors are open."""
    found: dict[int, float] = {}
    for name, weight in reader.object(value, pointer, _HOURS).items():
        found[int(name)] = reader.number(weight, f"{pointer}/{name}", 0, MOST_TIMES)
    if found and not any(found.values()):
        reader.note(pointer, "number", 1, MOST_TIMES)
    return found


def _spans(reader: Reader, value: Any, pointer: str) -> tuple[Span, ...]:
    try:
        spans = tuple((_minute(start), _minute(end)) for start, end in value)
        marks = [mark for span in spans for mark in span]
        if not marks or any(later <= sooner for sooner, later in zip(marks, marks[1:], strict=False)):
            raise ValueError(value)
    except (ValueError, TypeError):
        reader.note(pointer, "hours")
        return ((0, DAY),)
    return spans


def _minute(text: Any) -> int:
    hour, minute = str(text).split(":")
    found = int(hour) * 60 + int(minute)
    if not (0 <= found <= DAY and 0 <= int(minute) < 60):
        raise ValueError(text)
    return found


def _calendar(reader: Reader, value: Any, pointer: str) -> Hours:
    given = reader.object(value, pointer, frozenset(["hours", "days"]))
    if given.get("days", "working") not in ("working", "all"):
        reader.note(f"{pointer}/days", "unknown", given["days"])
    every_day = given.get("days") == "all"
    if "hours" not in given:
        return Hours(every_day=every_day)
    return Hours(_spans(reader, given["hours"], f"{pointer}/hours"), every_day)


def _role(reader: Reader, value: Any, pointer: str) -> Role:
    given = reader.object(value, pointer, frozenset(["people", "calendar"]))
    people = whole(1, MOST_PEOPLE)(reader, given.get("people"), f"{pointer}/people")
    return Role(people, text(reader, given.get("calendar", "office"), f"{pointer}/calendar"))


def _step(reader: Reader, value: Any, pointer: str) -> Step:
    given = reader.object(value, pointer, frozenset(["work", "delay", "actions", "role"]))
    if "work" not in given:
        reader.note(pointer, "missing", "work")
    return Step(
        distribution(reader, given.get("work", 0), f"{pointer}/work"),
        distribution(reader, given.get("delay", 0), f"{pointer}/delay"),
        shares(reader, given.get("actions", {}), f"{pointer}/actions"),
        text(reader, given.get("role", ""), f"{pointer}/role"),
    )


def _members(reader: Reader, value: Any, pointer: str) -> tuple[Member, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= 100:
        reader.note(pointer, "number", 1, 100)
        return ()
    return tuple(_member(reader, each, f"{pointer}/{index}") for index, each in enumerate(value))


def _member(reader: Reader, value: Any, pointer: str) -> Member:
    given = reader.object(value, pointer, frozenset(["id", "process", "after", "share", "preparation"]))
    after = given.get("after", [])
    if not isinstance(after, list):
        reader.note(f"{pointer}/after", "object")
        after = []
    return Member(
        text(reader, given.get("id"), f"{pointer}/id"),
        text(reader, given.get("process", ""), f"{pointer}/process"),
        tuple(str(each) for each in after),
        share(reader, given.get("share", 1), f"{pointer}/share"),
        distribution(reader, given.get("preparation", 0), f"{pointer}/preparation"),
    )


def _references(reader: Reader, scenario: Scenario) -> None:
    """Calendars and members that are named must be there."""
    calendars = {"office", "always", *scenario.calendars}
    named = {f"/roles/{name}/calendar": role.calendar for name, role in scenario.roles.items()}
    named["/arrivals/calendar"] = scenario.arrivals.calendar
    for pointer, calendar in named.items():
        if calendar not in calendars:
            reader.note(pointer, "calendar", calendar)
    left = {member.id: set(member.after) for member in scenario.members}
    for index, member in enumerate(scenario.members):
        for other in sorted(set(member.after) - set(left)):
            reader.note(f"/members/{index}/after", "member", other)
    while free := [name for name, after in left.items() if not after & set(left)]:
        for name in free:
            del left[name]
    if left:
        reader.note("/members", "cycle")


_READERS: Mapping[str, Callable[[Reader, Any, str], Any]] = {
    "arrivals": _arrivals,
    "roles": lambda reader, value, at: reader.table(value, at, _role),
    "steps": lambda reader, value, at: reader.table(value, at, _step),
    "begin": day,
    "days": whole(1, MOST_DAYS),
    "warm_up": whole(0, MOST_DAYS),
    "drain": lambda reader, value, at: value is True,
    "limit": whole(1, MOST_DAYS),
    "replications": whole(1, MOST_REPLICATIONS),
    "seed": whole(0, 2**53),
    "calendars": lambda reader, value, at: reader.table(value, at, _calendar),
    "waits": lambda reader, value, at: reader.table(value, at, distribution),
    "branches": lambda reader, value, at: reader.table(value, at, shares),
    "corrections": share,
    "returns": share,
    "variables": lambda reader, value, at: reader.object(value, at),
    "members": _members,
}
_ALLOWED = frozenset(_READERS)
_HOURS = frozenset(map(str, range(24)))

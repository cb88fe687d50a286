"""A scenario 情景: who arrives, how long work takes, how many people there are, how often what happens.

Names of roles, steps, waits and gateways may carry a member in front (`food.decide`); the longer name wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from services.workflow.domain.simulation.distributions import Distribution
from services.workflow.domain.simulation.worktime import ALWAYS, OFFICE, Span

Stated = TypeVar("Stated")
NOTHING = Distribution("constant", (0.0,))


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar: opening hours in minutes of the day; on working days only, or on every day."""

    spans: tuple[Span, ...] = OFFICE
    every_day: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """People who do the same work, each on one case at a time, first come first served."""

    people: int
    calendar: str = "office"


@dataclass(frozen=True, slots=True)
class Step:
    """work: hours of somebody's time. delay: working days before the work can begin (post, appointment).

    actions: action → share, for a task whose end decides the way. role: instead of the model's.
    """

    work: Distribution
    delay: Distribution = NOTHING
    actions: Mapping[str, float] = field(default_factory=dict)
    role: str = ""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """per_day: mean number on a working day, at random instants (Poisson). times: instead, those of real cases.

    by_hour: hour of the day → weight, when not every hour is alike.
    """

    per_day: float = 0.0
    times: tuple[datetime, ...] = ()
    calendar: str = "office"
    by_hour: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """One process of a matter. after: members that must be granted first. share: of the matters that have it.

    preparation: working days that the applicant needs before filing it.
    """

    id: str
    process: str = ""
    after: tuple[str, ...] = ()
    share: float = 1.0
    preparation: Distribution = NOTHING


@dataclass(frozen=True, slots=True)
class Scenario:
    """days: working days of arrivals that are looked at, after `warm_up` days that are not.

    drain: go on until the last case is done, instead of stopping with the last day. limit: promised working days.
    waits: event → working days until it happens. branches: gateway → flow → share.
    corrections, returns: share of the tasks offering `correct` or `return` that end so.
    """

    arrivals: Arrivals
    roles: Mapping[str, Role]
    steps: Mapping[str, Step]
    begin: date = date(2026, 1, 5)
    days: int = 120
    warm_up: int = 0
    drain: bool = False
    limit: int | None = None
    replications: int = 10
    seed: int = 1
    calendars: Mapping[str, Hours] = field(default_factory=dict)
    waits: Mapping[str, Distribution] = field(default_factory=dict)
    branches: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    corrections: float = 0.0
    returns: float = 0.0
    variables: Mapping[str, Any] = field(default_factory=dict)
    members: tuple[Member, ...] = (Member("case"),)

    def hours(self, calendar: str) -> Hours:
        """`office` and `always` are there unless the scenario says otherwise."""
        built_in = {"office": Hours(), "always": Hours(ALWAYS, every_day=True)}
        return self.calendars.get(calendar) or built_in[calendar]


def names(member: str, name: str) -> Iterator[str]:
    """The names under which something of a member may be stated, the most particular first."""
    yield f"{member}.{name}"
    yield name


def stated(table: Mapping[str, Stated], member: str, name: str) -> Stated | None:
    """What the scenario says of it, or None."""
    return next((table[each] for each in names(member, name) if each in table), None)

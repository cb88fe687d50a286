"""Everything that moves a case, in one unit of work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from gdbos_contracts.errors import Fault
from services.workflow.domain.calendar import Calendar
from services.workflow.ports.cases import Archives, Cases, Papers, Ratings, Timeline
from services.workflow.ports.desk import Delegations, Inbox, People, SavedFilters, Tasks
from services.workflow.ports.engine import (
    History,
    Incidents,
    Jobs,
    Migrations,
    Processes,
    Subscriptions,
    Timers,
)
from services.workflow.ports.papers import Prints
from services.workflow.ports.supervision import Calendars, Clocks, Orders, Records, Successions

Json = Mapping[str, Any]


class Work(Protocol):
    """A unit of work: state, audit and outbox in one commit."""

    @property
    def now(self) -> datetime: ...
    @property
    def at(self) -> str: ...
    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None: ...
    def audit(self, action: str, object: str, **facts: Any) -> None: ...
    def commit(self) -> None: ...


class Printer(Protocol):
    """Fills a template; BadInput when the template cannot be read."""

    def html(self, template: str, data: Json) -> str: ...
    def check(self, template: str, names: Collection[str], pointer: str) -> list[Fault]:
        """Why a template cannot be published: its language, a name outside of `names`."""
        ...

    def elements(self, template: str) -> list[str]:
        """The data elements that a template names."""
        ...


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that moves a case, in one unit of work."""

    cases: Cases
    tasks: Tasks
    inbox: Inbox
    delegations: Delegations
    filters: SavedFilters
    people: People
    timers: Timers
    subscriptions: Subscriptions
    jobs: Jobs
    history: History
    incidents: Incidents
    migrations: Migrations
    timeline: Timeline
    papers: Papers
    prints: Prints
    ratings: Ratings
    processes: Processes
    printer: Printer
    calendars: Calendars
    clocks: Clocks
    records: Records
    orders: Orders
    successions: Successions
    archives: Archives
    work: Work

    @property
    def calendar(self) -> Calendar:
        """The national one."""
        return self.calendars.of("")

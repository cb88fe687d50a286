"""What the handlers need; the adapters provide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from gdbos_contracts.errors import Fault
from gdbos_contracts.principal import Principal
from gdbos_feel.dmn import Model
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.case import Case
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.mining import Trace
from services.workflow.ports_supervision import Calendars, Clocks, Orders, Records, Successions

Json = Mapping[str, Any]


class Work(Protocol):
    """A unit of work: state, audit and outbox in one commit."""

    @property
    def now(self) -> datetime: ...
    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None: ...
    def audit(self, action: str, object: str, **facts: Any) -> None: ...
    def commit(self) -> None: ...


class Cases(Protocol):
    """Cases by number; `save` raises Conflict when another writer was faster."""

    def add(self, case: Case) -> None: ...
    def get(self, case_no: str) -> Case | None: ...
    def save(self, case: Case) -> None: ...
    def page(self, after: str, limit: int) -> Sequence[Case]:
        """Cases of items in the order of their numbers, from the first after `after`."""
        ...

    def children(self, case_no: str) -> Sequence[Case]: ...
    def running(self, process: str, version: int) -> Sequence[Case]: ...

    def of_applicant(self, principal: Principal, status: str, before: str, limit: int) -> Sequence[Case]:
        """Newest first; `before` is the case number the page before ended with, "" for the first."""
        ...

    def serial(self, key: str) -> int:
        """The next number under `key`; a number is never given twice."""
        ...


class Keys(Protocol):
    """Idempotency keys, kept as long as the case."""

    def get(self, principal: str, key: str) -> Json | None:
        """{body_hash, status, body} or None."""
        ...

    def add(self, principal: str, key: str, body_hash: str, status: int, body: str) -> bool:
        """False when the key is there already; waits for another's commit that would put it there."""
        ...


class Tasks(Protocol):
    """Tasks of clerks, in one table that one indexed query reads."""

    def open(self, row: Json) -> None: ...
    def revise(self, case_no: str, token: str, row: Json) -> None: ...
    def end(self, case_no: str, token: str, status: str) -> None: ...
    def end_all(self, case_no: str) -> None: ...
    def get(self, id: str) -> Json | None: ...
    def claim(self, id: str, holder: str | None, last: Json) -> None: ...
    def of_case(self, case_no: str) -> Sequence[Json]: ...
    def recolour(self, case_no: str, due: str | None, yellow: str | None, paused: bool) -> None: ...


class Inbox(Protocol):
    """Open tasks of the principal's agency and roles, by due day."""

    def page(self, principal: Principal, query: Json, today: date) -> Sequence[Json]: ...
    def counts(self, principal: Principal, query: Json, today: date) -> Sequence[Json]: ...


class People(Protocol):
    """Pseudonyms: who two accounts belong to, without a number."""

    def of(self, subject: Mapping[str, str]) -> str | None: ...

    def behind(self, principal: Principal) -> str | None:
        """Of the natural person who acts through this account; None when nobody linked it."""
        ...


class Delegations(Protocol):
    """Who stands in for whom, in which role, between which days."""

    def add(self, row: Json) -> bool:
        """False when it is there already."""
        ...

    def end(self, id: str, giver: str) -> bool: ...
    def of(self, principal: str, today: str) -> Sequence[Json]: ...
    def givers(self, taker: str, today: str) -> Sequence[Json]: ...


class SavedFilters(Protocol):
    """Filters of the inbox that a clerk gave a name."""

    def all(self, owner: str) -> Sequence[Json]: ...
    def put(self, owner: str, name: str, query: Json) -> None: ...
    def delete(self, owner: str, name: str) -> bool: ...


class History(Protocol):
    """Steps of the engine, append-only; see domain/engine/history.py."""

    def actor(self) -> str:
        """Who acts now."""
        ...

    def add(self, step: Json) -> None: ...
    def find(self, case_no: str, key: str) -> Json | None: ...
    def of(self, case_no: str) -> Sequence[Json]: ...
    def cases(self, after: str, limit: int) -> Sequence[str]: ...
    def under(self, key: str) -> Sequence[Json]:
        """The steps of all cases under one key."""
        ...


class Subscriptions(Protocol):
    """Who waits for which message or signal."""

    def put(self, case_no: str, token: str, name: str, key: str, kind: str) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...

    def waiting(self, name: str, key: str | None, kind: str) -> Sequence[str]:
        """Case numbers, the longest-waiting first."""
        ...


class Jobs(Protocol):
    """Work for machines outside. A lease is a token and a time; whoever holds neither changes nothing."""

    def put(self, case_no: str, token: str, kind: str, element: str, attributes: Json) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...
    def lease(
        self, kinds: Sequence[str], lease: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Json]: ...
    def get(self, case_no: str, token: str) -> Json | None: ...
    def postpone(self, case_no: str, token: str, due: datetime | None) -> None: ...


class Incidents(Protocol):
    """What could not go on, with its cause; one for each wait or job of a case."""

    def get(self, case_no: str, token: str) -> Json | None: ...
    def put(self, row: Json) -> None: ...
    def resolve(self, case_no: str, token: str, at: str) -> None: ...
    def open(self, limit: int) -> Sequence[Json]: ...


class Timers(Protocol):
    def postpone(self, case_no: str, token: str, due: datetime | None) -> None: ...
    def put(self, case_no: str, token: str, due: datetime) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...
    def due(self, now: datetime, limit: int) -> Sequence[Json]: ...


class Timeline(Protocol):
    def add(self, case: Case, at: str, event: str, note: Json) -> None: ...
    def of(self, case_no: str, after: int) -> Sequence[Json]: ...


class Papers(Protocol):
    """Generated documents, messages."""

    def add_document(self, case_no: str, title: Json, html: str, at: str, kind: str) -> str: ...
    def documents(self, case_no: str) -> Sequence[Json]: ...
    def document(self, case_no: str, id: str) -> Json | None: ...
    def add_message(self, case_no: str, by: str, kind: str, text: str, at: str) -> None: ...
    def messages(self, case_no: str) -> Sequence[Json]: ...


class Ratings(Protocol):
    """好差評; only `of` leads from a case to what was said of it, nothing leads back."""

    def add(self, row: Json) -> None: ...
    def get(self, id: str) -> Json | None: ...
    def of(self, case_no: str, step: str) -> Json | None: ...

    def bad(self, agency: str, stage: str) -> Sequence[Json]:
        """Bad ones that are not done with; "" for every agency, "" for every such stage."""
        ...

    def all(self) -> Sequence[Json]:
        """{agency, agency_name, level, stage, withdrawn_at} of every rating."""
        ...

    def change(self, id: str, was: str, changes: Json) -> None:
        """Conflict when the stage is no longer `was`."""
        ...


class Drafts(Protocol):
    def put(self, owner: str, id: str, body: Json, at: str) -> None: ...
    def get(self, owner: str, id: str) -> Json | None: ...
    def all(self, owner: str) -> Sequence[Json]: ...
    def delete(self, owner: str, id: str) -> None: ...


class Processes(Protocol):
    """Published process versions and document templates."""

    def graph(self, id: str, version: int | None) -> tuple[Graph, int] | None: ...
    def digest(self, id: str) -> tuple[int, str] | None: ...
    def add(self, id: str, version: int, bpmn: str, graph: Json, digest: str) -> None: ...
    def bpmn(self, id: str, version: int) -> str | None: ...
    def decision(self, id: str) -> tuple[Model, int] | None:
        """The newest version of a decision model, with its number."""
        ...

    def decision_digest(self, id: str) -> tuple[int, str] | None: ...
    def add_decision(self, id: str, version: int, dmn: str, digest: str) -> None: ...
    def template(self, id: str) -> Json | None: ...
    def save_template(self, template: Json) -> None: ...


class Logs(Protocol):
    """What happened to cases, for analysis: no person, answer or note in it."""

    def traces(self, process: str, limit: int) -> Sequence[Trace]:
        """Of the newest cases of the process, "" for every one."""
        ...

    def processes(self) -> Sequence[Json]:
        """[{id, version, name}], each in its newest version."""
        ...


class Printer(Protocol):
    """Fills a template; BadInput when the template cannot be read."""

    def html(self, template: str, data: Json) -> str: ...
    def check(self, template: str, pointer: str) -> list[Fault]: ...


class Catalog(Protocol):
    """What the catalogue knows, short-lived or for ever as it says."""

    def situation(self, code: str, region: str, situation: str) -> Json: ...
    def bundle_situation(self, code: str, region: str, situation: str) -> Json: ...


class Standards(Protocol):
    def schema(self, elements: Sequence[Json]) -> Json:
        """The composed JSON Schema of these element versions, for ever the same."""
        ...

    def explain(self, elements: Sequence[Json], data: Json) -> Sequence[Fault]:
        """Faults of `data` against it; pointers into the object."""
        ...

    def violations(self, schema: Json, data: Json) -> Sequence[Fault]:
        """Faults of `data` against a schema of our own."""
        ...


class Hub(Protocol):
    def prefill(
        self, subject: Json, elements: Sequence[str], consents: Sequence[str], purpose: Json
    ) -> Json: ...
    def check_licences(self, claims: Sequence[Json], subject: Json) -> Sequence[Json]: ...
    def match(self, subject: Json, values: Json, purpose: Json) -> Json:
        """{mismatches: [element], sources: {element: {source, as_of}}} of what the sources hold of the values."""
        ...


class Flights(Protocol):
    """Submissions under way in this process."""

    def hold(self, principal: str, key: str) -> AbstractContextManager[None]:
        """InFlight when the same key is being handled now."""
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
    timeline: Timeline
    papers: Papers
    ratings: Ratings
    processes: Processes
    printer: Printer
    calendars: Calendars
    clocks: Clocks
    records: Records
    orders: Orders
    successions: Successions
    work: Work

    @property
    def calendar(self) -> Calendar:
        """The national one."""
        return self.calendars.of("")


@dataclass(frozen=True, slots=True)
class Others:
    """The other services."""

    catalog: Catalog
    standards: Standards
    hub: Hub

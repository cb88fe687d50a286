"""What the handlers need of processes, and of what their instances wait for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from gdbos_feel.dmn import Model
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.mining import Trace

Json = Mapping[str, Any]


class History(Protocol):
    """Steps of the engine, append-only; see domain/engine/history.py."""

    def actor(self) -> str:
        """Who acts now."""
        ...

    def add(self, step: Json) -> None: ...
    def find(self, case_no: str, key: str) -> Json | None: ...
    def of(self, case_no: str) -> Sequence[Json]: ...
    def cases(self, after: str, limit: int) -> Sequence[str]: ...


class Subscriptions(Protocol):
    """Who waits for which message or signal."""

    def put(self, case_no: str, token: str, name: str, key: str, kind: str) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...

    def waiting(self, name: str, key: str | None, kind: str, agencies: Sequence[str] = ()) -> Sequence[str]:
        """Case numbers, the longest-waiting first; every agency's without `agencies`."""
        ...


class Jobs(Protocol):
    """Work for machines outside. A lease is a token and a time; whoever holds neither changes nothing."""

    def put(self, case_no: str, token: str, kind: str, element: str, attributes: Json) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...
    def lease(
        self,
        kinds: Sequence[str],
        agencies: Sequence[str],
        lease: str,
        now: datetime,
        until: datetime,
        limit: int,
    ) -> Sequence[Json]: ...
    def get(self, case_no: str, token: str) -> Json | None: ...
    def postpone(self, case_no: str, token: str, due: datetime | None) -> None: ...
    def extend(self, case_no: str, token: str, until: datetime) -> None: ...


class Incidents(Protocol):
    """What could not go on, with its cause; one for each wait or job of a case, and for what time does to a rating."""

    def get(self, case_no: str, token: str) -> Json | None: ...
    def put(self, row: Json) -> None: ...
    def resolve(self, case_no: str, token: str, at: str) -> None: ...
    def postpone(self, case_no: str, token: str, at: str) -> None: ...
    def held(self, token: str, due: datetime, limit: int) -> Sequence[str]:
        """Cases with an open incident under this token that are to be tried again by `due`."""
        ...

    def open(self, agencies: Sequence[str], cursor: str, limit: int) -> Sequence[Json]:
        """The oldest first, each with {of: case | rating, agency, item, name} of what it is of, and of its case {process,
        process_version}. Without the timers and jobs of cases that ended since."""
        ...


class Migrations(Protocol):
    """Running cases that were carried to another version of their process."""

    def add(self, row: Json, cases: Mapping[str, int]) -> None:
        """`cases`: each with the number of the step that carried it."""
        ...

    def cases(self, id: str) -> Mapping[str, int]:
        """As they were added, by number; {} for a migration that there is not."""
        ...

    def undone(self, id: str, at: str, by: str) -> None: ...
    def page(self, agencies: Sequence[str], process: str, cursor: str, limit: int) -> Sequence[Json]:
        """The newest first: those with a case of these agencies, () is all; of one process, "" is every one. `cases` and
        `moved_on`, those that did something since, count theirs; `others` the rest."""
        ...


class Timers(Protocol):
    def postpone(self, case_no: str, token: str, due: datetime | None) -> None: ...
    def put(self, case_no: str, token: str, due: datetime) -> None: ...
    def drop(self, case_no: str, token: str) -> None: ...

    def due(self, now: datetime, limit: int) -> Sequence[Json]:
        """{case_no, token, failed: whether it has an incident}, the longest due first, without those that another
        transaction is at."""
        ...


class Processes(Protocol):
    """Published process versions and document templates."""

    def graph(self, id: str, version: int | None) -> tuple[Graph, int] | None: ...
    def digest(self, id: str) -> tuple[int, str] | None: ...
    def add(self, id: str, version: int, bpmn: str, graph: Json, digest: str) -> None: ...
    def bpmn(self, id: str, version: int) -> str | None: ...
    def decision(self, id: str) -> tuple[Model, int] | None:
        """The newest version of a decision model, with its number."""
        ...

    def decisions(self) -> Sequence[Json]:
        """[{id, version, dmn}], each in its newest version."""
        ...

    def dmn(self, id: str, version: int) -> str | None: ...
    def decision_digest(self, id: str) -> tuple[int, str] | None: ...
    def add_decision(self, id: str, version: int, dmn: str, digest: str) -> None: ...
    def template(self, id: str) -> Json | None:
        """{id, version, title, html, layout} of the newest version."""
        ...

    def add_template(self, template: Json) -> None: ...


class Logs(Protocol):
    """What happened to cases, for analysis: no person, answer or note in it."""

    def traces(self, process: str, limit: int) -> Sequence[Trace]:
        """Of the newest cases of the process, "" for every one."""
        ...

    def arrivals(
        self, process: str, since: date, item: str = "", bundle: str = ""
    ) -> Sequence[tuple[str, int, int]]:
        """(day, hour, cases) since a day, of one item or of what came in one bundle: numbers only."""
        ...

    def ways(self, process: str, since: date) -> Mapping[str, Sequence[Json]]:
        """{items, bundles: [{code, name, cases}]}: by which items and in which bundles they arrived."""
        ...

    def processes(self) -> Sequence[Json]:
        """[{id, version, name}], each in its newest version."""
        ...

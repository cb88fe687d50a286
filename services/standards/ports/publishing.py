"""What publishes: its unit of work, schemas, templates, what waits for its day, and the judge of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from gdbos_contracts.modes import BY_MEANING
from services.standards.domain.scheduled import Scheduled
from services.standards.domain.subject import Subject
from services.standards.domain.template import Template


class Work(Protocol):
    """A unit of work: state, audit and outbox in one commit."""

    @property
    def now(self) -> datetime: ...
    @property
    def at(self) -> str: ...
    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None: ...
    def audit(self, action: str, object: str, **facts: Any) -> None: ...
    def commit(self) -> None: ...


class Subjects(Protocol):
    """Schemas under an id; a published version never changes."""

    def subject(self, id: str) -> Subject | None: ...

    def every(self) -> Sequence[Subject]:
        """In order of id."""
        ...

    def last(self, id: str) -> int:
        """The number of the newest version; 0 without one."""
        ...

    def schema(self, id: str, version: int) -> Any:
        """None when there is no such version."""
        ...

    def add(self, subject: Subject, version: int, schema: Any, now: datetime) -> None:
        """The subject itself with its first version."""
        ...

    def change(self, subject: Subject) -> None: ...


class Templates(Protocol):
    """Published templates: a version never changes."""

    def template(self, id: str, version: int | None = None) -> Template | None:
        """That version, or the newest."""
        ...

    def newest(self, kind: str) -> Sequence[Template]:
        """The newest version of each of a kind, in order of id; "" is any kind."""
        ...

    def versions(self, id: str) -> Sequence[int]: ...
    def add(self, templates: Sequence[Template]) -> None: ...


class Schedule(Protocol):
    """Publications that wait for their day, and those that are over."""

    def add(self, on: str, command: Mapping[str, Any], by: str, at: str) -> Scheduled: ...
    def get(self, id: int) -> Scheduled | None: ...

    def all(self, status: str) -> Sequence[Scheduled]:
        """By day; "" is any status."""
        ...

    def due(self, day: str, limit: int) -> Sequence[Scheduled]:
        """Those waiting whose day has come, the oldest first."""
        ...

    def end(self, id: int, status: str) -> bool:
        """False when it does not wait any more."""
        ...

    def plan(self, found: Scheduled, on: str) -> bool:
        """It waits, without a reason, for that day; False when it is no longer what was found."""
        ...

    def keep(self, id: int, reason: Mapping[str, Any]) -> bool:
        """It waits on, and why; False when it does not wait any more."""
        ...


class Compatibility(Protocol):
    """The checker of domain/compat."""

    def __call__(
        self, versions: Sequence[Any], new: Any, mode: str, *, lenient: bool, reading: str = BY_MEANING
    ) -> Mapping[str, Any]: ...

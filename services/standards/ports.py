"""What the handlers need; the adapters provide it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from gdbos_contracts.modes import BY_MEANING
from gdbos_contracts.text import Text
from services.standards.domain.codelist import CodeList
from services.standards.domain.coverage import Holder
from services.standards.domain.crosswalk import Crosswalk
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
from services.standards.domain.likeness import Twin
from services.standards.domain.mapping import Spelled
from services.standards.domain.merging import TwinVerdict
from services.standards.domain.migration import MigrationRule
from services.standards.domain.scheduled import Scheduled
from services.standards.domain.subject import Subject
from services.standards.domain.template import Template
from services.standards.domain.use import OPEN, Span, Use

Named = tuple[str, str, str]
"""Kind, id and version of what refers to standards."""


class Work(Protocol):
    """A unit of work: state, audit and outbox in one commit."""

    @property
    def now(self) -> datetime: ...
    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None: ...
    def audit(self, action: str, object: str, **facts: Any) -> None: ...
    def commit(self) -> None: ...


class Registry(Protocol):
    """Published versions: what is in it never changes."""

    def element(self, id: str, version: int | None = None) -> DataElement | None:
        """That version, or the newest."""
        ...

    def code_list(self, id: str, version: int | None = None) -> CodeList | None:
        """That version, or the newest."""
        ...

    def newest(self) -> Sequence[DataElement]:
        """The newest version of every element, in order of id."""
        ...

    def alike(self, drafts: Sequence[DataElement]) -> Sequence[Twin]:
        """The twins of drafts, as `one`, among the newest versions that are not withdrawn and among themselves."""
        ...

    def twins(self, id: str) -> Sequence[Twin]:
        """Newest versions that look alike and are not withdrawn, the most alike first; "" means of every element."""
        ...

    def search(self, q: str, after: str, limit: int, status: str) -> Sequence[tuple[DataElement, str]]:
        """Newest versions and their statuses that have every word of `q`, best first; "" is any status.

        `after` is the `finding.place` of the last one that was seen.
        """
        ...

    def versions(self, id: str) -> Sequence[tuple[int, str]]:
        """Every version of an element with its status, the oldest first."""
        ...

    def history(self, id: str, version: int) -> Sequence[Step]:
        """The steps that one version's status has taken since its publication, in order."""
        ...

    def add_step(self, id: str, version: int, step: Step) -> None:
        """Raises Conflict when a step of that number was taken already."""
        ...

    def bound_to(self, code_list: str, version: int | None) -> Sequence[Use]:
        """The element versions that take their codes from a list."""
        ...

    def rules(self, id: str, version: int) -> Sequence[MigrationRule]:
        """The rules that lead to one version."""
        ...

    def every_element(self) -> Sequence[DataElement]:
        """Every version of every element, in order of id and version."""
        ...

    def every_code_list(self) -> Sequence[CodeList]: ...
    def every_rule(self) -> Sequence[MigrationRule]: ...
    def add_rules(self, rules: Sequence[MigrationRule]) -> None: ...
    def add_elements(self, elements: Sequence[DataElement]) -> None: ...
    def add_code_lists(self, lists: Sequence[CodeList]) -> None: ...


class TwinVerdicts(Protocol):
    """What stewards said of elements that look alike."""

    def every(self) -> Mapping[tuple[str, str], TwinVerdict]:
        """By the ids of the two, in their order."""
        ...

    def put(self, verdict: TwinVerdict) -> None:
        """In place of what was said of the same two."""
        ...


class Uses(Protocol):
    """Who refers to which element."""

    def of_element(self, id: str, version: int | None) -> Sequence[Use]: ...
    def living_by(self, id: str, today: date) -> Sequence[Use]:
        """Uses of an element, code list or schema by the versions of each user that are alive, with their cases."""
        ...

    def of_user(self, kind: str, id: str, version: str) -> Sequence[Use]: ...
    def replace(self, kind: str, id: str, version: str, uses: Sequence[Use], span: Span = OPEN) -> None: ...
    def run(self, kind: str, ids: Collection[str] | None, cases: Mapping[tuple[str, str], int]) -> None:
        """`cases` run on (id, version), and none on any other version of `ids`; None is every user of that kind."""
        ...


class Holders(Protocol):
    """Whatever has fields: whose it is, and how many of them are standards."""

    def note(self, holder: Holder) -> None:
        """In place of what was noted of that version."""
        ...

    def unmapped(self) -> Mapping[Named, Sequence[Spelled]]:
        """The columns that mappings leave out, by whose they are; of a mapping without such a column nothing."""
        ...

    def propose(self, holder: Named, columns: Sequence[Spelled]) -> None:
        """In place of what was proposed for its columns."""
        ...

    def names(self, users: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Text]:
        """What holders are called, by kind and id; those that nobody named are left out."""
        ...

    def all(self, standing: Collection[str]) -> Sequence[Holder]:
        """Every version of each, counted; elements of a status in `standing` are standards."""
        ...


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


class CodeLists(Protocol):
    """What is told of code lists without reading their codes."""

    def search(self, q: str, after: str, limit: int) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """(place, facts) of newest versions that have every word of `q`, best first; `after` is the place of the last
        one that was seen."""
        ...

    def versions(self, id: str) -> Sequence[Mapping[str, Any]]:
        """The facts of every version of a list, the oldest first."""
        ...


class Crosswalks(Protocol):
    """Published crosswalks: a version never changes."""

    def crosswalk(self, id: str, version: int | None = None) -> Crosswalk | None:
        """That version, or the newest."""
        ...

    def facts(self, code_list: str) -> Sequence[Mapping[str, Any]]:
        """The newest version of each, without its entries; of one list, from or to it, unless that is ""."""
        ...

    def every(self) -> Sequence[Crosswalk]:
        """Every version of each, in order of id and version."""
        ...

    def add(self, crosswalks: Sequence[Crosswalk]) -> None: ...


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

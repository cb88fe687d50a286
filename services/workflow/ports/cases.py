"""What the handlers need of cases, and of what is written about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case

Json = Mapping[str, Any]


class Cases(Protocol):
    """Cases by number; with `save`, the commit raises Conflict when another writer was faster."""

    def add(self, case: Case) -> None: ...
    def get(self, case_no: str) -> Case | None: ...
    def some(self, numbers: Sequence[str]) -> Mapping[str, Case]: ...
    def save(self, case: Case) -> None: ...
    def page(self, after: str, limit: int) -> Sequence[Case]:
        """Cases of items in the order of their numbers, from the first after `after`."""
        ...

    def children(self, case_no: str) -> Sequence[Case]: ...
    def running(self, process: str, version: int, agencies: Sequence[str]) -> Sequence[Case]: ...
    def under_way(
        self, items: Collection[str] | None = None, process: str = ""
    ) -> Sequence[tuple[str, int, str, int, int]]:
        """(item, its version, process, its version, open cases) of every item, or of those and that process."""
        ...

    def of_applicant(self, principal: Principal, status: str, before: str, limit: int) -> Sequence[Case]:
        """Newest first; `before` is the case number the page before ended with, "" for the first."""
        ...

    def serial(self, key: str) -> int:
        """The next number under `key`; a number is never given twice, and none is left out."""
        ...

    def number(self, key: str) -> int:
        """The next number under `key`; never given twice. Nobody waits for this work's commit to have the next,
        so the number of a work that comes to nothing is left out."""
        ...


class Keys(Protocol):
    """Idempotency keys, kept as long as the case."""

    def get(self, principal: str, key: str) -> Json | None:
        """{body_hash, status, body} or None."""
        ...

    def add(self, principal: str, key: str, body_hash: str, status: int, body: str) -> None:
        """With the commit, which raises InFlight when the key is there already; it waits for another's commit that
        would put it there."""
        ...


class Timeline(Protocol):
    def add(self, case: Case, at: str, event: str, note: Json) -> None: ...
    def of(self, case_no: str, after: int) -> Sequence[Json]: ...


class Papers(Protocol):
    """Generated documents, messages."""

    def put_document(self, document: Json) -> None:
        """{case_no, kind, title, html, at, template_version, facts, on_request}; a code to verify it by is added.
        The file of what is `on_request` is made when somebody wants it."""
        ...

    def add_document(self, document: Json) -> str:
        """The same; its id."""
        ...

    def documents(self, case_no: str) -> Sequence[Json]: ...
    def document(self, case_no: str, id: str) -> Json | None: ...
    def add_message(self, case_no: str, by: str, kind: str, text: str, at: str) -> None: ...
    def messages(self, case_no: str) -> Sequence[Json]: ...


class Ratings(Protocol):
    """好差評; only `of` leads from a case to what was said of it, nothing leads back."""

    def add(self, row: Json) -> None: ...
    def get(self, id: str) -> Json | None: ...
    def of(self, case_no: str, step: str) -> Json | None: ...

    def bad(self, agency: str) -> Sequence[Json]:
        """The agency's bad ones that are not done with."""
        ...

    def raised(self, area: str) -> Sequence[Json]:
        """Of every agency of the area: what is appealed, and what was not put right in time."""
        ...

    def dim(self, now: datetime, limit: int) -> Sequence[str]:
        """Those being put right whose light is not that of today, without those held back."""
        ...

    def running(self, agency: str) -> Sequence[str]:
        """Those of the agency that are being put right; "" is every agency's."""
        ...

    def late(self, level: int, now: datetime, limit: int) -> Sequence[str]:
        """Those being put right below this level whose day has passed, without those held back."""
        ...

    def all(self) -> Sequence[Json]:
        """{agency, agency_name, level, stage, withdrawn_at} of every rating."""
        ...

    def change(self, id: str, was: Json, changes: Json) -> None:
        """Conflict when something is no longer as it `was`."""
        ...


class Drafts(Protocol):
    def put(self, owner: str, id: str, body: Json, at: str) -> None: ...
    def get(self, owner: str, id: str) -> Json | None: ...
    def all(self, owner: str) -> Sequence[Json]: ...
    def delete(self, owner: str, id: str) -> None: ...


class Archives(Protocol):
    """Archive packages, written once, and the closed cases that become one when their days are over."""

    def days(self, agency: str) -> int:
        """From the end of a case of that agency to its archiving."""
        ...

    def put_days(self, agency: str, days: int) -> None: ...
    def expect(self, case_no: str, agency: str, closed: date) -> None: ...
    def due(self, now: datetime, limit: int) -> Sequence[str]:
        """Whose days are over, the longest first, without those held back."""
        ...

    def postpone(self, case_no: str, until: date) -> None: ...
    def forget(self, case_no: str) -> None: ...

    def add(self, row: Json) -> None: ...
    def get(self, case_no: str) -> Json | None: ...
    def entry(self, case_no: str) -> Json | None:
        """The index entry alone."""
        ...

    def page(self, agencies: Sequence[str], area: str, before: str, limit: int) -> Sequence[Json]:
        """Index entries by descending number below `before`; every agency's without `agencies`."""
        ...

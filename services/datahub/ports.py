"""What the handlers need; the adapters provide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.datahub.domain.contract import DataContract
from services.datahub.domain.holdings import Offer
from services.datahub.domain.licence import KeptLicence, Licence
from services.datahub.domain.source import KeptSource, Source


class Work(Protocol):
    """A unit of work: state, audit and outbox in one commit."""

    @property
    def now(self) -> datetime: ...
    @property
    def at(self) -> str: ...
    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None: ...
    def audit(self, action: str, object: str, **facts: Any) -> None: ...
    def commit(self) -> None: ...


class Sources(Protocol):
    """The registered sources."""

    def save(self, source: KeptSource) -> None: ...
    def all(self) -> Sequence[Source]: ...
    def get(self, id: str) -> Source | None: ...


class Contracts(Protocol):
    """Data contracts by what they speak of."""

    def of(self, subject: str) -> Sequence[DataContract]:
        """Every version, from 1 on; empty without a contract. As it stands now: what is written is held to it."""
        ...

    def lately(self, subject: str) -> Sequence[DataContract]:
        """The same, perhaps two seconds old: for reading."""
        ...

    def add(self, contract: DataContract) -> None: ...


class Licences(Protocol):
    """Licences by identifier and by holder."""

    def add(self, licence: KeptLicence) -> bool: ...
    def get(self, id: str) -> Licence | None: ...
    def change(self, licence: KeptLicence) -> None: ...
    def held_by(self, subject: Mapping[str, str]) -> Sequence[Licence]: ...


class Accesses(Protocol):
    """Who read what about whom."""

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None: ...
    def about(self, subject: Mapping[str, str], limit: int) -> Sequence[Mapping[str, Any]]: ...


class LegacyReader(Protocol):
    """Reads the rows about one subject out of legacy systems, each within its time limit."""

    def look_up(
        self, wanted: Sequence[tuple[Source, frozenset[str]]], subject: Mapping[str, str]
    ) -> tuple[list[Offer], list[str]]:
        """Offers found, and the ids of sources that did not answer."""
        ...

    def columns(self, source: Source) -> Sequence[str]:
        """Every column of the table; none when it cannot be read within its time limit."""
        ...

    def test(self, source: Source) -> Mapping[str, Any]:
        """{"columns": […], "rows": n} or Unavailable with the cause."""
        ...

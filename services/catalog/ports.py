"""What the handlers need; the adapters provide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.catalog.domain.item import Item
from services.catalog.domain.search import Terms

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


class Items(Protocol):
    """Drafts as last published, and their immutable versions."""

    def get(self, code: str) -> Item | None: ...
    def children(self, code: str) -> Sequence[Item]: ...
    def save(self, item: Item) -> None: ...

    def version(self, code: str, version: int) -> Json | None: ...

    def newest(self, code: str) -> Json | None:
        """The version with the highest number."""
        ...

    def candidates(self, code: str) -> Sequence[Json]:
        """Every version of the item of that code and of the items under that catalogue code."""
        ...

    def add_version(self, version: Json) -> None: ...


class Bundles(Protocol):
    """Bundles, newest versions only: a case keeps the situation that it was filed under."""

    def get(self, code: str) -> Json | None: ...
    def all(self) -> Sequence[Json]: ...
    def save(self, bundle: Json) -> None: ...


class Index(Protocol):
    """The search index."""

    def put(self, entry: Json, words: Iterable[str]) -> None:
        """Replace what is held under `entry["code"]`."""
        ...

    def find(self, terms: Terms, limit: int) -> Sequence[Json]:
        """Entries that have every word and, for each prefix, a word that begins with it."""
        ...

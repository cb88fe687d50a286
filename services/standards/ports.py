"""What the handlers need; the adapters provide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement


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

    def search(self, q: str, after: str, limit: int) -> Sequence[DataElement]:
        """Newest versions in order of id, whose id or names contain `q`."""
        ...

    def add_elements(self, elements: Sequence[DataElement]) -> None: ...
    def add_code_lists(self, lists: Sequence[CodeList]) -> None: ...


class Compatibility(Protocol):
    """The checker of domain/compat."""

    def __call__(self, old: Any, new: Any, mode: str, *, lenient: bool) -> Mapping[str, Any]: ...

"""Elements, code lists and crosswalks, as they are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from services.standards.domain.codelist import CodeList
from services.standards.domain.crosswalk import Crosswalk
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
from services.standards.domain.likeness import Twin
from services.standards.domain.migration import MigrationRule
from services.standards.domain.use import Use


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

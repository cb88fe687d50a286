"""Who uses a standard, who holds data by it, and which of two that look alike stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from gdbos_contracts.text import Text
from services.standards.domain.coverage import Holder
from services.standards.domain.mapping import Spelled
from services.standards.domain.merging import TwinVerdict
from services.standards.domain.use import OPEN, Span, Use

Named = tuple[str, str, str]
"""Kind, id and version of what refers to standards."""


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


class TwinVerdicts(Protocol):
    """What stewards said of elements that look alike."""

    def every(self) -> Mapping[tuple[str, str], TwinVerdict]:
        """By the ids of the two, in their order."""
        ...

    def put(self, verdict: TwinVerdict) -> None:
        """In place of what was said of the same two."""
        ...

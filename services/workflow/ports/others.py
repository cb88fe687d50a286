"""What the handlers need of the other services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from gdbos_contracts.errors import Fault

Json = Mapping[str, Any]


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
class Others:
    """The other services."""

    catalog: Catalog
    standards: Standards
    hub: Hub

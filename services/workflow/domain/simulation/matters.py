"""What moves through a simulation: a matter is one arrival, an instance one of its members on the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.simulation.models import Prepared
from services.workflow.domain.simulation.stations import Visit


@dataclass(slots=True)
class Matter:
    """One arrival: all its members. ended None while any of them is under way."""

    number: int
    arrived: float
    wanted: Sequence[Prepared]
    ended: float | None = None
    outcomes: dict[str, str] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Instance:
    """One member under way on the engine."""

    matter: Matter
    prepared: Prepared
    doc: Doc = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    visits: dict[str, Visit] = field(default_factory=dict)

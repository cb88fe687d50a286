"""The profile of a process: its steps, who does them, what data each needs and makes, and its longest way.

A task reads the elements of `gdbos:reads` and its data inputs, and writes those of its form, `gdbos:writes` and
its data outputs. What is read and written by no task must come from the applicant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.workflow.domain.engine.graph import Graph, Node
from services.workflow.domain.simulation.models import TASK
from services.workflow.domain.simulation.scenario import Scenario

HOURS_A_DAY = 7.0
"""Of office work, as the simulation's own calendar has it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One task. days: expected working days. visit: the applicant must come."""

    id: str
    name: str
    role: str
    days: float
    reads: frozenset[str]
    writes: frozenset[str]
    visit: bool

    @property
    def declared(self) -> bool:
        """Whether the model says anything about its data: silence is not independence."""
        return bool(self.reads or self.writes)

    def to_data(self) -> dict[str, Any]:
        lists = {"reads": sorted(self.reads), "writes": sorted(self.writes)}
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "days": self.days,
            "visit": self.visit,
        } | lists


class Profile:
    """Read from a graph; `scenario` gives the days of the steps, else their limit, else one day each."""

    def __init__(self, graph: Graph, scenario: Scenario | None = None) -> None:
        self.graph = graph
        self.steps = {node.id: _step(node, scenario) for node in graph.nodes.values() if node.type == TASK}

    @cached_property
    def forward(self) -> Mapping[str, tuple[str, ...]]:
        """Node → next nodes, without the flows that lead back."""
        found: dict[str, list[str]] = {}
        state: dict[str, int] = {}
        starts = [node.id for node in self.graph.nodes.values() if not node.incoming and not node.host]
        for start in starts or list(self.graph.nodes)[:1]:
            self._walk(start, found, state)
        return {node: tuple(targets) for node, targets in found.items()}

    def _walk(self, start: str, found: dict[str, list[str]], state: dict[str, int]) -> None:
        """Depth first without recursion; state 1: on the way, 2: done."""
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            node, over = todo.pop()
            if over:
                state[node] = 2
                continue
            if node in state:
                continue
            state[node], found[node] = 1, []
            todo.append((node, True))
            for target in self._onward(node):
                if state.get(target) != 1:
                    found[node].append(target)
                    todo.append((target, False))

    def _onward(self, id: str) -> Iterable[str]:
        node = self.graph.nodes[id]
        return [flow.target for flow in node.out] + list(node.boundary)

    @cached_property
    def following(self) -> Mapping[str, frozenset[str]]:
        """Step → steps that may come next, forwards."""
        return {step: frozenset(self._next(step)) for step in self.steps}

    def _next(self, step: str) -> Iterable[str]:
        todo, seen = list(self.forward.get(step, ())), set()
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            if node in self.steps:
                yield node
            else:
                todo += self.forward.get(node, ())

    @property
    def handovers(self) -> list[tuple[str, str]]:
        """Pairs of consecutive steps of different roles."""
        return [
            (step, other)
            for step, others in self.following.items()
            for other in sorted(others)
            if self.steps[step].role != self.steps[other].role
        ]

    @cached_property
    def critical(self) -> tuple[float, tuple[str, ...]]:
        """The longest way forwards: its working days and its steps."""
        best: dict[str, tuple[float, tuple[str, ...]]] = {}
        for step in self._backwards():
            after = max((best[each] for each in self.following[step]), default=(0.0, ()))
            best[step] = (self.steps[step].days + after[0], (step, *after[1]))
        return max(best.values(), default=(0.0, ()))

    def _backwards(self) -> list[str]:
        """Steps, each after all that follow it."""
        order: list[str] = []
        todo = [(step, False) for step in reversed(self.steps)]
        seen: set[str] = set()
        while todo:
            step, over = todo.pop()
            if over:
                order.append(step)
            elif step not in seen:
                seen.add(step)
                todo.append((step, True))
                todo += [(each, False) for each in sorted(self.following[step])]
        return order

    @property
    def asked(self) -> frozenset[str]:
        """Elements that only the applicant can bring."""
        read = frozenset[str]().union(*(step.reads for step in self.steps.values()))
        return read - frozenset[str]().union(*(step.writes for step in self.steps.values()))

    def to_data(self) -> dict[str, Any]:
        days, way = self.critical
        return {
            "id": self.graph.process,
            "name": self.graph.name,
            "steps": [step.to_data() for step in self.steps.values()],
            "roles": sorted({step.role for step in self.steps.values()}),
            "handovers": [list(pair) for pair in self.handovers],
            "critical": {"days": days, "steps": list(way)},
            "asked": sorted(self.asked),
            "visits": sum(step.visit for step in self.steps.values()),
        }


def _step(node: Node, scenario: Scenario | None) -> Step:
    own = node.attributes
    return Step(
        node.id,
        node.name or node.id,
        str(own.get("role", "")),
        _days(node, scenario),
        _elements(own.get("reads")),
        _elements(own.get("writes")) | _elements(own.get("form")),
        str(own.get("visit", "")) == "true",
    )


def _days(node: Node, scenario: Scenario | None) -> float:
    stated = scenario.steps.get(node.id) if scenario else None
    if stated is not None:
        return stated.delay.mean + stated.work.mean / HOURS_A_DAY
    due = node.attributes.get("due")
    return float(due) if isinstance(due, int) else 1.0


def _elements(value: Any) -> frozenset[str]:
    return frozenset(value.split() if isinstance(value, str) else map(str, value or ()))

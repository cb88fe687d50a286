"""Models: compiled once, evaluated many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdbos_feel.api import spelled
from gdbos_feel.boundary import feel, plain
from gdbos_feel.dmn.assembly import assemble
from gdbos_feel.dmn.errors import DmnError
from gdbos_feel.dmn.graph import Evaluation, Node
from gdbos_feel.dmn.reader import Definitions, read
from gdbos_feel.dmn.session import Result, Session
from gdbos_feel.env import MOST_SECONDS, MOST_STEPS, too_deep


class Model:
    """A compiled model with what it imports. `faults`: texts that are not FEEL."""

    def __init__(self, definitions: Definitions, others: Mapping[str, Definitions]) -> None:
        self.name, self.namespace = definitions.name, definitions.namespace
        self.sources = definitions, others
        nodes, self.faults = assemble(definitions, others)
        self._nodes = nodes
        own = [node for node in nodes.values() if node.key[0] == self.namespace]
        self._called: dict[tuple[str, str], Node] = {}
        for node in own:
            for called in (node.name, node.title, node.key[1]):
                self._called.setdefault((node.kind, called), node)

    def decisions(self) -> list[str]:
        return [n.name for n in self._nodes.values() if n.kind == "decision" and n.key[0] == self.namespace]

    def evaluate(
        self,
        decision: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        steps: int = MOST_STEPS,
        seconds: float = MOST_SECONDS,
    ) -> Result:
        """The decision from input data by name. An input of an imported model may be named
        `namespace#name`. DmnError for a decision that is not there; FeelBudgetError past the budget."""
        node = self.node("decision", decision)
        session = Session(steps, seconds)
        evaluation = Evaluation(self._nodes, session, given=values_of(inputs or {}))
        try:
            value = evaluation.value(node.key)
        except RecursionError as error:
            raise too_deep() from error
        return Result(plain(value), session.errors, session.notes)

    def decision_service(
        self,
        name: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        steps: int = MOST_STEPS,
        seconds: float = MOST_SECONDS,
    ) -> Result:
        """A decision service from the values of its input data and input decisions by name."""
        node = self.node("decisionService", name)
        session = Session(steps, seconds)
        values = {spelled(key): feel(value) for key, value in (inputs or {}).items()}
        needed = [key for key in (*node.data, *node.decisions) if key in self._nodes]
        session.errors += [
            f"{self._nodes[key].name}: no value" for key in needed if self._nodes[key].name not in values
        ]
        try:
            value = Evaluation(self._nodes, session).serve(
                node, {key: values.get(self._nodes[key].name) for key in needed}
            )
        except RecursionError as error:
            raise too_deep() from error
        return Result(plain(value), session.errors, session.notes)

    def explain(self, decision: str, inputs: Mapping[str, Any] | None = None) -> list[Mapping[str, Any]]:
        """Which rows matched, cell by cell, and what each decision gave, in order."""
        return self.evaluate(decision, inputs).trace

    def node(self, kind: str, name: str) -> Node:
        """The element of that kind with this name or id; DmnError without it."""
        node = self._called.get((kind, name)) or self._called.get((kind, spelled(name)))
        if node is None:
            raise DmnError(f"{self.name} has no {kind} {name!r}")
        return node


def values_of(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The FEEL values of input data, by name as the parser spells it."""
    return {name if name.isidentifier() else spelled_key(name): feel(value) for name, value in inputs.items()}


def spelled_key(key: str) -> str:
    """`namespace#name` or a name, the name as the parser spells it."""
    if key.isidentifier():
        return key
    namespace, sign, name = key.rpartition("#")
    return f"{namespace}{sign}{spelled(name)}"


def compile(definitions: Definitions, imports: Iterable[Definitions] = ()) -> Model:
    """The model with those it imports, nearest or farthest first; DmnError when imports turn in a circle."""
    return Model(definitions, {each.namespace: each for each in imports})


def load(xml: bytes, imports: Iterable[bytes] = ()) -> Model:
    """Read and compile."""
    return compile(read(xml), [read(each) for each in imports])

"""The elements of compiled models: inputs, decisions, knowledge and services, and how they find each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_feel.boundary import plain
from gdbos_feel.dmn.session import Session, fault, note
from gdbos_feel.env import DEEPEST_CALLS, Env, Function, Run, too_deep
from gdbos_feel.types import FunctionOf, Type, convert, sure

Key = tuple[str, str]
"""(namespace, id)."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element. `needs`: what it requires, with the name of the import through which it is seen ("" for its
    own model). `run`: its logic; `outputs`, `decisions`, `data`: of a decision service. `name`: of its variable, by
    which others read it; `title`: its own, where that differs."""

    key: Key
    kind: str
    name: str
    declared: Type | None
    needs: tuple[tuple[str, Key], ...] = ()
    run: Run | None = None
    outputs: tuple[Key, ...] = ()
    decisions: tuple[Key, ...] = ()
    data: tuple[Key, ...] = ()
    title: str = ""
    whole_name: str = field(init=False)
    sure: frozenset[type] = field(init=False)
    """Python types whose values need no look at `declared`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sure", sure(self.declared))
        object.__setattr__(self, "whole_name", f"{self.key[0]}#{self.name}")


Nodes = Mapping[Key, Node]


@dataclass(slots=True)
class Evaluation:
    """One walk over the graph: every element is evaluated once. `given`: input data by name, or by whole name."""

    nodes: Nodes
    session: Session
    known: dict[Key, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    depth: int = 0

    def value(self, key: Key) -> Any:
        """The value of an element; null, and an error, for one that is not there."""
        known = self.known
        if key in known:
            return known[key]
        node = self.nodes.get(key)
        if node is not None and node.kind == "inputData":
            given, whole = self.given, node.whole_name
            found = given[whole] if whole in given else given.get(node.name)
            if type(found) not in node.sure:
                found = self._checked(node, found)
        else:
            self.depth += 1
            if self.depth > DEEPEST_CALLS:
                raise too_deep()
            found = self._find(node, key)
            self.depth -= 1
        known[key] = found
        return found

    def _find(self, node: Node | None, key: Key) -> Any:
        if node is None:
            return fault(self.scope(()), f"{key[1]}: no such element")
        if node.kind == "decisionService":
            return self._service(node)
        env = self.scope(node.needs)
        if node.kind == "businessKnowledgeModel":
            return node.run(env) if node.run is not None else None
        value = node.run(env) if node.run is not None else None
        if type(value) not in node.sure:
            value = self._checked(node, value)
        note(env, lambda: {"decision": node.name, "value": plain(value)})
        return value

    def _checked(self, node: Node, value: Any) -> Any:
        if node.declared is None or node.declared.admits(value):
            return value
        found, fits = convert(value, node.declared)
        if not fits:
            fault(self.scope(()), f"{node.name}: the value is not of its type")
        return found

    def scope(self, needs: tuple[tuple[str, Key], ...]) -> Env:
        """The names that an element sees: those of its requirements."""
        names: dict[str, Any] = {}
        nodes = self.nodes
        for prefix, key in needs:
            node = nodes.get(key)
            if node is None:
                fault(Env({}, self.session), f"{key[1]}: no such element")
            elif prefix:
                names.setdefault(prefix, {})[node.name] = self.value(key)
            else:
                names[node.name] = self.value(key)
        return Env(names, self.session)

    def _service(self, node: Node) -> Function:
        keys = [key for key in (*node.data, *node.decisions) if key in self.nodes]
        parameters = [self.nodes[key] for key in keys]
        names = tuple(each.name for each in parameters)

        def body(env: Env) -> Any:
            return self.serve(node, {key: env.get(name) for key, name in zip(keys, names, strict=True)})

        declared = node.declared.result if isinstance(node.declared, FunctionOf) else node.declared
        types = tuple(each.declared for each in parameters)
        return Function(names, types, body, Env({}, self.session), declared, strict=True)

    def serve(self, node: Node, values: Mapping[Key, Any]) -> Any:
        """A decision service: its decisions are evaluated from these values alone."""
        inner = type(self)(self.nodes, self.session, depth=self.depth)
        for key, value in values.items():
            inner.known[key] = inner._checked(self.nodes[key], value)
        found = {self.nodes[key].name: inner.value(key) for key in node.outputs if key in self.nodes}
        return next(iter(found.values())) if len(found) == 1 else found

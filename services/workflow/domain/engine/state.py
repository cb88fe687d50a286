"""One command at work: a cheap copy of the document that may change, and the effects so far.

Inner objects of the document (a token, a scope, a wait) are replaced, never altered, so that the document given
by the caller stays as it was without a deep copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from services.workflow.domain.engine.documents import ROOT, VERSION, Doc, upgraded
from services.workflow.domain.engine.effects import (
    Effect,
    Effects,
    Ended,
    TaskCancelled,
    TimerCancelled,
    Trace,
    Unsubscribed,
)
from services.workflow.domain.engine.graph import Graph, Node

EXIT = "\0exit"  # stands in place of a flow: the token goes on from the node instead of entering it

trace = lru_cache(maxsize=16384)(Trace)


class Run:
    """The working state of one command. `stack`: tokens on their way, (node, scope, flow or EXIT)."""

    __slots__ = (
        "graph", "nodes", "now", "process", "state", "number", "vars", "tokens", "scopes", "live", "waits",
        "joins", "outcome", "effects", "stack", "signals", "changed",
    )  # fmt: skip

    def __init__(self, graph: Graph, doc: Doc, now: datetime) -> None:
        if doc["v"] != VERSION:
            doc = upgraded(doc)
        self.graph = graph
        self.nodes = graph.nodes
        self.now = now
        self.process: str = doc["process"]
        self.state: str = doc["state"]
        self.number: int = doc["n"]
        self.vars: dict[str, Any] = doc["vars"]
        self.tokens: dict[str, dict[str, Any]] = doc["tokens"].copy()
        self.scopes: dict[str, dict[str, Any]] = doc["scopes"].copy()
        self.live: dict[str, int] = doc["live"].copy()
        self.waits: dict[str, dict[str, Any]] = doc["waits"].copy()
        self.joins: dict[str, dict[str, int]] = doc["joins"].copy()
        self.outcome: list[str] = doc["outcome"]
        self.effects: list[Effect] = []
        self.stack: list[tuple[Node, str, str]] = []
        self.signals: list[str] = []
        self.changed = False

    def result(self) -> tuple[Doc, Effects]:
        doc = {
            "v": VERSION,
            "process": self.process,
            "state": self.state,
            "n": self.number,
            "vars": self.vars,
            "tokens": self.tokens,
            "scopes": self.scopes,
            "live": self.live,
            "waits": self.waits,
            "joins": self.joins,
            "outcome": self.outcome,
        }
        return doc, tuple(self.effects)

    def new(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def park(self, facts: dict[str, Any]) -> str:
        """A token that stands at a node: {e: node, s: scope, …}; its id."""
        self.number += 1
        token = f"t{self.number}"
        self.tokens[token] = facts
        return token

    def trace(self, node: Node, event: str) -> None:
        self.effects.append(trace(node.id, node.type, event))

    # Variables

    def context(self, scope: str) -> Mapping[str, Any]:
        """All variables visible in the scope; not to be altered."""
        layers: list[Mapping[str, Any]] = []
        while scope != ROOT:
            found = self.scopes[scope]
            if "v" in found:
                layers.append(found["v"])
                if "iso" in found:
                    break
            scope = found["p"]
        else:
            layers.append(self.vars)
        if len(layers) == 1:
            return layers[0]
        merged: dict[str, Any] = {}
        for layer in reversed(layers):
            merged.update(layer)
        return merged

    def assign(self, scope: str, variables: Mapping[str, Any]) -> None:
        """Each variable goes where it is declared, from the inside out; a new one to the process."""
        if not variables:
            return
        self.changed = True
        if scope == ROOT:
            self.vars = {**self.vars, **variables}
            return
        rest = dict(variables)
        while scope != ROOT and rest:
            found = self.scopes[scope]
            if "v" in found:
                names = [name for name in rest if "iso" in found or name in found["v"]]
                if names:
                    mine = {name: rest.pop(name) for name in names}
                    self.scopes[scope] = {**found, "v": {**found["v"], **mine}}
            scope = found["p"]
        if rest:
            self.vars = {**self.vars, **rest}

    # Ending things before their time

    def disarm(self, owner: str) -> None:
        """Withdraw every timer and subscription of a token or scope."""
        for wait in [wait for wait, facts in self.waits.items() if facts["o"] == owner]:
            self.forget(wait)

    def forget(self, wait: str) -> None:
        kind = self.waits.pop(wait)["k"]
        if kind == "timer":
            self.effects.append(TimerCancelled(wait))
        elif kind != "conditional":
            self.effects.append(Unsubscribed(wait))

    def drop(self, token: str) -> None:
        """Take away a standing token with all that belongs to it. The count of its scope is the caller's."""
        facts = self.tokens.pop(token)
        self.disarm(token)
        for scope in [scope for scope, found in self.scopes.items() if found["o"] == token]:
            self.close(scope)
        if "k" in facts:
            self.effects.append(TaskCancelled(token, facts["k"]))
        self.trace(self.nodes[facts["e"]], "cancel")

    def clear(self, scope: str) -> None:
        """No token is left in the scope: neither standing, nor waiting in a join, nor on its way."""
        self.live[scope] = 0
        if not (self.tokens or self.joins or self.stack):
            return
        for token in [token for token, facts in self.tokens.items() if facts["s"] == scope]:
            self.drop(token)
        for key in [key for key in self.joins if key.startswith(f"{scope}:")]:
            del self.joins[key]
        self.stack[:] = [item for item in self.stack if item[1] != scope]

    def close(self, scope: str) -> None:
        self.clear(scope)
        if self.waits:
            self.disarm(scope)
        del self.scopes[scope]
        del self.live[scope]

    def end(self, state: str, element: str, outcome: str, attributes: Mapping[str, Any]) -> None:
        """The whole instance is over."""
        if ROOT in self.scopes:
            self.close(ROOT)
        self.state = state
        self.effects.append(Ended(element, outcome, attributes))

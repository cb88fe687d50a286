"""Joins that wait for ever, found by playing every choice of branches on the bare flows (a workflow net).

Activities pass, boundary events may or may not take the token, exclusive and event gateways take any way, inclusive
ones any set of ways (pairs and all, when there are many). Places hold at most two tokens; the search stops after
MOST markings, and then says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import Container, Node, Process
from services.workflow.domain.engine.lint.messages import finding
from services.workflow.domain.engine.lint.paths import handler

MOST = 20_000
Marking = frozenset[tuple[str, int]]  # (flow, tokens on it)


def findings(process: Process) -> Iterator[Finding]:
    for container in process.containers.values():
        if any(node.tag == "parallelGateway" for node in container.nodes):
            yield from _Net(container).findings()


class _Net:
    """The flows of one container as places; nodes as transitions."""

    def __init__(self, container: Container) -> None:
        self.nodes = {node.id: node for node in container.nodes if not handler(node)}
        self.into: dict[str, list[str]] = {node: [] for node in self.nodes}
        self.out: dict[str, list[str]] = {node: [] for node in self.nodes}
        self.conditional: set[str] = set()
        self.target: dict[str, str] = {}
        for flow in container.flows:
            self.into[flow.target].append(flow.id)
            self.out[flow.source].append(flow.id)
            self.target[flow.id] = flow.target
            if flow.condition:
                self.conditional.add(flow.id)
        self.beside: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.tag == "boundaryEvent":
                self.beside.setdefault(node.attributes["attachedToRef"], []).append(node)
        self.multiplied: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        begin = [node for node in self.nodes.values() if node.tag == "startEvent"]
        pending = [self.add(Counter(), way) for node in begin for way in self.choices(node)]
        seen, dead, finished = set(pending), set(), False
        while pending:
            if len(seen) > MOST:
                return
            marking = pending.pop()
            following = list(self.step(marking))
            if not following:
                stuck = {self.target[flow] for flow, _ in marking}
                dead |= stuck
                finished = finished or not stuck
            for each in following:
                if each not in seen:
                    seen.add(each)
                    pending.append(each)
        for join in sorted(dead):
            yield finding("may_deadlock" if finished else "deadlock", join, line=self.nodes[join].line)
        for node in sorted(self.multiplied):
            yield finding("multiplies", node, line=self.nodes[node].line)

    def step(self, marking: Marking) -> Iterator[Marking]:
        """Every marking one move later; a terminate end empties it."""
        tokens = Counter(dict(marking))
        for node_id in sorted({self.target[flow] for flow in tokens}):
            node = self.nodes[node_id]
            ready = [flow for flow in self.into[node_id] if tokens[flow]]
            if node.tag == "parallelGateway":
                if len(ready) == len(self.into[node_id]):
                    yield from self.move(tokens, node, ready)
            elif node.tag == "inclusiveGateway":
                yield from self.move(tokens, node, ready)
            else:
                for flow in ready:
                    yield from self.move(tokens, node, [flow])

    def move(self, tokens: Counter[str], node: Node, taken: list[str]) -> Iterator[Marking]:
        if node.tag == "endEvent" and any(each.kind in ("terminate", "error") for each in node.definitions):
            yield frozenset()
            return
        left = tokens - Counter(taken)
        for way in self.choices(node):
            yield self.add(left, way)

    def add(self, tokens: Counter[str], way: tuple[str, ...]) -> Marking:
        after = tokens + Counter(way)
        for flow, count in after.items():
            if count > 2:
                self.multiplied.add(self.target[flow])
                after[flow] = 2
        return frozenset(after.items())

    def choices(self, node: Node) -> list[tuple[str, ...]]:
        """The sets of outgoing flows that one completion of the node may take."""
        out = self.out[node.id]
        if node.tag in ("exclusiveGateway", "eventBasedGateway"):
            ways: list[tuple[str, ...]] = [(flow,) for flow in out] or [()]
        elif node.tag == "inclusiveGateway":
            sizes = range(1, len(out) + 1) if len(out) <= 4 else (1, 2, len(out))
            ways = [way for size in sizes for way in combinations(out, size)] or [()]
        else:
            sure = tuple(flow for flow in out if flow not in self.conditional)
            ways = [sure] if sure or not out else [(flow,) for flow in out]
        normal = list(ways)
        for event in self.beside.get(node.id, ()):
            aside = tuple(self.out[event.id])
            ways.append(aside)
            if event.attributes.get("cancelActivity") == "false":
                ways += [way + aside for way in normal]
        return ways

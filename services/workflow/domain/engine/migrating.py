"""A running instance carried from one version of its process to another.

What stands, waits or has arrived in a join stays where it is by the stable id of its element or flow; `moves`
(old id → new id) says otherwise. A wait that both versions have goes on as it was: its timer keeps its due time.
Events that only the new version has begin to wait now, those that it has no more are withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import Fault
from services.workflow.domain.engine.behaviours import attributes_of
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.effects import Effects, TaskRevised
from services.workflow.domain.engine.events import arm
from services.workflow.domain.engine.graph import Graph, Node
from services.workflow.domain.engine.joins import fire_and
from services.workflow.domain.engine.settling import settle
from services.workflow.domain.engine.state import Run

_WAITING = ("timer", "message", "signal", "conditional")
_REASONS = {
    "element_gone": ("新版本没有该节点", "新版本沒有該節點", "the new version has no such element"),
    "flow_gone": (
        "新版本没有已到达的连线",
        "新版本沒有已到達的連線",
        "the new version has no such flow into the join",
    ),
    "kind_changed": ("节点类型不同", "節點類型不同", "the element is of another kind"),
    "scope_moved": ("节点移到了另一子流程", "節點移到了另一子流程", "the element lies in another subprocess"),
}


@dataclass(frozen=True, slots=True)
class Versions:
    """The two graphs and what was said about ids that differ."""

    old: Graph
    new: Graph
    moves: Mapping[str, str]

    def target(self, id: str) -> str:
        if id == self.old.process:
            return self.new.process
        return self.moves.get(id, id)


def obstacles(versions: Versions, doc: Doc) -> list[Fault]:
    """Why the instance cannot be carried over; the pointer names the element or flow of the old version."""
    found = dict.fromkeys(_obstacles(versions, doc))
    return [_fault(id, code) for id, code in found]


def migrate(versions: Versions, doc: Doc, now: datetime) -> tuple[Doc, Effects]:
    """The instance on the new version; only for one without obstacles. Incident when it cannot go on there."""
    run = Run(versions.new, {**doc, "process": versions.new.process}, now)
    spent = {each: _expected(versions.old, doc, each) for each in (*doc["tokens"], *doc["scopes"])}
    for part in (run.tokens, run.scopes, run.waits):
        for id, facts in part.items():
            part[id] = {**facts, "e": versions.target(facts["e"])}
    _joins(versions, run, doc)
    _revise(versions, run, doc)
    moved = {"tokens": run.tokens, "scopes": run.scopes}
    for owner in (*list(run.tokens), *list(run.scopes)):
        held = {versions.target(id) for id in spent[owner]}
        _rewait(run, owner, _expected(versions.new, moved, owner), held)
    fire_and(run)
    settle(run)
    return run.result()


def _obstacles(versions: Versions, doc: Doc) -> Iterator[tuple[str, str]]:
    for facts in doc["tokens"].values():
        yield from _standing(versions, facts["e"])
    for facts in doc["scopes"].values():
        if facts["e"] in versions.old.scopes and versions.target(facts["e"]) not in versions.new.scopes:
            yield facts["e"], "element_gone"
    for key, arrived in doc["joins"].items():
        element = key.partition(":")[2]
        yield from _standing(versions, element)
        join = versions.new.nodes.get(versions.target(element))
        for flow in arrived:
            if join is not None and versions.target(flow) not in join.incoming:
                yield flow, "flow_gone"


def _standing(versions: Versions, element: str) -> Iterator[tuple[str, str]]:
    old, new = versions.old.nodes[element], versions.new.nodes.get(versions.target(element))
    if new is None:
        yield element, "element_gone"
    elif _kind(old) != _kind(new):
        yield element, "kind_changed"
    elif new.scope != versions.target(old.scope):
        yield element, "scope_moved"


def _kind(node: Node) -> tuple[Any, ...]:
    """What two elements must share for a token to stand at either."""
    return node.kind, node.loop.kind if node.loop else "", node.event.kind if node.event else ""


def _joins(versions: Versions, run: Run, doc: Doc) -> None:
    """Tokens that arrived stay arrived; flows that become one have one arrival between them."""
    run.joins = {}
    for key, arrived in doc["joins"].items():
        scope, _, element = key.partition(":")
        counts: dict[str, int] = {}
        for flow, count in arrived.items():
            counts[versions.target(flow)] = max(count, counts.get(versions.target(flow), 0))
        run.live[scope] -= sum(arrived.values()) - sum(counts.values())
        run.joins[f"{scope}:{versions.target(element)}"] = counts


def _revise(versions: Versions, run: Run, doc: Doc) -> None:
    for token, facts in run.tokens.items():
        if facts.get("k") != "task":
            continue
        old, new = versions.old.nodes[doc["tokens"][token]["e"]], run.nodes[facts["e"]]
        if (old.id, old.name, old.attributes) != (new.id, new.name, new.attributes):
            run.effects.append(TaskRevised(token, new.id, new.name, attributes_of(run, new, facts["s"])))


def _expected(graph: Graph, doc: Mapping[str, Any], owner: str) -> list[str]:
    """The event nodes for which a token or scope may wait."""
    if owner in doc["scopes"]:
        found = doc["scopes"][owner]
        return [] if "i" in found else list(graph.scopes[found["e"]].handlers)
    facts = doc["tokens"][owner]
    node = graph.nodes[facts["e"]]
    events = [] if "i" in doc["scopes"][facts["s"]] else list(node.boundary)
    if node.kind == "catch":
        events.append(node.id)
    if node.kind == "events":
        events += [flow.target for flow in node.out]
    return events


def _rewait(run: Run, owner: str, expected: list[str], before: set[str]) -> None:
    """Waits of one owner: withdrawn, kept, renamed, new. What was spent in the old version stays spent."""
    scope = owner if owner in run.scopes else run.tokens[owner]["s"]
    renewed = set()
    for wait, facts in list(run.waits.items()):
        if facts["o"] != owner:
            continue
        event = run.nodes[facts["e"]].event if facts["e"] in expected else None
        if event is not None and event.kind == facts["k"] and facts.get("n", event.name) == event.name:
            continue
        run.forget(wait)
        renewed.add(facts["e"])
    for each in expected:
        event = run.nodes[each].event
        if event is not None and event.kind in _WAITING and (each not in before or each in renewed):
            arm(run, run.nodes[each], owner, scope)


def _fault(id: str, code: str) -> Fault:
    hans, hant, english = _REASONS[code]
    return Fault(f"/{id}", code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})

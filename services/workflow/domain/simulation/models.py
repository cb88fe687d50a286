"""A compiled process made ready to be simulated: ways and waits that the scenario states replace the model's own.

The simulated process runs on the engine that runs real cases, so both mean the same by the same model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain.engine.graph import Event, Flow, Graph, Node
from services.workflow.domain.simulation.faults import fault
from services.workflow.domain.simulation.scenario import Member, Scenario, Step, stated

WAITING = ("intermediateCatchEvent", "receiveTask")
TASK = "userTask"


@dataclass(frozen=True, slots=True)
class Prepared:
    """ways: variable → shares of the flows it chooses from. waits: event → when the scenario says it comes."""

    member: Member
    graph: Graph
    ways: Mapping[str, Mapping[str, float]]


def prepare(graph: Graph, member: Member, scenario: Scenario) -> Prepared:
    """BadInput with every task without a duration or a role, every wait without an end, every unknown flow."""
    faults = list(_faults(graph, member, scenario))
    if faults:
        raise BadInput(faults=faults)
    nodes = dict(graph.nodes)
    ways: dict[str, Mapping[str, float]] = {}
    for node in graph.nodes.values():
        shares = stated(scenario.branches, member.id, node.id)
        if shares is not None:
            variable = f"simulated_{len(ways)}"
            ways[variable] = shares
            nodes[node.id] = replace(node, out=tuple(_chosen(flow, variable) for flow in node.out))
        elif _timed(node) and stated(scenario.waits, member.id, node.id) is not None:
            nodes[node.id] = replace(node, event=_at_once(node))
    return Prepared(member, replace(graph, nodes=nodes), ways)


def step_of(node: Node, member: str, scenario: Scenario) -> Step | None:
    return stated(scenario.steps, member, node.id)


def role_of(node: Node, member: str, scenario: Scenario) -> str:
    """The key of the role in the scenario that does the task; "" when nobody is stated."""
    step = step_of(node, member, scenario)
    name = (step.role if step else "") or str(node.attributes.get("role", ""))
    return next((each for each in (f"{member}.{name}", name) if each in scenario.roles), "")


def shares_of(prepared: Prepared, step: str, scenario: Scenario) -> Mapping[str, float]:
    """The step's own shares; else the first action, less the general rates of corrections and returns."""
    own = stated(scenario.steps, prepared.member.id, step)
    if own is not None and own.actions:
        return own.actions
    actions = [str(each) for each in prepared.graph.nodes[step].attributes.get("actions", ())]
    if not actions:
        return {}
    rates = {"correct": scenario.corrections, "return": scenario.returns}
    aside = {name: rate for name, rate in rates.items() if name in actions[1:] and rate > 0}
    return {actions[0]: max(0.0, 1 - sum(aside.values())), **aside}


def _faults(graph: Graph, member: Member, scenario: Scenario) -> Iterator[Fault]:
    for node in graph.nodes.values():
        if node.type == TASK:
            if step_of(node, member.id, scenario) is None:
                yield fault(f"/steps/{node.id}", "step", node.name or node.id)
            elif not role_of(node, member.id, scenario):
                name = str(node.attributes.get("role", "")) or node.id
                yield fault(f"/roles/{name}", "role", name)
        elif _from_outside(node) and stated(scenario.waits, member.id, node.id) is None:
            yield fault(f"/waits/{node.id}", "wait", node.name or node.id)
        for flow in stated(scenario.branches, member.id, node.id) or ():
            if flow not in {each.id for each in node.out}:
                yield fault(f"/branches/{node.id}/{flow}", "flow", flow)


def _from_outside(node: Node) -> bool:
    """A case stops there until somebody acts."""
    return node.type in WAITING and node.event is not None and node.event.kind in ("message", "signal")


def _timed(node: Node) -> bool:
    return node.event is not None and node.event.kind == "timer"


def _chosen(flow: Flow, variable: str) -> Flow:
    return replace(flow, condition=f'{variable} = "{flow.id}"')


def _at_once(node: Node) -> Event | None:
    """A timer that the engine can schedule whatever the model says; when it fires, the scenario decides."""
    event = node.event
    return event and replace(event, timer="duration", expression='"PT0S"')

"""Running a command until every token stands still, and the events that set tokens going again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.domain.engine.behaviours import BEHAVIOURS
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.events import rearm
from services.workflow.domain.engine.expressions import holds
from services.workflow.domain.engine.joins import fire_or
from services.workflow.domain.engine.loops import start_loop
from services.workflow.domain.engine.moving import go_out, leave
from services.workflow.domain.engine.raising import cross
from services.workflow.domain.engine.scopes import handle
from services.workflow.domain.engine.state import EXIT, Run

MOST_STEPS = 50_000


def settle(run: Run) -> None:
    """Signals and conditions are looked at when nothing moves, so that receivers of the same step hear them."""
    steps = 0
    while True:
        steps = _move(run, steps)
        if run.joins and run.graph.merging and fire_or(run):
            continue
        if run.signals:
            broadcast(run, run.signals.pop(0), {})
        elif not (run.changed and run.waits and _conditions(run)):
            break
    if run.joins and not run.waits:
        _ask_for_a_task(run)


def _move(run: Run, steps: int) -> int:
    """Every token on its way goes on until it stands. `steps` taken before and after."""
    stack, scopes, effects = run.stack, run.scopes, run.effects
    while stack:
        node, scope, flow = stack.pop()
        if scope not in scopes:
            continue  # its scope was interrupted while the token was on its way
        steps += 1
        if steps > MOST_STEPS:
            raise _endless(node.id)
        if flow is EXIT:
            go_out(run, node, scope)
        elif node.loop is not None and "i" not in scopes[scope]:
            start_loop(run, node, node.loop, scope)
        else:
            effects.append(node.entered)
            BEHAVIOURS[node.kind](run, node, scope, flow)
    return steps


def _ask_for_a_task(run: Run) -> None:
    """Joins wait: somebody must have a task or a job that can bring a token to them."""
    for facts in run.tokens.values():
        if "k" in facts:
            return
    raise _deadlock(next(iter(run.joins)).partition(":")[2])


def broadcast(run: Run, name: str, variables: Mapping[str, Any]) -> None:
    """Every subscription to the signal that is still there when its turn comes."""
    for wait, facts in list(run.waits.items()):
        if facts["k"] == "signal" and facts["n"] == name and wait in run.waits:
            trigger(run, wait, variables)


def trigger(run: Run, wait: str, variables: Mapping[str, Any]) -> None:
    """The event came: its token goes on, or a boundary event or event subprocess begins."""
    facts = run.waits[wait]
    run.assign(facts["s"], variables)
    node = run.nodes[facts["e"]]
    if facts["o"] in run.scopes:
        _spend(run, wait, node.event is not None and node.event.interrupting)
        handle(run, node, facts["s"])
        return
    token = facts["o"]
    if node.type == "boundaryEvent":
        _spend(run, wait, node.event is not None and node.event.interrupting)
        cross(run, node, token)
        return
    place = run.nodes[run.tokens.pop(token)["e"]]
    run.waits.pop(wait)
    run.disarm(token)
    if place.id != node.id:
        run.trace(place, "leave")
        run.trace(node, "enter")
    leave(run, node, facts["s"])


def _spend(run: Run, wait: str, interrupting: bool) -> None:
    """What fired is not withdrawn with the rest; what interrupts nothing may fire again."""
    if interrupting:
        run.waits.pop(wait)
    else:
        rearm(run, wait)


def _conditions(run: Run) -> bool:
    """Trigger one conditional event whose condition became true; it must be false again before it can repeat."""
    run.changed = False
    for wait, facts in run.waits.items():
        if facts["k"] != "conditional":
            continue
        event = run.nodes[facts["e"]].event
        true = event is not None and holds(event.expression, run.context(facts["s"]), facts["e"])
        if true != facts.get("was", False):
            run.waits[wait] = {**facts, "was": true}
            if true:
                run.changed = True
                trigger(run, wait, {})
                return True
    return False


def _endless(element: str) -> Incident:
    return Incident(
        element,
        "endless_loop",
        "循环没有等待点，无法停下",
        "迴圈沒有等待點，無法停下",
        "the process runs in a circle without ever waiting",
    )


def _deadlock(element: str) -> Incident:
    return Incident(
        element,
        "deadlock",
        "汇聚网关等待的分支永远不会到达",
        "匯聚閘道等待的分支永遠不會到達",
        "the join waits for a branch that can never arrive",
    )

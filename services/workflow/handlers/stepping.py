"""One engine command on a case: its document changes, its waits and its history with it. Nothing here commits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain.case import Case
from services.workflow.domain.engine import DefaultTaken, Effects, Graph, history
from services.workflow.domain.engine.replay import Command, carry_out
from services.workflow.domain.faults import fault
from services.workflow.ports import Room

Json = Mapping[str, Any]
OWN_JOBS = frozenset(("document", "licence", "service", "send", "decide", "call", "revoke"))
"""Jobs that the service does itself, in the same commit; of the plain kinds, nothing is asked."""


def graph_of(case: Case, room: Room) -> Graph:
    """The graph of the version that the case runs on; it never changes under a running case unless migrated."""
    found = room.processes.graph(case.process, case.process_version)
    if found is None:
        raise BadInput(faults=[fault("/item", "no_process", case.process)])
    return found[0]


def step(case: Case, command: Command, room: Room, key: str = "", **facts: Any) -> Effects:
    """The command's effects. What it repeats under `key` is unique in the case: Conflict when it was done before.
    `facts` are kept with the step.

    A message or signal that nobody waits for leaves no trace.
    """
    before, graph = case.doc, graph_of(case, room)
    doc, effects = carry_out(graph, case.doc, command, room.work.now)
    if doc is case.doc:
        return effects
    case.doc = doc
    settle_waits(case, graph, before, room)
    record(case, command, room, key, **{**facts, **_unknowing(effects)})
    return effects


def _unknowing(effects: Effects) -> dict[str, Any]:
    """{defaults: [{element, flow, missing}]} of the default ways that were taken while facts were missing; {} of none."""
    taken = [dataclasses.asdict(each) for each in effects if isinstance(each, DefaultTaken)]
    return {"defaults": taken} if taken else {}


def record(case: Case, command: Command, room: Room, key: str = "", **facts: Any) -> None:
    """One step of history, sealed over the one before."""
    case.steps += 1
    row: dict[str, Any] = {
        "case_no": case.case_no,
        "seq": case.steps,
        "at": room.work.at,
        "actor": room.history.actor(),
        "command": command.do,
        "key": key,
        "body": history.body_of(command, case.process_version, case.doc, **facts),
    }
    case.seal = history.seal(case.seal, row)
    room.history.add({**row, "hash": case.seal})


def done_before(case_no: str, key: str, wanted: Json, room: Room) -> bool:
    """Whether this caller gave this command before: then it is done, and the answer is the same."""
    found = room.history.find(case_no, key)
    if found is None or found["actor"] != room.history.actor():
        return False
    variables = json.loads(found["body"]).get("variables", {})
    return all(variables.get(name) == value for name, value in wanted.items())


def settle_waits(case: Case, graph: Graph, before: Json, room: Room) -> None:
    """Jobs, timers and subscriptions as the document now has them, whether they were withdrawn or came true."""
    for token, facts in before.get("tokens", {}).items():
        over = facts.get("k") == "job" and token not in case.doc["tokens"]
        if over and graph.nodes[facts["e"]].attributes.get("job", "call") not in OWN_JOBS:
            room.jobs.drop(case.case_no, token)
    held = before.get("waits", {})
    for wait in held.keys() - case.doc["waits"].keys():
        if held[wait]["k"] == "timer":
            room.timers.drop(case.case_no, wait)
        elif held[wait]["k"] != "conditional":
            room.subscriptions.drop(case.case_no, wait)
    for wait, facts in case.doc["waits"].items():
        if wait in held:
            continue
        if facts["k"] == "timer":
            room.timers.put(case.case_no, wait, datetime.fromisoformat(facts["due"]))
        elif facts["k"] != "conditional":
            room.subscriptions.put(case.case_no, wait, facts["n"], facts["key"], facts["k"])

"""Running cases carried to another version of their process: looked at first, all or none, and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.domain.engine import Graph, Incident
from services.workflow.domain.engine.behaviours import attributes_of
from services.workflow.domain.engine.effects import Effects
from services.workflow.domain.engine.migrating import Versions, migrate, obstacles
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.engine.state import Run
from services.workflow.domain.faults import fault
from services.workflow.domain.paging import sealed
from services.workflow.handlers.administering import administered, administered_case
from services.workflow.handlers.advancing import follow
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.stepping import graph_of, record, settle_waits
from services.workflow.handlers.tasking import describe
from services.workflow.ports import Room

Json = Mapping[str, Any]


def migrate_cases(command: Json, id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{id, cases, blocked: [{case_no, faults}], applied}: every running case of `from` that the caller
    administers, or those named.

    Nothing is written in a dry run, or when any case is blocked. `id` is what undoes it.
    """
    versions = Versions(
        _graph(command["process"], command["from_version"], room),
        _graph(command["process"], command["to_version"], room),
        command["moves"],
    )
    cases, stayed = _chosen(command, administered(principal, room), room)
    moved, blocked = [], []
    for case in cases:
        try:
            found = obstacles(versions, case.doc)
            if not found:
                moved.append((case, migrate(versions, case.doc, room.work.now)))
        except Incident as error:
            found = list(error.faults)
        if found:
            blocked.append({"case_no": case.case_no, "faults": [each.to_data() for each in found]})
    applied = not blocked and not command["dry_run"] and bool(moved)
    if applied:
        for case, (doc, effects) in moved:
            _apply(case, doc, effects, command, id, versions, room)
        _note(command, id, {case.case_no: case.steps for case, _ in moved}, stayed, principal, room)
        room.work.audit("case.migrate", command["process"], migration=id, cases=len(moved))
        room.work.commit()
    return {"id": id, "cases": len(cases), "blocked": blocked, "applied": applied}


def undo(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Each case as it was before the migration; Conflict when one of them has moved on since, and none goes back.

    NotFound for a migration with a case that the caller does not administer.
    """
    carried = room.migrations.cases(id)
    if not carried:
        raise NotFound
    for case_no, seq in carried.items():
        case, step = administered_case(case_no, principal, room), room.history.find(case_no, _key(id))
        if step is None or not case.open or case.steps != seq:
            raise Conflict(faults=[fault(f"/{case_no}", "moved_on", case_no)])
        body = json.loads(step["body"])
        before = case.doc
        graph = graph_of(case, room)
        case.doc, case.process_version = body["before"], body["from"]
        settle_waits(case, graph, before, room)
        _tasks_back(case, before, room)
        record(case, Command("undo", id), room, f"undo:{id}")
        room.cases.save(case)
    room.migrations.undone(id, room.work.at, principal.id)
    room.work.audit("case.migrate.undo", id, cases=len(carried))
    room.work.commit()
    return {"id": id, "cases": len(carried)}


def migrations(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{migrations: [{id, process, from_version, to_version, moves, at, by, cases, stayed, moved_on, status, undone_at,
    undone_by}], next}: those that carried a case of the caller's agencies, the newest first.

    stayed: how many of the version were left there, None when nobody counted. status: undone; shared, with cases of
    agencies that the caller does not administer; moved_on, when one of the cases did something since and none can go
    back; else undoable.
    """
    agencies = administered(principal, room)
    found = room.migrations.page(agencies, query["process"], query["cursor"], query["limit"])
    full = len(found) == query["limit"]
    last = sealed(found[-1]["at"], found[-1]["id"]) if full else None
    return {"migrations": [{**_shown(row), "status": _status(row)} for row in found], "next": last}


def _shown(row: Json) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "others"}


def _status(row: Json) -> str:
    if row["undone_at"]:
        return "undone"
    if row["others"]:
        return "shared"
    return "moved_on" if row["moved_on"] else "undoable"


def _note(
    command: Json, id: str, cases: Mapping[str, int], stayed: int, principal: Principal, room: Room
) -> None:
    kept = {name: command[name] for name in ("process", "from_version", "to_version")}
    at = {"at": room.work.at, "by": principal.id}
    row = {"id": id, **kept, "moves": dict(command["moves"]), **at, "stayed": stayed}
    room.migrations.add({**row, "undone_at": None, "undone_by": None}, cases)


def _apply(
    case: Case, doc: dict[str, Any], effects: Effects, command: Json, id: str, versions: Versions, room: Room
) -> None:
    before, case.doc = case.doc, doc
    settle_waits(case, versions.old, before, room)
    was, case.process_version = case.process_version, command["to_version"]
    facts = {"from": was, "before": before, "moves": dict(command["moves"])}
    record(case, Command("migrate", id), room, _key(id), **facts)
    follow(case, effects, room)
    room.cases.save(case)
    if not case.open:
        after_end(case, room)


def _tasks_back(case: Case, before: Json, room: Room) -> None:
    """Tasks and jobs as the restored document has them."""
    graph = graph_of(case, room)
    for token in before["tokens"].keys() - case.doc["tokens"].keys():
        if before["tokens"][token].get("k") == "task":
            room.tasks.end(case.case_no, token, "cancelled")
    for token, facts in case.doc["tokens"].items():
        node, kind = graph.nodes[facts["e"]], facts.get("k")
        if kind == "task":
            attributes = attributes_of(Run(graph, case.doc, room.work.now), node, facts["s"])
            row = describe(case, node.id, node.name, attributes)
            room.tasks.revise(case.case_no, token, {**row, "status": "open"})
        elif kind == "job" and token not in before["tokens"]:
            job = str(node.attributes.get("job", "call"))
            room.jobs.put(case.case_no, token, job, node.id, node.attributes)


def _chosen(command: Json, agencies: Sequence[str], room: Room) -> tuple[Sequence[Case], int]:
    """All of these agencies (() is every one) that run on the version, or the ones named, which must; how many stay."""
    running = room.cases.running(command["process"], command["from_version"], agencies)
    if not command["cases"]:
        return running, 0
    known = {case.case_no: case for case in running}
    missing = [number for number in command["cases"] if number not in known]
    if missing:
        raise BadInput(faults=[fault(f"/cases/{n}", "not_on_version", n) for n in missing])
    chosen = [known[number] for number in dict.fromkeys(command["cases"])]
    return chosen, len(running) - len(chosen)


def _graph(process: str, version: int, room: Room) -> Graph:
    found = room.processes.graph(process, version)
    if found is None:
        raise NotFound
    return found[0]


def _key(id: str) -> str:
    return f"migrate:{id}"

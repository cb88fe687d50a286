"""SpiffWorkflow on the flow: in memory, and with its state in SQLite or PostgreSQL, the specification cached.

Run by the bench in an environment of its own: `spiff.py memory|sqlite|postgres|rounds COUNT [URL]` prints JSON.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine_flow import ANSWER, LOOP, MODEL, PAYLOAD
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.util.task import TaskState


def specification(model: str) -> Any:
    parser = BpmnParser()
    parser.add_bpmn_str(model.encode())
    return parser.get_spec("p")


SPEC = specification(MODEL)
WARM = 5


class Cached(BpmnWorkflowConverter):
    """The workflow without its specification, which stays in memory."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        held, workflow.spec = workflow.spec, None
        dct = super().to_dict(workflow)
        workflow.spec = held
        return dct

    def from_dict(self, dct: dict[str, Any]) -> Any:
        return super().from_dict(dct)


def serializer() -> BpmnWorkflowSerializer:
    config = {**DEFAULT_CONFIG, BpmnWorkflow: Cached}
    found = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
    restore = found.registry.restore
    found.registry.restore = lambda value, **named: (
        SPEC if value is None and not named else restore(value, **named)
    )
    return found


def begin(spec: Any) -> Any:
    workflow = BpmnWorkflow(spec)
    workflow.task_tree.data.update(PAYLOAD)
    workflow.do_engine_steps()
    return workflow


def complete(workflow: Any, element: str, answer: dict[str, Any]) -> None:
    task = next(
        each
        for each in workflow.get_tasks(state=TaskState.READY, manual=True)
        if each.task_spec.name == element
    )
    task.data.update(answer)
    task.run()
    workflow.do_engine_steps()
    for served in workflow.get_tasks(state=TaskState.STARTED):  # the service, done at once
        served.complete()
        workflow.do_engine_steps()


def memory(count: int, _url: str) -> float:
    def one() -> None:
        workflow = begin(SPEC)
        for element in ("intake", "a", "b", "c"):
            complete(workflow, element, ANSWER)
        assert workflow.is_completed()

    return _timed(one, count)


def sqlite(count: int, _url: str) -> float:
    connection = sqlite3.connect(f"{tempfile.mkdtemp()}/spiff.db", isolation_level=None)
    for statement in (
        "pragma journal_mode=WAL",
        "pragma synchronous=FULL",
        "create table instance (id integer primary key, version integer, state text)",
    ):
        connection.execute(statement)
    statements = (
        "insert into instance values (?, 1, ?)",
        "select version, state from instance where id = ?",
        "update instance set version = version + 1, state = ? where id = ? and version = ?",
    )
    run = connection.execute
    return _durable(count, run, statements, lambda: run("begin immediate"), lambda: run("commit"))


def postgres(count: int, url: str) -> float:
    import psycopg

    connection = psycopg.connect(url)
    connection.execute("drop table if exists spiff_instance")
    connection.execute("create table spiff_instance (id bigint primary key, version integer, state text)")
    connection.commit()
    statements = (
        "insert into spiff_instance values (%s, 1, %s)",
        "select version, state from spiff_instance where id = %s",
        "update spiff_instance set version = version + 1, state = %s where id = %s and version = %s",
    )
    pid = connection.execute("select pg_backend_pid()").fetchone()[0]
    connection.commit()
    before = _spent(pid)
    found = _durable(count, connection.execute, statements, lambda: None, connection.commit)
    return found + (_spent(pid) - before) / (count + WARM) * 1000


def _durable(count: int, execute: Any, statements: tuple[str, ...], opened: Any, commit: Any) -> float:
    insert, select, update = statements
    codec, numbers = serializer(), iter(range(10**9))

    def one() -> None:
        number = next(numbers)
        opened()
        workflow = begin(SPEC)
        execute(insert, (number, codec.serialize_json(workflow)))
        commit()
        for element in ("intake", "a", "b", "c"):
            opened()
            version, state = execute(select, (number,)).fetchone()
            workflow = codec.deserialize_json(state)
            complete(workflow, element, ANSWER)
            execute(update, (codec.serialize_json(workflow), number, version))
            commit()
        assert workflow.is_completed()

    return _timed(one, count)


def rounds(count: int, _url: str) -> dict[str, float]:
    """CPU of round 1 and of round `count` with state out and in, and the size of the state at each."""
    global SPEC
    SPEC = specification(LOOP)
    codec = serializer()
    workflow = begin(SPEC)
    spent, sizes = [], []
    for _ in range(count):
        started = time.process_time()
        for element in ("fill", "check"):
            workflow = codec.deserialize_json(codec.serialize_json(workflow))
            complete(workflow, element, {"again": True})
        spent.append(time.process_time() - started)
        sizes.append(len(codec.serialize_json(workflow)))
    return {"cpu": spent[-1] / min(spent[1:6]), "state": sizes[-1] / sizes[0]}


def _timed(one: Any, count: int) -> float:
    """Milliseconds of CPU for each."""
    for _ in range(WARM):
        one()
    started = time.process_time()
    for _ in range(count):
        one()
    return (time.process_time() - started) / count * 1000


def _spent(pid: int) -> float:
    """Seconds of CPU of another process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    kind, count, url = [*sys.argv[1:], ""][:3]
    print(
        json.dumps(
            {"memory": memory, "sqlite": sqlite, "postgres": postgres, "rounds": rounds}[kind](
                int(count), url
            )
        )
    )

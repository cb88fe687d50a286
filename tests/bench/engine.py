"""The workflow engine beside its peers, as ratios in one run: CPU of this process and of the database's."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import eventlet
from support.engine_host import EngineHost
from support.reset import drop_schemas

from bench import cpu, engine_floor, engine_timers, peers
from bench.decision_table import GIVEN, dmn, expected
from bench.engine_flow import ANSWER, LOOP, MODEL, PAYLOAD
from gdbos_contracts.jsontext import canonical
from gdbos_feel import dmn as decisions
from gdbos_runtime import context, store
from gdbos_runtime.settings import Settings, use
from services.workflow.domain import bpmn, engine
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers.firing import move
from services.workflow.ports import Room

USER = ("intake", "a", "b", "c")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DATABASE = os.environ.get("GDBOS_TEST_DATABASE_URL", "")
COUNT = int(os.environ.get("GDBOS_BENCH_INSTANCES", "300"))
BATCH = 50
FLOOR = "durable on {}, floor: the same statements by the bare driver, a commit each, ms / instance"


def figures() -> dict[str, Any]:
    """Each row: {ours, peer, ratio, goal}; times in the unit of its name."""
    found = {
        "in memory, ms / instance, vs SpiffWorkflow": _row(memory(), peers.ask("spiff", "memory", COUNT), 50),
        "decision of 50 rows, µs, vs zen-engine": _row(decision(), peers.ask("zen_peer", 5000), 10),
    }
    spent, size = rounds(200)
    theirs = peers.ask("spiff", "rounds", 200) or {}
    found["correction round 200 / round 1, CPU"] = {"ours": spent, "peer": theirs.get("cpu"), "goal": 1.5}
    found["correction round 200 / round 1, state"] = {"ours": size, "peer": theirs.get("state"), "goal": 2}
    with tempfile.TemporaryDirectory(prefix="gdbos-bench-") as folder:
        spiff = peers.ask("spiff", "sqlite", COUNT)
        others = {
            "DBOS": peers.ask("dbos_peer", 20, f"sqlite:///{folder}/dbos.db"),
            "django-viewflow": peers.ask("viewflow_peer", 20, f"{folder}/viewflow.db"),
        }
        with host(Path(folder), "") as sqlite:
            found |= _durable(sqlite, "SQLite", spiff, 6)
            found |= _crowded(sqlite, spiff)
            floor = engine_floor.of_sqlite(sqlite, Path(folder), lambda: _instances(sqlite, COUNT, 1))
            found[FLOOR.format("SQLite")] = _row(floor / COUNT * 1000, spiff, 6)
            for name, theirs in others.items():
                for how in ("", f" in batches of {BATCH}"):
                    ours = found[f"durable on SQLite{how}, ms / instance, vs SpiffWorkflow"]["ours"]
                    found[f"durable on SQLite{how}, ms / instance, vs {name}"] = _row(ours, theirs, 30)
            found |= engine_timers.figures(sqlite, Path(folder))
    if DATABASE:
        drop_schemas(DATABASE)
        theirs = peers.ask("spiff", "postgres", COUNT, DATABASE.replace("+psycopg2", ""))
        with tempfile.TemporaryDirectory() as folder, host(Path(folder), DATABASE) as postgres:
            found |= _durable(postgres, "PostgreSQL", theirs, 3.5)
            floor = engine_floor.of_postgres(
                postgres, DATABASE, lambda: _instances(postgres, COUNT, 1), cpu.spent
            )
            found[FLOOR.format("PostgreSQL")] = _row(floor / COUNT * 1000, theirs, 3.5)
    for name, row in found.items():
        print(f"  {name}: {'  '.join(f'{k} {v}' for k, v in row.items())}", flush=True)
    return found


def _durable(place: EngineHost, name: str, spiff: float | None, goal: float) -> dict[str, Any]:
    """One commit for each command; then many commands in one commit, with the rate that gives."""
    one = cpu.usual(place, lambda: _instances(place, COUNT, 1)) / COUNT * 1000
    began = time.perf_counter()
    many = cpu.usual(place, lambda: _instances(place, COUNT, BATCH)) / COUNT * 1000
    rate = 3 * COUNT / (time.perf_counter() - began)
    return {
        f"durable on {name}, ms / instance, vs SpiffWorkflow": _row(one, spiff, goal),
        f"durable on {name} in batches of {BATCH}, ms / instance, vs SpiffWorkflow": _row(many, spiff, goal),
        f"durable on {name} in batches, instances / s": {"ours": round(rate), "goal": 300},
    }


def _crowded(place: EngineHost, spiff: float | None) -> dict[str, Any]:
    """Callers at once, each command in a unit of work of its own and acknowledged after its commit."""
    found = {}
    for callers in (8, 50):
        each = COUNT // callers

        def crowd(callers: int = callers, each: int = each) -> None:
            for thread in [eventlet.spawn(_call, place, each) for _ in range(callers)]:
                thread.wait()

        began = time.perf_counter()
        spent = cpu.usual(place, crowd) / (callers * each) * 1000
        rate = round(3 * callers * each / (time.perf_counter() - began))
        name = f"durable on SQLite, {callers} callers at once"
        found[f"{name}, ms / instance, vs SpiffWorkflow"] = _row(spent, spiff, 6)
        found[f"{name}, instances / s"] = {"ours": rate, "goal": 300}
    return found


def _call(place: EngineHost, count: int) -> None:
    """As a caller over the network does, others have their turn between the commands."""
    for _ in range(count):
        number = f"C{next(_SERIAL)}"
        place.begin(number, "flow", PAYLOAD)
        for element in USER:
            eventlet.sleep(0)
            with place.room() as room:
                _complete(place, _read([number], room)[0], element, room)
                room.work.commit()


def _row(ours: float, peer: float | None, goal: float) -> dict[str, Any]:
    ratio = round(peer / ours, 1) if peer else None
    return {"ours": round(ours, 4), "peer": round(peer, 4) if peer else None, "ratio": ratio, "goal": goal}


def memory() -> float:
    graph = engine.compile(bpmn.parse(MODEL.encode()))

    def one() -> None:
        doc, _ = engine.start(graph, PAYLOAD, NOW)
        for element in (*USER, "file"):
            doc, _ = engine.complete(graph, doc, _token(doc, element), ANSWER, NOW)
        assert doc["state"] == "completed"

    return cpu.timed(one, 2000) * 1000


def decision() -> float:
    """With its errors; neither engine writes its trace here."""
    model = decisions.load(dmn())
    for given in GIVEN:
        assert model.evaluate("level", given).value == expected(given)
    turns = iter(range(10**9))
    return cpu.timed(lambda: model.evaluate("level", GIVEN[next(turns) % len(GIVEN)]), 5000) * 1e6


def rounds(count: int) -> tuple[float, float]:
    """(CPU, size of the document) of the last round as multiples of the first; the median of ten each."""
    graph = engine.compile(bpmn.parse(LOOP.encode()))
    doc, _ = engine.start(graph, PAYLOAD, NOW)
    spent, sizes = [], []
    for _ in range(count):
        began = time.perf_counter_ns()
        for element in ("fill", "check"):
            doc, _ = engine.complete(graph, doc, _token(doc, element), {"again": True}, NOW)
            text = canonical(doc)
        spent.append(time.perf_counter_ns() - began)
        sizes.append(len(text))
    return round(sorted(spent[-10:])[5] / sorted(spent[:10])[5], 2), round(sizes[-1] / sizes[0], 2)


@contextmanager
def host(folder: Path, url: str) -> Iterator[EngineHost]:
    settings = Settings.from_env({}, amqp_uri="embedded://", database_url=url, data=folder, port=-1)
    use(settings)
    context.bind(context.Context())
    place = EngineHost(settings)
    place.publish("flow", MODEL.encode())
    _instances(place, 20, 1)
    yield place
    place.store.dispose()
    store._STORES.clear()
    use(None)


_SERIAL = iter(range(10**9))


def _instances(place: EngineHost, count: int, batch: int) -> None:
    """Whole instances, `batch` of them abreast in each commit: one case is read by its number, more together, as
    the handlers do it (`deciding`, `firing`)."""
    for _ in range(count // batch):
        numbers = [f"C{next(_SERIAL)}" for _ in range(batch)]
        with place.room() as room:
            for number in numbers:
                place.start(number, "flow", PAYLOAD, room)
            room.work.commit()
        for element in USER:
            with place.room() as room:
                for case in _read(numbers, room):
                    _complete(place, case, element, room)
                room.work.commit()


def _read(numbers: list[str], room: Room) -> list[Case]:
    one = room.cases.get(numbers[0]) if len(numbers) == 1 else None
    return [one] if one else list(room.cases.some(numbers).values())


def _complete(place: EngineHost, case: Case, element: str, room: Room) -> None:
    token = place.token(case, element)
    move(case, Command("complete", token, ANSWER), token, room)
    room.work.emit("case.submitted", case.case_no, {"state": case.state})


def _token(doc: engine.Doc, element: str) -> str:
    return next(token for token, facts in doc["tokens"].items() if facts["e"] == element)

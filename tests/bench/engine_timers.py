"""Timers of the engine: a poll that finds nothing, and one that fires, among so many that wait."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from support.engine_host import EngineHost

from bench import cpu, engine_floor
from services.workflow.adapters import orm
from services.workflow.handlers.firing import fire_due

TIMERS = int(os.environ.get("GDBOS_BENCH_TIMERS", "1000000"))
_SERIAL = itertools.count()


def figures(place: EngineHost, folder: Path) -> dict[str, Any]:
    """A poll that finds nothing, and what a timer that fires costs with its case, among so many that wait: the case
    waits for another timer then, or it ends. The floor is that of the case that ends."""
    for id, model in MODELS_OF_TIMERS.items():
        place.publish(id, model.encode())
    far = {"due": 4e9}
    with place.room() as room:
        connection = room.work.connection  # type: ignore[attr-defined]
        rows = [{"case_no": f"X{n}", "token": "w1", **far} for n in range(TIMERS)]
        connection.execute(sa.insert(orm.timer), rows)
        room.work.commit()
    idle = cpu.timed(lambda: fire_due(100, place.room), 200) * 1000
    found: dict[str, Any] = {f"{TIMERS} timers wait: idle poll, ms": {"ours": round(idle, 3), "goal": 1}}
    for id in MODELS_OF_TIMERS:
        fire = _due(place, id)
        found[f"{TIMERS} timers wait: a timer fired, its case {id}, µs"] = {
            "ours": round(cpu.of(place, fire) / FIRED * 1e6),
            "goal": 60,
        }
    floor = engine_floor.of_sqlite(place, folder, _due(place, "ends"))
    found["a timer fired, its case ends, floor: the same writes by the bare driver, µs"] = {
        "ours": round(floor / FIRED * 1e6),
        "goal": 60,
    }
    return found


def _due(place: EngineHost, process: str) -> Callable[[], Any]:
    """Cases of the process whose timer is due; the call fires them, a hundred in a commit."""
    for _ in range(FIRED):
        place.begin(f"T{next(_SERIAL)}", process)
    return lambda: [fire_due(100, place.room) for _ in range(FIRED // 100)]


FIRED = 400
_TIMER = """<intermediateCatchEvent id="{}"><timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>
</intermediateCatchEvent>"""
_OF_TIMERS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench" id="d">
<process id="p" isExecutable="true"><startEvent id="s"/>{}<endEvent id="e"/>{}</process></definitions>"""


def _in_line(waits: dict[str, str]) -> str:
    """Timers one after the other: id → duration."""
    line = ["s", *waits, "e"]
    flows = (
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(itertools.pairwise(line))
    )
    return _OF_TIMERS.format("".join(_TIMER.format(*each) for each in waits.items()), "".join(flows))


MODELS_OF_TIMERS = {"goes on": _in_line({"t": "PT0S", "u": "P1D"}), "ends": _in_line({"t": "PT0S"})}

"""Small processes for the tests of simulation, comparison and import."""

from __future__ import annotations

from typing import Any

from services.workflow.domain import bpmn, engine
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine.graph import Graph

WEEKDAYS = Calendar()
_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:gdbos="urn:gdbos:bpmn:1" targetNamespace="t"><bpmn:process id="p" isExecutable="true">'
)


def model(tasks: dict[str, str], flows: str, extra: str = "") -> bytes:
    """tasks: id → attributes. flows: `a>b` separated by blanks; ids beginning with + are parallel gateways."""
    ends = [pair.split(">") for pair in flows.split()]
    ids = dict.fromkeys(each for pair in ends for each in pair)
    nodes = "".join(_node(each, tasks) for each in ids)
    arrows = "".join(
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{_id(a)}" targetRef="{_id(b)}"/>'
        for number, (a, b) in enumerate(ends)
    )
    return f"{_HEAD}{nodes}{arrows}{extra}</bpmn:process></bpmn:definitions>".encode()


def _id(name: str) -> str:
    return name.lstrip("+")


def _node(name: str, tasks: dict[str, str]) -> str:
    if name in tasks:
        return f'<bpmn:userTask id="{name}" name="{name}" {tasks[name]}/>'
    tag = "parallelGateway" if name.startswith("+") else "startEvent" if name == "start" else "endEvent"
    return f'<bpmn:{tag} id="{_id(name)}"/>'


def graph(content: bytes, strict: bool = True) -> Graph:
    return engine.compile(bpmn.parse(content), strict=strict)


def queue_of_one() -> bytes:
    return model({"u": 'gdbos:role="clerk"'}, "start>u u>end")


def one_step(per_day: float, work: Any, **more: Any) -> dict[str, Any]:
    """A scenario of one role that is open day and night."""
    return {
        "arrivals": {"per_day": per_day, "calendar": "always"},
        "roles": {"clerk": {"people": 1, "calendar": "always"}},
        "steps": {"u": {"work": work}},
        **more,
    }

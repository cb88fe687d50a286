"""A process compiled for running: flat, immutable, JSON-able. Ids are those of the BPMN file, so they are stable.

Expressions are FEEL texts; each is parsed once per worker (see expressions.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from services.workflow.domain.engine.effects import Trace

Json = Mapping[str, Any]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. condition: FEEL, "" when it has none."""

    id: str
    source: str
    target: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What an event node throws or catches.

    kind: none message timer signal error escalation conditional terminate link.
    name: message, signal or link name; error or escalation code ("" catches every code).
    timer: duration | date | cycle, with the ISO 8601 text or FEEL in `expression`; for a conditional event the
    condition is there.
    key: FEEL of the correlation key.
    """

    kind: str
    name: str = ""
    key: str = ""
    timer: str = ""
    expression: str = ""
    interrupting: bool = True


@dataclass(frozen=True, slots=True)
class Loop:
    """kind: parallel | sequential (multi-instance) | standard. All texts FEEL except the variable names."""

    kind: str
    cardinality: str = ""
    collection: str = ""
    item: str = ""
    output_collection: str = ""
    output_item: str = ""
    completion: str = ""
    condition: str = ""
    before: bool = False
    maximum: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. kind: how the engine treats it (see behaviours.py); type: its BPMN tag."""

    id: str
    type: str
    kind: str
    scope: str
    name: str = ""
    out: tuple[Flow, ...] = ()
    incoming: tuple[str, ...] = ()
    default: str = ""
    boundary: tuple[str, ...] = ()
    host: str = ""
    event: Event | None = None
    loop: Loop | None = None
    script: str = ""
    result: str = ""
    called: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()
    attributes: Json = field(default_factory=dict)
    reach: Json = field(default_factory=dict)
    entered: Trace = field(init=False, compare=False, repr=False)
    left: Trace = field(init=False, compare=False, repr=False)
    only: Flow | None = field(init=False, compare=False, repr=False)
    """The one way out, when there is one and it asks nothing."""

    def __post_init__(self) -> None:
        single = len(self.out) == 1 and not self.out[0].condition
        object.__setattr__(self, "only", self.out[0] if single else None)
        object.__setattr__(self, "entered", Trace(self.id, self.type, "enter"))
        object.__setattr__(self, "left", Trace(self.id, self.type, "leave"))


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or a subprocess. starts: where tokens begin; handlers: start events of its event subprocesses."""

    id: str
    parent: str = ""
    starts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    data: Json = field(default_factory=dict)
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """process: the id of the process that `start` runs; the other processes of the file may be called."""

    process: str
    name: str
    nodes: Mapping[str, Node]
    scopes: Mapping[str, Scope]
    merging: bool = field(init=False, compare=False, repr=False)
    """Whether there is an OR-join, which has to be asked whenever nothing else moves."""

    def __post_init__(self) -> None:
        merging = any(node.kind == "or" for node in self.nodes.values())
        object.__setattr__(self, "merging", merging)

    def to_data(self) -> dict[str, Any]:
        """JSON object; `from_data` gives an equal graph."""
        return {
            "format": FORMAT,
            "process": self.process,
            "name": self.name,
            "nodes": [_data(node) for node in self.nodes.values()],
            "scopes": [_data(scope) for scope in self.scopes.values()],
        }

    @classmethod
    def from_data(cls, data: Json) -> Graph:
        if data["format"] != FORMAT:
            raise ValueError(f"graph format {data['format']} is not {FORMAT}: compile the model again")
        nodes = [_node(each) for each in data["nodes"]]
        scopes = [Scope(**_tupled(each)) for each in data["scopes"]]
        return cls(
            data["process"], data["name"], {n.id: n for n in nodes}, {scope.id: scope for scope in scopes}
        )


def _data(value: Any) -> Any:
    """A dataclass as a JSON object without the fields that have their default."""
    if isinstance(value, tuple):
        return [_data(each) for each in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    found = {}
    for each in (each for each in fields(value) if each.init):
        content = getattr(value, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if content != default:
            found[each.name] = _data(content)
    return found


def _tupled(data: Json) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _node(data: Json) -> Node:
    content = _tupled(data)
    content["out"] = tuple(Flow(**flow) for flow in data.get("out", ()))
    for pairs in ("inputs", "outputs"):
        content[pairs] = tuple((name, text) for name, text in data.get(pairs, ()))
    if "event" in data:
        content["event"] = Event(**data["event"])
    if "loop" in data:
        content["loop"] = Loop(**data["loop"])
    return Node(**content)

"""A BPMN file as read: the whole XML tree, and the parts that have meaning for running it.

References are kept as written (ids as strings); whether they point anywhere is the linter's question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

ACTIVITIES = frozenset(
    [
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
    ]
)
GATEWAYS = frozenset(
    ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"]
)
EVENTS = frozenset(
    ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"]
)
SUBPROCESSES = frozenset(("subProcess", "transaction", "adHocSubProcess"))
NODES = ACTIVITIES | GATEWAYS | EVENTS


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. condition: text as written, None without one."""

    id: str
    source: str
    target: str
    condition: str | None
    line: int


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """kind: message timer signal error escalation conditional terminate link compensate cancel.

    reference: id of the message, signal, error or escalation. timer: timeDuration | timeDate | timeCycle.
    """

    kind: str
    reference: str = ""
    name: str = ""
    timer: str = ""
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """attributes: BPMN's own, as written. extensions: gdbos:, camunda:, zeebe: by local name (extensions.py)."""

    id: str
    tag: str
    name: str
    scope: str
    line: int
    attributes: dict[str, str]
    extensions: dict[str, Any]
    definitions: tuple[EventDefinition, ...] = ()
    loop: dict[str, str] | None = None
    script: str = ""
    data: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Container:
    """A process or subprocess: what is directly in it. data: variable name → initial FEEL text or ""."""

    id: str
    parent: str
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Process:
    """containers: by id, the process itself first. lanes: node id → name of its innermost lane."""

    id: str
    name: str
    executable: bool
    line: int
    containers: dict[str, Container]
    lanes: dict[str, str]
    extensions: dict[str, Any]

    def nodes(self) -> Iterator[Node]:
        for container in self.containers.values():
            yield from container.nodes

    def data_names(self) -> list[str]:
        return [name for container in self.containers.values() for name in container.data]

    def flows(self) -> Iterator[Flow]:
        for container in self.containers.values():
            yield from container.flows


@dataclass(frozen=True, slots=True)
class Message:
    """Also signal, error (code in `code`) and escalation: the things that events refer to."""

    id: str
    kind: str
    name: str
    code: str
    key: str


@dataclass(frozen=True, slots=True)
class Model:
    """`tree` is the truth for writing back; the rest was read from it."""

    tree: etree._ElementTree
    processes: tuple[Process, ...]
    references: dict[str, Message]
    duplicates: tuple[tuple[str, int], ...] = ()

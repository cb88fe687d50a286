"""From a state machine to a BPMN process: a state is a task of its role, an action a way out of it.

A state in which only the applicant acts becomes a wait for messages; a state without actions is an end. What the
file says and BPMN takes up otherwise is told in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from gdbos_contracts.errors import Fault
from services.workflow.domain.bpmn.xml import BPMN, GDBOS
from services.workflow.domain.importing import layout
from services.workflow.domain.importing.faults import fault
from services.workflow.domain.importing.machines import Action, Machine, State, our_names

APPLICANTS = frozenset({"CITIZEN", "APPLICANT", "申请人", "申請人"})
ASIDE = ("return", "correct", "deny", "refuse_acceptance", "not_required")
CORRECTION = "correction"
"""Our message when the applicant has put an application right."""
OUTCOMES: Mapping[str, str] = {
    "grant": "granted",
    "deny": "denied",
    "refuse_acceptance": "refused_acceptance",
    "not_required": "not_required",
}
_GRANTED = re.compile(r"APPROV|GRANT|ISSUED|ACTIVE|准予|办结|辦結", re.IGNORECASE)
_MADE = re.compile(r"[fs]\d+|.+_\d+|.+_result|(?:definitions|diagram|plane)-.*|.*-(?:shape|edge)")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SPACES = {"bpmn": BPMN, "gdbos": GDBOS, "xsi": _XSI, **layout.SPACES}


@dataclass(slots=True)
class Draft:
    """The process under construction. nodes, flows: in order, for the diagram."""

    process: etree._Element
    nodes: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str, str]] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)

    def node(self, tag: str, id: str, name: str, **own: str) -> etree._Element:
        element = etree.SubElement(self.process, f"{{{BPMN}}}{tag}", id=id, name=name)
        for key, value in own.items():
            element.set(f"{{{GDBOS}}}{key}", value)
        self.nodes[id] = tag
        return element

    def flow(self, source: str, target: str, condition: str = "") -> str:
        id = f"f{len(self.flows) + 1}"
        element = etree.SubElement(
            self.process, f"{{{BPMN}}}sequenceFlow", id=id, sourceRef=source, targetRef=target
        )
        if condition:
            expression = etree.SubElement(element, f"{{{BPMN}}}conditionExpression")
            expression.set(f"{{{_XSI}}}type", "bpmn:tFormalExpression")
            expression.text = condition
        self.flows.append((id, source, target))
        return id


def build(machine: Machine) -> tuple[bytes, list[Fault]]:
    """The BPMN file with its diagram, and the notes."""
    identifier = _plain(machine.id) or "process"
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=_SPACES)
    root.set("id", f"definitions-{identifier}")
    root.set("targetNamespace", "urn:gdbos:process")
    process = etree.SubElement(
        root, f"{{{BPMN}}}process", id=identifier, name=machine.name, isExecutable="true"
    )
    if machine.limit:
        process.set(f"{{{GDBOS}}}limit", str(machine.limit))
    draft = Draft(process)
    ids = _identifiers(machine, identifier)
    draft.node("startEvent", "begin", "提交")
    filing = _filing(machine)
    draft.flow("begin", ids[filing[-1].actions[0].next if filing else machine.start])
    for state in machine.states:
        if state not in filing:
            _state(draft, machine, state, ids)
    for place, (id, name) in enumerate(draft.messages.items()):
        root.insert(place, etree.Element(f"{{{BPMN}}}message", id=id, name=name))
    layout.draw(root, identifier, draft.nodes, draft.flows)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True), draft.notes


def _filing(machine: Machine) -> list[State]:
    """The states in which the applicant only files: the start event stands for them."""
    found: list[State] = []
    state = machine.state(machine.start)
    while _only_files(state) and state not in found and not _entered(machine, state, found):
        found.append(state)
        state = machine.state(state.actions[0].next)
    return found


def _only_files(state: State) -> bool:
    onward = {action.next for action in state.actions}
    mine = all(_applicant(action) for action in state.actions)
    return mine and len(onward) == 1 and state.name not in onward


def _entered(machine: Machine, state: State, before: Sequence[State]) -> bool:
    """From another state than those before it: then it is more than filing."""
    others = [each for each in machine.states if each not in before]
    return any(action.next == state.name for each in others for action in each.actions)


def _applicant(action: Action) -> bool:
    return bool(APPLICANTS & {role.upper() for role in action.roles})


def _applicant_only(action: Action) -> bool:
    return bool(action.roles) and {role.upper() for role in action.roles} <= APPLICANTS


def _state(draft: Draft, machine: Machine, state: State, ids: Mapping[str, str]) -> None:
    moving = [action for action in state.actions if action.next != state.name]
    for action in state.actions:
        if action not in moving:
            draft.notes.append(fault(state.pointer, "stays", action.name))
    if not moving:
        draft.node("endEvent", ids[state.name], state.label or state.name, outcome=_outcome(machine, state))
    elif all(_applicant_only(action) for action in moving):
        _wait(draft, machine, state, moving, ids)
    else:
        _task(draft, state, moving, ids)


def _task(draft: Draft, state: State, actions: Sequence[Action], ids: Mapping[str, str]) -> None:
    """The way on stands first: it is what happens unless somebody decides otherwise."""
    id, names = ids[state.name], our_names(actions)
    actions = sorted(actions, key=lambda action: names[action.name] in ASIDE)
    roles = list(dict.fromkeys(role for action in actions for role in action.roles))
    roles = [role for role in roles if role.upper() not in APPLICANTS] or roles or ["clerk"]
    if len(roles) > 1:
        draft.notes.append(fault(state.pointer, "several_roles", ", ".join(roles)))
    for action in actions:
        if names[action.name] != action.name:
            draft.notes.append(fault(state.pointer, "renamed", action.name, names[action.name]))
    own = {"role": roles[0], "actions": " ".join(names[action.name] for action in actions)}
    if state.days:
        own["due"] = str(state.days)
    draft.node("userTask", id, state.label or state.name, **own)
    if len(actions) == 1:
        draft.flow(id, ids[actions[0].next])
        return
    gateway = draft.node("exclusiveGateway", f"{id}_result", state.label or state.name)
    draft.flow(id, f"{id}_result")
    for action in actions[1:]:
        draft.flow(f"{id}_result", ids[action.next], f'action = "{names[action.name]}"')
    gateway.set("default", draft.flow(f"{id}_result", ids[actions[0].next]))


def _wait(
    draft: Draft, machine: Machine, state: State, actions: Sequence[Action], ids: Mapping[str, str]
) -> None:
    """One message for each thing the applicant may do; the way on after a correction is our `correction`."""
    id = ids[state.name]
    corrected = any(
        our_names(each.actions).get(action.name) == "correct"
        for each in machine.states
        for action in each.actions
        if action.next == state.name
    )
    if len(actions) > 1:
        draft.node("eventBasedGateway", id, state.label or state.name)
    for number, action in enumerate(actions):
        name = CORRECTION if corrected and number == 0 else action.name
        catch = id if len(actions) == 1 else f"{id}_{number + 1}"
        element = draft.node("intermediateCatchEvent", catch, action.name)
        message = next((key for key, each in draft.messages.items() if each == name), "")
        message = message or f"message_{len(draft.messages) + 1}"
        draft.messages[message] = name
        etree.SubElement(element, f"{{{BPMN}}}messageEventDefinition", messageRef=message)
        if catch != id:
            draft.flow(id, catch)
        draft.flow(catch, ids[action.next])


def _outcome(machine: Machine, state: State) -> str:
    """By the action that leads there, else by the name of the state."""
    leading = (
        our_names(each.actions)[action.name]
        for each in machine.states
        for action in each.actions
        if action.next == state.name
    )
    found = next((OUTCOMES[action] for action in leading if action in OUTCOMES), "")
    return found or ("granted" if _GRANTED.search(f"{state.name} {state.label}") else "done")


def _identifiers(machine: Machine, process: str) -> dict[str, str]:
    """State → XML id of its own, apart from those that are made here for flows, gateways and messages."""
    found: dict[str, str] = {}
    for number, state in enumerate(machine.states, 1):
        id = _plain(state.name)
        taken = not id or id in found.values() or id in (process, "begin") or _MADE.fullmatch(id)
        found[state.name] = f"s{number}" if taken else id
    return found


def _plain(name: str) -> str:
    """The ASCII letters of a name as an XML id; "" when none is left."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip("_.-").lower()
    return plain if plain[:1].isalpha() else ""

"""A state machine as approval systems keep it: states, and in each who may do what and where that leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain.importing.faults import fault

MOST_STATES = 500
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

ACTIONS: Mapping[str, str] = {
    "APPROVE": "grant",
    "ACCEPT": "accept",
    "REJECT": "deny",
    "SENDBACKTOCITIZEN": "correct",
    "SENDBACK": "return",
    "FORWARD": "pass",
    "VERIFY": "pass",
    "VERIFY_AND_FORWARD": "pass",
    "通过": "pass",
    "受理": "accept",
    "不予受理": "refuse_acceptance",
    "补正": "correct",
    "准予": "grant",
    "不予": "deny",
    "退回": "return",
    "制证": "issue",
    "送达": "deliver",
}
"""The other system's action → ours, where one means the same."""
PLAIN = ("pass", "done", "return", "issue", "deliver", "not_required", "accept")
"""Taken in this order for an action without a counterpart: they lead on and decide nothing."""


@dataclass(frozen=True, slots=True)
class Action:
    """next: name of the state it leads to. roles: who may do it."""

    name: str
    next: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """days: limit in working days, None without one. pointer: where it stands in the file."""

    name: str
    label: str
    actions: tuple[Action, ...]
    days: int | None = None
    pointer: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(role for action in self.actions for role in action.roles))


@dataclass(frozen=True, slots=True)
class Machine:
    """One process. start: name of the state in which a case begins. limit: working days for the whole."""

    id: str
    name: str
    start: str
    states: tuple[State, ...]
    limit: int | None = None

    def state(self, name: str) -> State:
        return next(state for state in self.states if state.name == name)


def checked(machine: Machine) -> Machine:
    """The machine itself; BadInput with every state twice, next state that is none, and state without a way in."""
    faults = [*_faults(machine)]
    if faults:
        raise BadInput(faults=faults)
    return machine


def our_names(actions: Sequence[Action]) -> dict[str, str]:
    """Action → the action of our desk that stands for it, each for one only; "" when none is left."""
    found: dict[str, str] = {}
    for action in actions:
        meant = ACTIONS.get(action.name.strip().upper())
        found[action.name] = meant if meant and meant not in found.values() else ""
    for name in [name for name, ours in found.items() if not ours]:
        found[name] = next((each for each in PLAIN if each not in found.values()), "")
    return found


def _faults(machine: Machine) -> Iterator[Fault]:
    names = [state.name for state in machine.states]
    if len(names) > MOST_STATES:
        yield fault("", "many_states", MOST_STATES)
    if not any(not state.actions for state in machine.states):
        yield fault("", "no_end", machine.name)
    for state in machine.states:
        if any(_CONTROL.search(text) for text in _texts(state)):
            yield fault(state.pointer, "control")
        if names.count(state.name) > 1:
            yield fault(state.pointer, "state_twice", state.label or state.name)
        if state.actions and "" in our_names(state.actions).values():
            yield fault(state.pointer, "many_actions", state.label or state.name)
        for action in state.actions:
            if action.next not in names:
                yield fault(state.pointer, "unknown_next", action.name, action.next)
    reached = _reached(machine)
    for state in machine.states:
        if state.name not in reached:
            yield fault(state.pointer, "unreachable", state.label or state.name)


def _texts(state: State) -> Iterator[str]:
    yield from (state.name, state.label, *state.roles)
    yield from (action.name for action in state.actions)


def _reached(machine: Machine) -> Iterable[str]:
    onward = {state.name: [action.next for action in state.actions] for state in machine.states}
    seen, todo = {machine.start}, [machine.start]
    while todo:
        for name in onward.get(todo.pop(), ()):
            if name not in seen:
                seen.add(name)
                todo.append(name)
    return seen

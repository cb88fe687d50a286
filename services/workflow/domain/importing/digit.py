"""DIGIT's workflow configuration: BusinessService JSON with states, actions, roles and limits in milliseconds.

Read as `egov-workflow-v2` takes it (`BusinessServices`) and as it answers a search: there a next state is the
uuid of a state, here its name. The state without a name is where an application begins.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain.importing.faults import fault
from services.workflow.domain.importing.machines import Action, Machine, State, checked

DAY = 24 * 3600 * 1000
BEGIN = "START"
"""Our name of the state that DIGIT leaves without one."""


def read(content: bytes) -> list[Machine]:
    """Every business service of the file; BadInput with pointers into it."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadInput(faults=[fault("", "not_json", str(error)[:100])]) from error
    services = data.get("BusinessServices") if isinstance(data, Mapping) else data
    if isinstance(services, Mapping):
        services = [services]
    if not isinstance(services, list) or not services:
        raise BadInput(faults=[fault("/BusinessServices", "no_services")])
    return [_machine(each, f"/BusinessServices/{number}") for number, each in enumerate(services)]


def _machine(data: Any, pointer: str) -> Machine:
    faults = list(_faults(data, pointer))
    if faults:
        raise BadInput(faults=faults)
    states = data["states"]
    named = {str(each.get("uuid") or ""): _name(each) for each in states}
    begin = [_name(each) for each in states if each.get("isStartState")]
    if len(begin) != 1:
        raise BadInput(faults=[fault(f"{pointer}/states", "many_starts" if begin else "no_start")])
    found = [_state(each, named, f"{pointer}/states/{number}") for number, each in enumerate(states)]
    code = str(data["businessService"])
    return checked(Machine(code, code, begin[0], tuple(found), _days(data.get("businessServiceSla"))))


def _faults(data: Any, pointer: str) -> list[Fault]:
    if not isinstance(data, Mapping):
        return [fault(pointer, "shape", "BusinessService")]
    found = []
    if not isinstance(data.get("businessService"), str) or not data["businessService"]:
        found.append(fault(f"{pointer}/businessService", "missing", "businessService"))
    states = data.get("states")
    if not isinstance(states, list) or not states:
        return [*found, fault(f"{pointer}/states", "missing", "states")]
    for number, state in enumerate(states):
        if not isinstance(state, Mapping) or not isinstance(state.get("actions") or [], list):
            found.append(fault(f"{pointer}/states/{number}", "shape", "state"))
            continue
        for place, action in enumerate(state.get("actions") or []):
            if not isinstance(action, Mapping) or not isinstance(action.get("roles") or [], list):
                found.append(fault(f"{pointer}/states/{number}/actions/{place}", "shape", "action"))
            elif not action.get("action"):
                found.append(fault(f"{pointer}/states/{number}/actions/{place}", "missing", "action"))
    return found


def _name(state: Mapping[str, Any]) -> str:
    return str(state.get("state") or BEGIN)


def _state(state: Mapping[str, Any], named: Mapping[str, str], pointer: str) -> State:
    actions = [] if state.get("isTerminateState") else state.get("actions") or []
    return State(
        _name(state),
        str(state.get("applicationStatus") or state.get("state") or ""),
        tuple(_action(each, named) for each in actions if each.get("active", True) is not False),
        _days(state.get("sla")),
        pointer,
    )


def _action(action: Mapping[str, Any], named: Mapping[str, str]) -> Action:
    following = str(action.get("nextState") or "")
    roles = tuple(str(role) for role in action.get("roles") or ())
    return Action(str(action["action"]), named.get(following, following), roles)


def _days(milliseconds: Any) -> int | None:
    """Whole working days, rounded up, at least one; DIGIT counts by the clock and knows no calendar."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float) or milliseconds <= 0:
        return None
    return math.ceil(milliseconds / DAY)

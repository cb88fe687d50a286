"""What time alone does to many, one after the other: a failing one stops no other and is not tried at every turn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import Conflict, Unavailable
from services.workflow.domain.engine import Incident
from services.workflow.handlers.failing import hold, resolved
from services.workflow.ports import Room

Enter = Callable[[], AbstractContextManager[Room]]


@dataclass(frozen=True, slots=True)
class Due:
    """`token` says what is to be done with the case (`notice`, `recount`, `order:7`), `key` with what."""

    case_no: str
    token: str
    key: Any


def each(due: Sequence[Due], act: Callable[[Any, Room], int], enter: Enter) -> int:
    """The sum of what `act` gives, each in its own commit.

    Whatever is wrong with one, of whichever agency, is its incident: it is held back until it is tried again.
    Raises Unavailable: a database that is away is nobody's incident.
    """
    done = 0
    for one in due:
        try:
            done += _patiently(one.key, act, enter)
        except Unavailable:
            raise
        except Exception as error:
            if isinstance(error, Conflict) and not isinstance(error, Incident):
                continue  # another writer was faster every time: the next sweep looks again
            logging.getLogger(__name__).exception("%s %s", one.token, one.case_no)
            _keep(one, error, enter)
        else:
            _release(one, enter)
    return done


def _patiently(key: Any, act: Callable[[Any, Room], int], enter: Enter) -> int:
    """Whoever was faster goes first, twice; then it is our turn or a fault."""
    for _ in range(2):
        try:
            with enter() as room:
                return act(key, room)
        except Conflict:
            continue
    with enter() as room:
        return act(key, room)


def _keep(one: Due, error: Exception, enter: Enter) -> None:
    with enter() as room:
        hold(one.case_no, one.token, error, room)
        room.work.commit()


def _release(one: Due, enter: Enter) -> None:
    """Only what failed before has something to be resolved."""
    with enter() as room:
        held = room.incidents.get(one.case_no, one.token)
        if held is not None and held["resolved_at"] is None:
            resolved(one.case_no, one.token, room)
            room.work.commit()

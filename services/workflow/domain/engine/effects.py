"""What a command asks the outside world to do: values, in the order in which they happened.

`id` is unique in the instance and never used again: t… for tasks, jobs and other tokens, w… for timers and
subscriptions. Attributes are JSON objects of the model's gdbos:, camunda: and zeebe: attributes by local name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, dataclass_transform

Json = Mapping[str, Any]
T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def effect(made: type[T]) -> type[T]:
    """A value that the type checker keeps frozen: at run time that would make it three times as dear to make."""
    return dataclass(slots=True, unsafe_hash=True)(made)


@effect
class TaskCreated:
    """A person must act. Attributes: role, lane, agency, state, actions (list), due, form (list), documentation …
    `missing`: {attribute: variables that nobody has set} of those that could not be worked out for that reason."""

    id: str
    element: str
    name: str
    attributes: Json


@effect
class TaskRevised(TaskCreated):
    """An open task that another version of the process describes otherwise."""


@effect
class TaskCompleted:
    """A task or a job (`kind`) is done: its row may be closed."""

    id: str
    kind: str = "task"


@effect
class TaskCancelled:
    """A task or a job (`kind`) was overtaken by an interrupting event or the end of its scope."""

    id: str
    kind: str = "task"


@effect
class JobCreated:
    """Work for a machine, answered through `complete` (or `throw_error`) with this id.

    kind: the gdbos:job, zeebe or camunda job type, else service | send | decide | call.
    """

    id: str
    element: str
    kind: str
    attributes: Json


@effect
class TimerScheduled:
    """Call `timer_fired` with this id at or after `due` (aware)."""

    id: str
    due: datetime


@effect
class TimerCancelled:
    id: str


@effect
class Subscribed:
    """The instance waits for a message or a signal. key: correlation key, "" when the model gives none."""

    id: str
    name: str
    key: str
    kind: str = "message"


@effect
class Unsubscribed:
    id: str


@effect
class MessageSent:
    """A throw event, end event or send task without a job sent a message to whoever waits for it."""

    element: str
    name: str
    attributes: Json = field(default_factory=dict)


@effect
class SignalSent:
    """A signal was broadcast; receivers inside this instance have it already."""

    element: str
    name: str


@effect
class DefaultTaken:
    """A gateway went its default way while conditions were open: `missing` are the facts that nobody had stated and
    that would have decided them."""

    element: str
    flow: str
    missing: tuple[str, ...]


@effect
class Trace:
    """The way of a token. event: enter | leave | cancel; open | close around the rounds of a loop."""

    element: str
    type: str
    event: str


@effect
class Ended:
    """The instance is over. outcome: the end event's gdbos:outcome, `error`, or the reason of `cancel`."""

    element: str
    outcome: str
    attributes: Json


Effect = (
    TaskCreated
    | TaskCompleted
    | TaskCancelled
    | JobCreated
    | TimerScheduled
    | TimerCancelled
    | Subscribed
    | Unsubscribed
    | MessageSent
    | SignalSent
    | DefaultTaken
    | Trace
    | Ended
)
Effects = tuple[Effect, ...]

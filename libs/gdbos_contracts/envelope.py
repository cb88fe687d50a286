"""The event envelope and its validation, which survives any malformed message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.events import EVENTS

_FIELDS: Mapping[str, type] = {
    "id": str,
    "type": str,
    "version": int,
    "source": str,
    "subject": str,
    "at": str,
    "data": dict,
}


class MalformedEnvelope(ValueError):
    """The message is not an event of ours; it can never succeed, so it is parked with this reason."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `id` is the identity for deduplication, `subject` the thing it is about (a case number,
    an item code), `at` RFC 3339, `data` JSON."""

    id: str
    type: str
    source: str
    subject: str
    at: str
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    traceparent: str = ""

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.type,
            "version": self.version,
            "source": self.source,
            "subject": self.subject,
            "at": self.at,
            "traceparent": self.traceparent,
            "data": dict(self.data),
        }


def parse(body: object) -> Event:
    """Validate a decoded message body; MalformedEnvelope names the first thing wrong."""
    if not isinstance(body, dict):
        raise MalformedEnvelope(f"body is {type(body).__name__}, expected object")
    for name, kind in _FIELDS.items():
        value = body.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise MalformedEnvelope(f"{name} is {type(value).__name__}, expected {kind.__name__}")
    if not body["id"] or len(body["id"]) > 64:
        raise MalformedEnvelope("id must have 1 to 64 characters")
    if body["type"] not in EVENTS:
        raise MalformedEnvelope("unknown event type")
    trace = body.get("traceparent", "")
    return Event(
        id=body["id"],
        type=body["type"],
        source=body["source"],
        subject=body["subject"],
        at=body["at"],
        data=body["data"],
        version=body["version"],
        traceparent=trace if isinstance(trace, str) else "",
    )

"""A publication that waits for its day (定期发布): with the rules that carry over what it would break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import Conflict

WAITING, PUBLISHED, CANCELLED = "scheduled", "published", "cancelled"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """`command` is what `publish` reads; `on` is YYYY-MM-DD in China, the first day on which it is in force. `reason`
    is empty, or the problem which kept it back when its day had come: then it is tried again."""

    id: int
    on: str
    command: Mapping[str, Any]
    by: str
    at: str
    status: str = WAITING
    reason: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """id@version of what it brings."""
        return [
            f"{d['id']}@{d['version']}" for name in ("elements", "code_lists") for d in self.command[name]
        ]

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "on": self.on,
            "status": self.status,
            "publishes": self.names,
            "migrations": [_told(rule) for rule in self.command["migrations"]],
            "by": self.by,
            "at": self.at,
            "reason": dict(self.reason),
        }


def _told(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": rule["id"], "from": rule["old"], "to": rule["new"], "up": rule["up"], "down": rule["down"]}


def require_waiting(found: Scheduled) -> None:
    """Conflict for one that has been published or cancelled."""
    if found.status != WAITING:
        raise Conflict(_OVER)


_OVER = {
    "zh-Hans": "该定期发布已发布或已取消",
    "zh-Hant": "該定期發布已發布或已取消",
    "en": "It has been published or cancelled",
}

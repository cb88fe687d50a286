"""A publication that waits for its day (定期发布): with the rules that carry over what it would break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault
from gdbos_contracts.principal import Principal
from services.standards.domain.lifecycle import COUNCIL, answers_for, roles_of

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

    @property
    def stewards(self) -> list[str]:
        """Who answers for what it brings, each once; "" is the platform."""
        return stewards(self.command)

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


def stewards(command: Mapping[str, Any]) -> list[str]:
    drafts = (draft for name in ("elements", "code_lists") for draft in command[name])
    return sorted({draft.get("steward", "") for draft in drafts})


def may_bind(principal: Principal, of: list[str]) -> bool:
    """Whether somebody decides what becomes binding, and so the day on which it does."""
    return principal.kind == "system" or all(COUNCIL in roles_of(principal, steward) for steward in of)


def may_end(principal: Principal, of: list[str]) -> bool:
    """Whether somebody may take a publication back and let it stand again: who decided it, and whoever answers for
    everything that it brings."""
    return may_bind(principal, of) or all(answers_for(principal, steward) for steward in of)


def steps(found: Scheduled, principal: Principal, today: date) -> list[str]:
    """What somebody may do with it now: `cancel`; `undo` a cancellation before its day; `plan` it for another day."""
    bind, end = may_bind(principal, found.stewards), may_end(principal, found.stewards)
    to_come = found.on > today.isoformat()
    may = {
        "cancel": end and found.status == WAITING,
        "undo": end and found.status == CANCELLED and to_come,
        "plan": bind and found.status != PUBLISHED,
    }
    return [step for step, allowed in may.items() if allowed]


def told(found: Scheduled, principal: Principal, today: date) -> dict[str, Any]:
    """What somebody is told of it, with the steps that are theirs."""
    return {**found.to_data(), "stewards": found.stewards, "steps": steps(found, principal, today)}


def require_waiting(found: Scheduled) -> None:
    """Conflict for one that has been published or cancelled."""
    if found.status != WAITING:
        raise Conflict(_OVER)


def require_to_come(on: date, today: date) -> None:
    """BadInput for a day on which it would be in force already."""
    if on <= today:
        raise BadInput(faults=[Fault("/on", "past_day", _PAST)])


_OVER = {
    "zh-Hans": "该定期发布已发布或已取消",
    "zh-Hant": "該定期發布已發布或已取消",
    "en": "It has been published or cancelled",
}
_PAST = {"zh-Hans": "须为今天以后的日期", "zh-Hant": "須為今天以後的日期", "en": "must be a day after today"}

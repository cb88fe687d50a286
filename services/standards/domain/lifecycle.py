"""The status life cycle of a standard: 草案 → 征求意见 → 试用 → 标准 → 修订 | 废止, and who may move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from gdbos_contracts.errors import Conflict, Forbidden
from gdbos_contracts.principal import Principal
from gdbos_contracts.text import Text

STATUSES: Mapping[str, Text] = MappingProxyType(
    {
        "draft": {"zh-Hans": "草案", "zh-Hant": "草案", "en": "draft"},
        "consultation": {"zh-Hans": "征求意见", "zh-Hant": "徵求意見", "en": "under consultation"},
        "trial": {"zh-Hans": "试用", "zh-Hant": "試用", "en": "on trial"},
        "standard": {"zh-Hans": "标准", "zh-Hant": "標準", "en": "standard"},
        "revision": {"zh-Hans": "修订", "zh-Hant": "修訂", "en": "under revision"},
        "withdrawn": {"zh-Hans": "废止", "zh-Hant": "廢止", "en": "withdrawn"},
    }
)

STEWARD = "standards-steward"
"""提交机构: the agency that answers for the definition."""
REGISTRAR = "standards-registrar"
"""登记机构: keeps the registry."""
COUNCIL = "standards-council"
"""管理机构: decides what becomes binding."""

TRANSITIONS: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {
        ("draft", "consultation"): frozenset({STEWARD, REGISTRAR}),
        ("draft", "withdrawn"): frozenset({STEWARD, REGISTRAR}),
        ("consultation", "draft"): frozenset({STEWARD, REGISTRAR}),
        ("consultation", "trial"): frozenset({REGISTRAR}),
        ("trial", "draft"): frozenset({REGISTRAR}),
        ("trial", "standard"): frozenset({COUNCIL}),
        ("trial", "withdrawn"): frozenset({REGISTRAR, COUNCIL}),
        ("standard", "revision"): frozenset({REGISTRAR, COUNCIL}),
        ("standard", "withdrawn"): frozenset({COUNCIL}),
        ("revision", "standard"): frozenset({COUNCIL}),
        ("revision", "withdrawn"): frozenset({COUNCIL}),
    }
)
"""(from, to) → the roles of which one is needed. Under revision the version stays in force; the new text is
a new version that starts as a draft. Withdrawn is final."""

_ADMINISTRATION = frozenset({REGISTRAR, COUNCIL})

IN_FORCE = frozenset({"trial", "standard", "revision"})
"""Statuses in which other things may refer to a version."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of status: `number` counts from 1 within the version, `by` is the principal's id."""

    number: int
    before: str
    after: str
    by: str
    at: datetime
    note: str = ""

    def to_data(self) -> dict[str, Any]:
        return {
            "from": self.before,
            "to": self.after,
            "by": self.by,
            "at": self.at.isoformat(),
            "note": self.note,
        }


def roles_of(principal: Principal, steward: str) -> frozenset[str]:
    """The roles that a principal has for a standard of that steward.

    An agency's administrator is the steward of what their agency answers for; the platform's administrator
    stands in for all three bodies. Of what has no steward nobody is the steward: the registrar and the council move it.
    """
    if principal.kind == "admin":
        return frozenset({STEWARD, REGISTRAR, COUNCIL})
    if not steward:
        return frozenset(principal.roles) - {STEWARD}
    own = principal.kind == "agency_admin" and principal.agency == steward
    return frozenset(principal.roles) | (frozenset({STEWARD}) if own else frozenset())


def answers_for(principal: Principal, steward: str) -> bool:
    """Whether a principal publishes in the name of that steward: the agency itself, or what installs a pack."""
    return principal.kind == "system" or STEWARD in roles_of(principal, steward)


def may_follow(principal: Principal, held: str, draft: str) -> bool:
    """Whether somebody submits a version of steward `draft` after one of steward `held`: the steward of both; after
    one that has none, the registrar or the council, who so give it the steward that the version names."""
    follows = roles_of(principal, held) & (frozenset({STEWARD}) if held else _ADMINISTRATION)
    return bool(follows) and (STEWARD in roles_of(principal, draft) or not held)


def steps(status: str, roles: frozenset[str]) -> list[dict[str, Any]]:
    """[{to, roles, mine}]: every step from a status, who may take it, and whether one of `roles` does."""
    return [
        {"to": after, "roles": sorted(needed), "mine": bool(needed & roles)}
        for (before, after), needed in TRANSITIONS.items()
        if before == status
    ]


def may(roles: frozenset[str], status: str, to: str) -> bool:
    """Whether one of `roles` may move `status` to `to`."""
    return bool(TRANSITIONS.get((status, to), frozenset()) & roles)


def require(roles: frozenset[str], status: str, to: str) -> None:
    """Raises Conflict where the step does not exist, Forbidden where another role takes it."""
    if (status, to) not in TRANSITIONS:
        raise Conflict(_no_step(status, to))
    if not may(roles, status, to):
        raise Forbidden()


def _no_step(status: str, to: str) -> Text:
    before, after = STATUSES.get(status, {}), STATUSES.get(to, {})
    return {
        "zh-Hans": f"不能从“{before.get('zh-Hans', status)}”变为“{after.get('zh-Hans', to)}”",
        "zh-Hant": f"不能從「{before.get('zh-Hant', status)}」變為「{after.get('zh-Hant', to)}」",
        "en": f"“{before.get('en', status)}” cannot become “{after.get('en', to)}”",
    }

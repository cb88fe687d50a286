"""Events: what happened, who is told. One outbox row is written per subscriber."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, ...]] = {
    "case.submitted": ("datahub", "gateway"),
    "case.advanced": ("gateway",),
    "case.decided": ("gateway",),
    "result.issued": ("datahub", "gateway"),
    "case.closed": ("gateway",),
    "item.published": ("workflow",),
    "element.published": ("catalog",),
    "licence.registered": ("workflow",),
    "process.published": (),
}
"""Event type → services whose inbox receives it. `case.submitted` carries consents to the hub;
`result.issued` carries the licence face; `licence.registered` lets the case show it as usable."""


def subscribers(event_type: str) -> tuple[str, ...]:
    """Services that must receive `event_type`; KeyError when it is not declared."""
    return EVENTS[event_type]

"""Events: what happened, who is told. One outbox row is written per subscriber."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, ...]] = {
    "case.submitted": ("datahub",),
    "case.advanced": (),
    "case.decided": (),
    "case.closed": (),
    "result.issued": ("datahub",),
    "result.revoked": ("datahub",),
    "case.revoked": ("workflow",),
    "item.published": ("workflow",),
    "message.sent": ("workflow",),
    "element.published": (),
    "names.published": ("standards",),
    "schema.published": (),
    "elements.used": ("standards",),
    "publication.scheduled": (),
    "publication.kept": (),
    "publication.cancelled": (),
    "cases.running": ("standards",),
    "process.published": (),
    "licence.registered": ("workflow",),
    "licence.revoked": ("workflow",),
}
"""Event type → services whose inbox receives it. `case.submitted` tells the hub which consents were
used; `message.sent` takes a message or signal of one process to a waiting case; `result.issued` carries the licence; `case.revoked` lets fall what rests on it; `licence.registered` lets the case show it as usable,
`licence.revoked` revokes the case whose result it is;
`elements.used` says which versions of which elements an item, a process, a decision, a source, a data contract, a policy
or a licence type refers to,
in place of what was said of it before; `names.published`, once for a publication, which elements may be spelled by
columns that nobody mapped; `cases.running` says on which versions of an item or a process cases are under way; `item.published` ends the short life of a cached resolution."""


def subscribers(event_type: str) -> tuple[str, ...]:
    """Services that must receive `event_type`; KeyError when it is not declared."""
    return EVENTS[event_type]

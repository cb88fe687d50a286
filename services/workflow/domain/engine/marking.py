"""The event and loop marks of a node, compiled."""

from __future__ import annotations

from services.workflow.domain.bpmn.expressions import feel
from services.workflow.domain.bpmn.model import EventDefinition, Model
from services.workflow.domain.bpmn.model import Node as Source
from services.workflow.domain.engine.graph import Event, Loop

_TIMERS = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}


def event(model: Model, source: Source) -> Event | None:
    """The first definition of the node; None for nodes without one (a none event, a task)."""
    if not source.definitions:
        return None
    definition = source.definitions[0]
    given = source.attributes.get("cancelActivity", source.attributes.get("isInterrupting", "true"))
    return Event(
        kind=definition.kind,
        name=_name(model, definition),
        key=_key(model, source, definition),
        timer=_TIMERS.get(definition.timer, ""),
        expression=definition.expression if definition.timer else feel(definition.expression),
        interrupting=given != "false",
    )


def _name(model: Model, definition: EventDefinition) -> str:
    """Messages and signals go by name, errors and escalations by code; an absent one by its id as written."""
    found = model.references.get(definition.reference)
    if found is None:
        return definition.reference or definition.name
    if definition.kind in ("error", "escalation"):
        return found.code
    return found.name or found.id


def _key(model: Model, source: Source, definition: EventDefinition) -> str:
    found = model.references.get(definition.reference)
    return feel(str(source.extensions.get("key", "")) or (found.key if found else ""))


def loop(source: Source) -> Loop | None:
    marks = source.loop
    if marks is None:
        return None
    if marks["kind"] == "standard":
        return Loop(
            "standard",
            condition=feel(marks["condition"]),
            before=marks["before"] == "true",
            maximum=int(marks["maximum"]) if marks["maximum"].isdigit() else 0,
        )
    return Loop(
        marks["kind"],
        cardinality=feel(marks["cardinality"]),
        collection=feel(marks["collection"]),
        item=marks["item"],
        output_collection=marks.get("output_collection", ""),
        output_item=feel(marks.get("output_item")),
        completion=feel(marks["completion"]),
    )

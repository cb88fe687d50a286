"""Event logs for the tools of process mining: XES (IEEE 1849-2016) and OCEL 2.0 (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from services.workflow.domain.mining.log import Entry, Trace

XES = "http://www.xes-standard.org/"
_EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)


def xes(log: Iterable[Trace]) -> bytes:
    """An XES 2.0 log: concept:name, time:timestamp, lifecycle:transition, org:group of every event."""
    prefixes: Any = {None: XES}
    root = etree.Element(f"{{{XES}}}log", nsmap=prefixes)
    root.set("xes.version", "1849.2016")
    root.set("xes.features", "")
    for name, prefix, uri in _EXTENSIONS:
        etree.SubElement(root, f"{{{XES}}}extension", name=name, prefix=prefix, uri=uri)
    _globals(root)
    _attribute(root, "string", "concept:name", "GDBOS")
    for trace in log:
        element = etree.SubElement(root, f"{{{XES}}}trace")
        _attribute(element, "string", "concept:name", trace.case_no)
        _attribute(element, "string", "gdbos:item", trace.item)
        _attribute(element, "string", "gdbos:process", trace.process)
        for entry in trace.entries:
            event = etree.SubElement(element, f"{{{XES}}}event")
            _attribute(event, "string", "concept:name", entry.activity)
            _attribute(event, "date", "time:timestamp", entry.at.isoformat())
            _attribute(event, "string", "lifecycle:transition", "complete")
            _attribute(event, "string", "org:group", entry.agency)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def ocel(log: Sequence[Trace]) -> bytes:
    """An OCEL 2.0 log: objects case, item and agency; every event relates to all three."""
    cases = [_object(trace.case_no, "case", trace, [("item", f"item:{trace.item}")]) for trace in log]
    items = {f"item:{trace.item}" for trace in log}
    agencies = {f"agency:{entry.agency}" for trace in log for entry in trace.entries}
    activities = sorted({entry.activity for trace in log for entry in trace.entries})
    events = [_event(trace, number, entry) for trace in log for number, entry in enumerate(trace.entries)]
    attributes = [{"name": name, "type": "string"} for name in ("process", "outcome")]
    data = {
        "objectTypes": [
            {"name": "case", "attributes": attributes},
            {"name": "item", "attributes": []},
            {"name": "agency", "attributes": []},
        ],
        "eventTypes": [{"name": name, "attributes": []} for name in activities],
        "objects": cases
        + [{"id": each, "type": "item"} for each in sorted(items)]
        + [{"id": each, "type": "agency"} for each in sorted(agencies)],
        "events": sorted(events, key=lambda event: (event["time"], event["id"])),
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _object(id: str, type: str, trace: Trace, related: Sequence[tuple[str, str]]) -> dict[str, object]:
    begun = trace.entries[0].at.isoformat() if trace.entries else "1970-01-01T00:00:00+00:00"
    values = {"process": trace.process, "outcome": trace.outcome}
    return {
        "id": id,
        "type": type,
        "attributes": [{"name": name, "time": begun, "value": value} for name, value in values.items()],
        "relationships": [{"objectId": other, "qualifier": name} for name, other in related],
    }


def _event(trace: Trace, number: int, entry: Entry) -> dict[str, str | list[dict[str, str]]]:
    related = (("of", trace.case_no), ("about", f"item:{trace.item}"), ("by", f"agency:{entry.agency}"))
    return {
        "id": f"{trace.case_no}/{number + 1}",
        "type": entry.activity,
        "time": entry.at.isoformat(),
        "relationships": [{"objectId": other, "qualifier": name} for name, other in related],
    }


def _globals(root: etree._Element) -> None:
    trace = etree.SubElement(root, f"{{{XES}}}global", scope="trace")
    _attribute(trace, "string", "concept:name", "")
    event = etree.SubElement(root, f"{{{XES}}}global", scope="event")
    _attribute(event, "string", "concept:name", "")
    _attribute(event, "date", "time:timestamp", "1970-01-01T00:00:00+00:00")


def _attribute(parent: etree._Element, kind: str, key: str, value: str) -> None:
    etree.SubElement(parent, f"{{{XES}}}{kind}", key=key, value=value)

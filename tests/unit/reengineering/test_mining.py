"""Logs of what happened: variants in working time, and exports that a reader of the standard can take in."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from lxml import etree
from reengineering_models import WEEKDAYS

from services.workflow.domain.mining import Entry, Trace, ocel, variants, xes
from services.workflow.domain.mining.exporting import XES


def trace(number: int, *entries: tuple[str, str]) -> Trace:
    found = tuple(Entry(datetime.fromisoformat(f"{at}+08:00"), name, "局<&>") for at, name in entries)
    return Trace(f"case-{number}", "item", "p", "granted", found)


LOG = [
    trace(
        1,
        ("2026-01-09T17:00", "submitted"),
        ("2026-01-12T10:00", "accepted"),
        ("2026-01-12T11:00", "granted"),
    ),
    trace(
        2,
        ("2026-01-12T09:00", "submitted"),
        ("2026-01-12T10:00", "accepted"),
        ("2026-01-13T10:00", "granted"),
    ),
    trace(3, ("2026-01-12T09:00", "submitted"), ("2026-01-12T12:00", "denied")),
]


def test_a_weekend_is_no_working_time() -> None:
    """Friday five o'clock to Monday ten is two office hours of seven, not 65 hours."""
    found = variants([LOG[0]], WEEKDAYS)
    assert [each["mean"] * 7 for each in found["bottlenecks"]] == pytest.approx([2, 1])


def test_variants_count_every_case_once() -> None:
    found = variants(LOG, WEEKDAYS)
    assert found["cases"] == sum(each["cases"] for each in found["variants"]) == 3
    assert found["variants"][0]["activities"] == ["submitted", "accepted", "granted"]
    assert found["variants"][0]["share"] == pytest.approx(2 / 3)
    assert found["bottlenecks"][0]["from"] == "accepted"


def test_no_case_is_no_error() -> None:
    assert variants([], WEEKDAYS) == {"cases": 0, "variants": [], "bottlenecks": []}
    assert etree.fromstring(xes([])) is not None


def test_xes_has_every_event_with_its_time_and_name() -> None:
    root = etree.fromstring(xes(LOG))
    assert root.tag == f"{{{XES}}}log" and root.get("xes.version") == "1849.2016"
    events = root.findall(f"{{{XES}}}trace/{{{XES}}}event")
    assert len(events) == 8
    for event in events:
        keys = {each.get("key") for each in event}
        assert {"concept:name", "time:timestamp", "lifecycle:transition"} <= keys


def test_ocel_relates_every_event_to_objects_that_are_there() -> None:
    data = json.loads(ocel(LOG))
    objects = {each["id"]: each["type"] for each in data["objects"]}
    assert set(objects.values()) == {each["name"] for each in data["objectTypes"]}
    assert {each["type"] for each in data["events"]} == {each["name"] for each in data["eventTypes"]}
    assert len({each["id"] for each in data["events"]}) == len(data["events"]) == 8
    related = {link["objectId"] for each in data["events"] for link in each["relationships"]}
    assert related <= set(objects)

"""Rows of a bar chart from what a simulation found: one unit and one scale a chart, one bar for each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.portal.words import named, say

Json = Mapping[str, Any]
DAYS = ("mean", "median", "p90")


def durations(sides: Mapping[str, Json]) -> list[dict[str, Any]]:
    """Working days: mean, median, the slowest tenth."""
    return _scaled(
        _row(say(f"process.{name}"), {side: each["duration"][name] for side, each in sides.items()})
        for name in DAYS
    )


def workload(sides: Mapping[str, Json]) -> list[dict[str, Any]]:
    """Per role: how busy its people are, in percent."""
    return _scaled(
        _row(named("role", role), {side: _of(each, role, "utilisation") for side, each in sides.items()}, 100)
        for role in _roles(sides)
    )


def queues(sides: Mapping[str, Json]) -> list[dict[str, Any]]:
    """Per role: cases that wait, on average."""
    return _scaled(
        _row(named("role", role), {side: _of(each, role, "queue") for side, each in sides.items()})
        for role in _roles(sides)
    )


def _roles(sides: Mapping[str, Json]) -> list[str]:
    return list(dict.fromkeys(role for each in sides.values() for role in each["roles"]))


def _of(side: Json, role: str, name: str) -> Any:
    return side["roles"].get(role, {}).get(name)


def _row(label: str, values: Mapping[str, Any], factor: float = 1) -> dict[str, Any]:
    return {"label": label, "values": values, "factor": factor}


def _scaled(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """most: the end of the longest bar of the chart, its whisker included; never 0."""
    every = list(rows)
    bars = [(each, row["factor"]) for row in every for each in row["values"].values() if each]
    most = max([1e-9, *((each["high"] or each["mean"]) * factor for each, factor in bars)])
    return [{**row, "most": most} for row in every]

"""監督: red and yellow lights, and where the work waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.desk import LIGHTS

Json = Mapping[str, Any]
LISTED = 50


@portal.get("/supervise")
@permit("supervise")
def supervise() -> Response:
    """Lights over every open task; the reddest listed; where the listed ones wait."""
    chosen = request.args.get("light", "")
    light = chosen if chosen in LIGHTS else ""
    counts = ask("workflow", "counts")["counts"]
    found = ask(
        "workflow", "tasks", {"light": light, "limit": LISTED, "cursor": request.args.get("cursor", "")}
    )
    return view.render(
        "supervise.html",
        counts=counts,
        lights=LIGHTS,
        light=light,
        tasks=found["tasks"],
        more=view.here(cursor=found["next"]) if found["next"] else "",
        board=_board(found["tasks"]),
    )


def _board(tasks: Iterable[Json]) -> list[dict[str, Any]]:
    """Tasks per item and step, most first: the bottlenecks."""
    names: dict[tuple[str, str], Json] = {}
    count: Counter[tuple[str, str]] = Counter()
    red: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        key = (task["item"]["code"], task["name"] if isinstance(task["name"], str) else task["element"])
        names[key] = task
        count[key] += 1
        red[key] += task["light"] == "red"
    return [
        {"item": names[key]["item"], "step": names[key]["name"], "open": number, "red": red[key]}
        for key, number in count.most_common(12)
    ]

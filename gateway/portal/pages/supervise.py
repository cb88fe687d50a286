"""監督: lights by agency and item, orders, how late the late ones are, and what is on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gateway.portal.pages.desk import LIGHTS
from gdbos_contracts.errors import BadInput, Conflict

Json = Mapping[str, Any]
LISTED = 50
CHART_HEIGHT, BAR, GAP = 120, 44, 16
"""Units of the drawing: the tallest bar, the width of a bar, the space between two."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram: its bin of working days, how many cases, and where it is drawn."""

    low: int
    high: int | None
    cases: int
    x: int
    y: int
    height: int


@portal.get("/supervise")
@permit("supervise")
def supervise() -> Response:
    """Board, orders, histogram; open tasks by light, what is due first on top."""
    return _page([], {})


@portal.post("/supervise/orders")
@permit("supervise")
def issue() -> AnyResponse:
    """Send an order; what is wrong is said at its form."""
    given = {name: request.form.get(name, "").strip() for name in ("case_no", "content", "due")}
    try:
        ask("workflow", "issue_order", given)
    except (BadInput, Conflict) as error:
        lines = [faults.Line(f"#order-{f.pointer[1:]}", f.message) for f in error.faults]
        return _page(lines or faults.one(error.detail), given)
    return view.to("/supervise", sent=given["case_no"])


@portal.post("/supervise/orders/<int:id>/close")
@permit("supervise")
def close(id: int) -> AnyResponse:
    """The reply satisfies."""
    ask("workflow", "act_on_order", {"id": id, "act": "close"})
    return view.to("/supervise")


def bars(bins: Iterable[Json]) -> list[Bar]:
    """The bins drawn side by side; the fullest has the full height."""
    found = list(bins)
    most = max((each["cases"] for each in found), default=0) or 1
    drawn = []
    for at, each in enumerate(found):
        height = round(CHART_HEIGHT * each["cases"] / most)
        x = GAP + at * (BAR + GAP)
        drawn.append(Bar(each["from"], each["to"], each["cases"], x, CHART_HEIGHT - height, height))
    return drawn


def _page(lines: list[faults.Line], order: Json) -> Response:
    chosen = request.args.get("light", "")
    light = chosen if chosen in LIGHTS else ""
    board = ask("workflow", "board")
    query = {"light": light, "limit": LISTED, "cursor": request.args.get("cursor", "")}
    found = ask("workflow", "tasks", query)
    response = view.render(
        "supervise.html",
        counts=found["counts"],
        lights=LIGHTS,
        light=light,
        tasks=found["tasks"],
        more=view.here(cursor=found["next"]) if found["next"] else "",
        board=board["lights"],
        orders=board["orders"],
        records=board["records"],
        overdue=board["histogram"]["total"],
        bars=bars(board["histogram"]["bins"]),
        order={"case_no": request.args.get("case", ""), **order},
        sent=request.args.get("sent", ""),
        summary=lines,
    )
    response.status_code = 422 if lines else 200
    return response

"""督辦 at the desk: the orders that the clerk's agency has to sign and answer."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput


@portal.get("/desk/orders")
@permit("clerk")
def orders() -> Response:
    """The agency's orders, newest first."""
    return _page([])


@portal.post("/desk/orders/<int:id>/sign")
@permit("clerk")
def sign(id: int) -> AnyResponse:
    """The agency has it."""
    ask("workflow", "act_on_order", {"id": id, "act": "sign"})
    return view.to("/desk/orders")


@portal.post("/desk/orders/<int:id>/reply")
@permit("clerk")
def reply(id: int) -> AnyResponse:
    """What was done about it; an empty reply is none."""
    text = request.form.get("text", "").strip()
    try:
        ask("workflow", "act_on_order", {"id": id, "act": "reply", "text": text})
    except BadInput as error:
        return _page([faults.Line(f"#reply-{id}", fault.message) for fault in error.faults])
    return view.to("/desk/orders")


def _page(lines: list[faults.Line]) -> Response:
    query: dict[str, Any] = {"limit": 20}
    if request.args.get("before", "").isdigit():
        query["before"] = int(request.args["before"])
    found = ask("workflow", "orders", query)
    more = view.here(before=str(found["next"])) if found["next"] else ""
    response = view.render("orders.html", orders=found["orders"], more=more, summary=lines)
    response.status_code = 422 if lines else 200
    return response

"""機構沿革: who took over from whom and from when; a new succession looked at, then published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput

_FIELDS = ("old", "new", "from_day")


@portal.get("/admin/successions")
@permit("admin")
def successions() -> Response:
    """Every published one, the newest first."""
    return _page({})


@portal.post("/admin/successions")
@permit("admin")
def publish_succession() -> AnyResponse:
    """A preview, and with `sure` the succession."""
    given = {name: request.form.get(name, "").strip()[:64] for name in _FIELDS}
    sure = request.form.get("sure") == "1"
    try:
        found = ask("workflow", "publish_succession" if sure else "preview_succession", given)
    except BadInput as error:
        return _page(given, lines=[faults.Line(f"#{f.pointer[1:]}", f.message) for f in error.faults])
    if sure:
        return view.to("/admin/successions", done=found["old"])
    return _page(given, preview=found)


def _page(given: Mapping[str, str], preview: Any = None, lines: list[faults.Line] | None = None) -> Response:
    response = view.render(
        "successions.html",
        successions=ask("workflow", "successions")["successions"],
        given={**dict.fromkeys(_FIELDS, ""), **given},
        preview=preview,
        done=request.args.get("done", "")[:64],
        summary=lines or [],
    )
    response.status_code = 422 if lines else 200
    return response

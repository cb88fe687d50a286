"""Server-sent events of a case's timeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import eventlet
from flask import Response, g, stream_with_context

from gateway.parts import ask
from gdbos_contracts.errors import GdbosError, Unavailable
from gdbos_runtime import context

POLL_SECONDS = 1.0
HEARTBEAT_EVERY = 15
SPAN_SECONDS = 3600


def timeline_stream(case_no: str, first: dict[str, Any]) -> Response:
    """Entries as they come; the browser resumes with Last-Event-ID after an hour or a break.

    The name of an event stands in its data, so that one handler hears them all.
    """
    principal = g.principal
    language = context.current().language

    def entries() -> Iterator[str]:
        context.bind(context.Context(principal=principal, language=language))
        batch, last, quiet = first["entries"], 0, 0
        for _ in range(int(SPAN_SECONDS / POLL_SECONDS)):
            for entry in batch:
                last = entry["id"]
                yield f"id: {last}\ndata: {json.dumps(entry, ensure_ascii=False)}\n\n"
            quiet = 0 if batch else quiet + 1
            if quiet % HEARTBEAT_EVERY == 0:
                yield ": still here\n\n"
            eventlet.sleep(POLL_SECONDS)
            batch = _more(case_no, last or first["last"])
            if batch is None:
                return

    response = Response(stream_with_context(entries()), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _more(case_no: str, after: int) -> Any:
    """New entries; [] while workflow is away; None when the case is no longer the caller's."""
    try:
        return ask("workflow", "timeline", {"case_no": case_no, "after": after})["entries"]
    except Unavailable:
        return []
    except GdbosError:
        return None

"""What the house knows about me, what I hold, and who looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import fields, view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of
from gdbos_contracts.text import Text

SHOWN = 4
"""Characters left to see at each end of an identifier."""


@portal.get("/me")
@permit("applicant")
def me() -> Response:
    """Identity, licences, accesses."""
    accesses = ask("datahub", "accesses")["accesses"]
    licences = ask("datahub", "licences")["licences"]
    called = {f"licence:{each['id']}": each["name"] for each in licences}
    named = {*g.principal.subject, *(e for access in accesses for e in access["elements"])}
    labels = _labels(sorted(named))
    return view.render(
        "me.html",
        identity=[
            {"label": labels.get(name, name), "value": masked(value)}
            for name, value in g.principal.subject.items()
        ],
        licences=licences,
        accesses=[{**each, "source": called.get(each["source"], each["source"])} for each in accesses],
        labels=labels,
    )


def masked(value: str) -> str:
    """`4403**********1236`: enough to recognise one's own."""
    hidden = max(0, len(value) - 2 * SHOWN)
    return value[:SHOWN] + "*" * hidden + value[-SHOWN:] if hidden else value


def _labels(names: list[str]) -> Mapping[str, Text | str]:
    """Names of elements; their newest versions are named alike, so the first will do."""
    schema: Mapping[str, Any] = schema_of([{"element": n, "version": 1, "required": False} for n in names])
    return {name: fields.label(schema, name) for name in names}

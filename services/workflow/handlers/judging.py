"""Decisions looked at and tried, published or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import NotFound
from services.workflow.domain import decisions
from services.workflow.ports import Processes

Json = Mapping[str, Any]


def every(held: Processes) -> dict[str, Any]:
    """{decisions: [{id, version, name}]}, each in its newest version."""
    return {
        "decisions": [
            {"id": each["id"], "version": each["version"], "name": decisions.read(each["dmn"]).name}
            for each in held.decisions()
        ]
    }


def one(id: str, version: int | None, held: Processes) -> dict[str, Any]:
    """{id, version, newest, dmn} and what decisions.looked_at tells: NotFound."""
    newest = held.decision_digest(id)
    if newest is None:
        raise NotFound
    number = version or newest[0]
    text = held.dmn(id, number)
    if text is None:
        raise NotFound
    told = decisions.looked_at(text)
    return {"id": id, "version": number, "newest": newest[0], "dmn": text, **told}


def text_of(command: Json, held: Processes) -> str:
    """The text that the command brings, else that of the version it names."""
    if command["dmn"]:
        return str(command["dmn"])
    newest = held.decision_digest(command["id"])
    text = held.dmn(command["id"], command["version"] or newest[0]) if newest else None
    if text is None:
        raise NotFound
    return text

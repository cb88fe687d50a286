"""The mapping aid: a pasted table in, proposals with reasons out; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, pasted, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput

Json = Mapping[str, Any]
SURE = 0.5
"""From here on a proposal stands in the mapping that is offered for copying."""


@portal.get("/standards/mapping")
@permit("agency")
def mapping_form() -> Response:
    """Where to paste."""
    return view.render("standards-mapping.html", typed="", columns=[], mapping="", summary=[])


@portal.post("/standards/mapping")
@permit("agency")
def mapping() -> Response:
    """Proposals for each column. What was pasted is judged and forgotten: it is neither stored nor logged."""
    typed = request.form.get("text", "")
    try:
        table = pasted.read(typed)
    except BadInput as error:
        lines = [faults.Line("#text", fault.message) for fault in error.faults]
        return view.render("standards-mapping.html", typed=typed, columns=[], mapping="", summary=lines)
    columns = [{"name": c.name, "comment": c.comment, "samples": list(c.samples)} for c in table]
    found = ask("standards", "propose", {"columns": columns, "limit": 3})["columns"]
    rows = [
        {**proposed, "comment": column.comment, "filled": len(column.samples)}
        for proposed, column in zip(found, table, strict=True)
    ]
    return view.render("standards-mapping.html", typed=typed, columns=rows, mapping=written(rows), summary=[])


def written(rows: Iterable[Json]) -> str:
    """The `columns` of a source in YAML: each element once, from the column that it fits best."""
    best: dict[str, tuple[float, str]] = {}
    for row in rows:
        for proposal in row["proposals"][:1]:
            held = best.get(proposal["element"], (SURE, row["name"]))
            if proposal["score"] >= SURE:
                best[proposal["element"]] = max(
                    held, (proposal["score"], row["name"]), key=lambda pair: pair[0]
                )
    if not best:
        return ""
    return yaml.safe_dump(
        {"columns": {element: name for element, (_, name) in best.items()}}, allow_unicode=True
    )

"""The case library 辦件庫 for the platforms above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import Forbidden
from gdbos_contracts.principal import Principal
from services.workflow.domain import case_library
from services.workflow.ports import Room

Json = Mapping[str, Any]


def case_library_page(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{tables: {table: rows}, next}: whoever runs the installation only, for the rows hold personal data. Bundles and
    checks are no cases of the library; their members are."""
    if principal.kind != "system":
        raise Forbidden
    found = room.cases.page(query["after"], query["limit"])
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in case_library.TABLES}
    for case in found:
        made = case_library.rows(case, room.timeline.of(case.case_no, 0), query["upstream"])
        for name, rows in made.items():
            tables[name] += rows
    last = found[-1].case_no if len(found) == query["limit"] else ""
    room.work.audit("case.export", query["upstream"], cases=len(found))
    room.work.commit()
    return {"tables": tables, "next": last}

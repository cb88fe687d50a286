"""Mapping aids: which element does a column of an old table hold?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.standards.domain import mapping
from services.standards.domain.mapping import Column
from services.standards.ports import Registry


def propose(query: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """{columns: [{name, proposals: [{element, version, score, reasons}]}]}, the best proposal first."""
    elements = registry.newest()
    refs = {(e.code_list.id, e.code_list.version) for e in elements if e.code_list}
    lists = {ref: found for ref in refs if (found := registry.code_list(*ref)) is not None}
    columns = [Column(c["name"], c["comment"], tuple(c["samples"])) for c in query["columns"]]
    return {
        "columns": [
            {
                "name": column.name,
                "proposals": [p.to_data() for p in mapping.propose(column, elements, lists, query["limit"])],
            }
            for column in columns
        ]
    }

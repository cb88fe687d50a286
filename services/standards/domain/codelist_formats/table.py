"""A code list as a table: what CSV and Genericode have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.text import LANGUAGES
from services.standards.domain.codelist import CodeList

Row = dict[str, str]
KEY = "value"
_PLAIN = ("value", "parent", "valid_from", "valid_to")
NAME, COLUMN, REPLACED = "name.", "column.", "replaced_by"


def header(found: CodeList) -> list[str]:
    """Names of the table's columns, `value` first."""
    return [*_PLAIN, REPLACED, *(NAME + each for each in LANGUAGES), *(COLUMN + c.id for c in found.columns)]


def rows(found: CodeList) -> list[Row]:
    """A row for each code; what a code does not have is absent from its row."""
    return [_row(code.to_data()) for code in found.codes]


def facts(found: CodeList) -> dict[str, Any]:
    """What is said of the list itself."""
    return {key: value for key, value in found.to_data().items() if key != "codes"}


def data(said: Mapping[str, Any], table: list[Row]) -> dict[str, Any]:
    """The list's plain form from its facts and its rows."""
    return {**said, "codes": [_code(row) for row in table]}


def _row(code: Mapping[str, Any]) -> Row:
    row = {key: code[key] for key in _PLAIN if key in code}
    if code.get(REPLACED):
        row[REPLACED] = json.dumps(code[REPLACED], ensure_ascii=False)
    row |= {NAME + language: text for language, text in code["names"].items()}
    return row | {COLUMN + id: text for id, text in code.get("columns", {}).items()}


def _code(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {key: row[key] for key in _PLAIN if key in row}
    if REPLACED in row:
        made[REPLACED] = json.loads(row[REPLACED])
    made["names"] = {key.removeprefix(NAME): text for key, text in row.items() if key.startswith(NAME)}
    columns = {key.removeprefix(COLUMN): text for key, text in row.items() if key.startswith(COLUMN)}
    return made | ({"columns": columns} if columns else {})

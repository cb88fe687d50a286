"""GB/T 2260 行政区划代码 of a tabulated edition, completed by the codes that older cards and cases keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.standards.domain.codelist import Code, CodeList

ID, HISTORY = "gb.region", "gb.region_change"
"""The list that is made, and the authored list of retired codes and what replaced them."""
LEVELS = (("provinces", 2), ("cities", 4), ("areas", 6))
"""Tables of an edition with the digits of their codes; the code above is the one that they begin with."""
NAMES: Mapping[str, str] = {
    "zh-Hans": "行政区划代码",
    "zh-Hant": "行政區劃代碼",
    "en": "Administrative divisions",
}


def compiled(edition: Mapping[str, Any], history: CodeList) -> CodeList:
    """The list of an edition `{version, provinces, cities, areas: [{code, name}]}` with its retired codes.

    KeyError, TypeError or ValueError for what is no such edition. A retired code that the edition still or
    again has keeps the edition's meaning; its successors that the edition lacks are left to the history.
    """
    present = {code.value: code for code in _present(edition)}
    if not present:
        raise ValueError("an edition without divisions")
    retired = [code for code in history.codes if code.valid_to and code.value not in present]
    known = present.keys() | {code.value for code in retired}
    return CodeList(
        id=ID,
        version=int(edition["version"]),
        names=NAMES,
        codes=(*present.values(), *(_placed(code, known) for code in retired)),
        standard="GB/T 2260",
        columns=history.columns,
    )


def read(text: str, history: CodeList) -> CodeList:
    """`compiled` of an edition in JSON."""
    return compiled(json.loads(text), history)


def _present(edition: Mapping[str, Any]) -> Iterator[Code]:
    for level, (table, digits) in enumerate(LEVELS):
        for row in edition[table]:
            code = str(row["code"])
            if len(code) != digits or not (code.isascii() and code.isdigit()):
                raise ValueError(f"{table}: {code!r} has not {digits} digits")
            parent = code[: LEVELS[level - 1][1]].ljust(6, "0") if level else ""
            value = code.ljust(6, "0")
            if value != parent:  # a prefecture without counties is tabulated again as its own county
                yield Code(value, {"zh-Hans": str(row["name"])}, parent)


def _placed(code: Code, known: frozenset[str] | set[str]) -> Code:
    """Under the division that its digits name; a prefecture that is gone leaves the province."""
    above = (code.value[:4] + "00", code.value[:2] + "0000")
    parent = next((each for each in above if each in known and each != code.value), "")
    return replace(code, parent=parent, replaced_by=tuple(v for v in code.replaced_by if v in known))

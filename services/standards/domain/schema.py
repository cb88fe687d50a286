"""Composition of data elements into one JSON Schema 2020-12: the schema is derived, never hand-made.

Beside the standard keywords a property carries
    x-element      {id, version}: what the value means
    x-sensitivity  public | internal | personal | sensitive
    x-check        name of an identifier rule, beyond what `pattern` can say
    x-minimum, x-maximum   bounds of decimal text (money), as decimal text
    x-legal-basis  the articles on which the element is asked
    x-ui           what a form needs: widget, order, label, help, messages, mask, options, unit, example
and a code list's definition carries
    x-code-list    {id, version}
    x-not-in-force {code: {from, to, by}}: codes that do not hold on that day, and what took their place
The result is canonical: the same elements give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gdbos_atom.identifiers import CHECKS
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text, pick
from services.standards.domain.codelist import Code, CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.form import ui

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_RETIRED = 200
"""Codes out of force that a schema explains; of longer lists it only knows that they are not in force."""

Lists = Mapping[tuple[str, int], CodeList]


def compose(
    elements: Sequence[tuple[DataElement, bool]],
    code_lists: Iterable[CodeList] = (),
    *,
    schema_id: str,
    title: Text | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """The schema of one closed object whose properties are the elements, keyed by element id.

    `elements` pairs each element with whether it is required; `on` is the day for which codes must be in
    force (without it, every code that was never retired). Raises BadInput for an element given twice and
    for a code list that is missing.
    """
    lists = {(found.id, found.version): found for found in code_lists}
    _refuse(_faults(elements, lists))
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": schema_id,
        "type": "object",
        "properties": {
            element.id: _property(element, required, order, lists, on)
            for order, (element, required) in enumerate(elements, 1)
        },
        "required": sorted(element.id for element, required in elements if required),
        "additionalProperties": False,
    }
    definitions = {
        _definition_name(element): _codes(element, lists, on) for element, _ in elements if element.code_list
    }
    if definitions:
        schema["$defs"] = definitions
    if title:
        schema["x-title"] = dict(title)
    return schema


def canonical(schema: object) -> str:
    """The one JSON text of a schema: sorted keys, no spaces, no escapes. Equal schemas have equal text."""
    return json.dumps(schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _property(
    element: DataElement, required: bool, order: int, lists: Lists, on: date | None
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "title": pick(element.names),
        "description": pick(element.definition),
        **_values(element),
        "x-element": {"id": element.id, "version": element.version},
        "x-sensitivity": element.sensitivity,
        "x-ui": ui(element, required, order, _list_of(element, lists) if element.code_list else None, on),
    }
    if element.legal_basis:
        schema["x-legal-basis"] = list(element.legal_basis)
    if element.check:
        schema["x-check"] = element.check
    if element.examples:
        schema["examples"] = list(element.examples)
    return schema


def _values(element: DataElement) -> dict[str, Any]:
    """What a value may be, in standard keywords as far as they reach."""
    if element.code_list:
        return {"$ref": f"#/$defs/{_definition_name(element)}"}
    schema = element.format.to_schema(numeric=element.numeric)
    shape = schema.pop("pattern", "")
    patterns = [p for p in (CHECKS[element.check].pattern if element.check else shape, element.pattern) if p]
    if len(patterns) == 1:
        schema["pattern"] = patterns[0]
    elif patterns:
        schema["allOf"] = [{"pattern": pattern} for pattern in patterns]
    return schema | _bounds(element)


def _bounds(element: DataElement) -> dict[str, Any]:
    prefix = "" if element.numeric else "x-"
    bounds = {"minimum": element.minimum, "maximum": element.maximum}
    return {
        prefix + keyword: _number(text) if element.numeric else text
        for keyword, text in bounds.items()
        if text
    }


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def _definition_name(element: DataElement) -> str:
    ref = element.code_list
    assert ref is not None
    return f"{ref.id}.{ref.version}" + (".all" if ref.retired else "")


def _codes(element: DataElement, lists: Lists, on: date | None) -> dict[str, Any]:
    found = _list_of(element, lists)
    retired = bool(element.code_list and element.code_list.retired)
    allowed = [code.value for code in (found.codes if retired else found.in_force(on))]
    schema: dict[str, Any] = {
        "type": "string",
        "enum": allowed,
        "x-code-list": {"id": found.id, "version": found.version},
    }
    others = found.by_value.keys() - set(allowed)
    if 0 < len(others) <= MOST_RETIRED:
        schema["x-not-in-force"] = {value: _span(found.by_value[value], found) for value in sorted(others)}
    return schema


def _span(code: Code, found: CodeList) -> dict[str, Any]:
    """When the code holds, and what took its place."""
    successors = [found.by_value[value] for value in code.replaced_by]
    data: dict[str, Any] = {
        "from": code.valid_from.isoformat() if code.valid_from else "",
        "to": code.valid_to.isoformat() if code.valid_to else "",
        "by": [{"value": next_code.value, "names": dict(next_code.names)} for next_code in successors],
    }
    return {key: value for key, value in data.items() if value}


def _list_of(element: DataElement, lists: Lists) -> CodeList:
    ref = element.code_list
    assert ref is not None
    return lists[ref.id, ref.version]


def _faults(elements: Sequence[tuple[DataElement, bool]], lists: Lists) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for index, (element, _) in enumerate(elements):
        if element.id in seen:
            faults.append(_fault(index, "duplicate", element.id))
        seen.add(element.id)
        ref = element.code_list
        if ref and (ref.id, ref.version) not in lists:
            faults.append(_fault(index, "code_list", f"{ref.id}@{ref.version}"))
    return faults


_SAID: Mapping[str, tuple[str, str, str]] = {
    "duplicate": ("数据元“{}”重复", "資料元「{}」重複", "element {} is given twice"),
    "code_list": ("缺少代码集“{}”", "缺少代碼集「{}」", "code list {} is missing"),
}


def _fault(index: int, code: str, value: str) -> Fault:
    hans, hant, en = (said.format(value) for said in _SAID[code])
    return Fault(f"/elements/{index}", f"compose.{code}", {"zh-Hans": hans, "zh-Hant": hant, "en": en})


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise BadInput(faults=faults)

"""Composition of data elements into one JSON Schema 2020-12: the schema is derived, never hand-made.

Beside the standard keywords a property carries
    x-element      {id, version}: what the value means
    x-sensitivity  public | internal | personal | sensitive
    x-check        name of an identifier rule, beyond what `pattern` can say
    x-minimum, x-maximum   bounds of decimal text (money), as decimal text
    x-ui           what a form needs: widget, order, label, help, messages, mask, options, unit, example
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
from gdbos_contracts.text import LANGUAGES, Text, pick
from services.standards.domain.codelist import CodeList, rows
from services.standards.domain.element import DataElement

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_INLINE_OPTIONS = 200
"""Longer lists are searched through the registry instead of being sent with every form."""

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
        "x-ui": _ui(element, required, order, lists, on),
    }
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
    patterns = [p for p in (schema.pop("pattern", ""), element.pattern, _check_pattern(element)) if p]
    if len(patterns) == 1 or element.check:
        schema["pattern"] = patterns[-1]
    elif patterns:
        schema["allOf"] = [{"pattern": pattern} for pattern in patterns]
    return schema | _bounds(element)


def _check_pattern(element: DataElement) -> str:
    return CHECKS[element.check].pattern if element.check else ""


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
    values = [code.value for code in (found.codes if retired else found.in_force(on))]
    return {
        "type": "string",
        "enum": values,
        "x-code-list": {"id": found.id, "version": found.version},
    }


def _list_of(element: DataElement, lists: Lists) -> CodeList:
    ref = element.code_list
    assert ref is not None
    return lists[ref.id, ref.version]


def _ui(element: DataElement, required: bool, order: int, lists: Lists, on: date | None) -> dict[str, Any]:
    ui: dict[str, Any] = {
        "widget": _widget(element, lists, on),
        "order": order,
        "label": dict(element.names),
        "help": dict(element.help),
        "messages": _messages(element, required),
        "mask": element.check if element.personal else "",
        "unit": element.unit,
        "example": element.examples[0] if element.examples else "",
    }
    if element.code_list:
        found = _list_of(element, lists)
        ui["code_list"] = {"id": found.id, "version": found.version}
        options = rows(found.in_force(on))
        if len(options) <= MOST_INLINE_OPTIONS:
            ui["options"] = options
    return {key: value for key, value in ui.items() if value not in ("", {}, [])}


_WIDGETS = {"boolean": "yes_no", "ul": "textarea", "YYYY-MM-DD": "date", "YYYYMMDD": "date"}
_RADIO = 7
_ONE_LINE = 100


def _widget(element: DataElement, lists: Lists, on: date | None) -> str:
    if element.code_list:
        count = sum(1 for _ in _list_of(element, lists).in_force(on))
        return "radio" if count <= _RADIO else "select" if count <= MOST_INLINE_OPTIONS else "search"
    if element.format.kind in _WIDGETS:
        return _WIDGETS[element.format.kind]
    if element.representation == "file":
        return "file"
    if element.numeric or element.representation == "amount":
        return "number"
    return "textarea" if (element.format.high or 0) > _ONE_LINE else "text"


def _messages(element: DataElement, required: bool) -> dict[str, Any]:
    """Sentences that name the field: why it may not stay empty, and what to type."""
    label = {language: pick(element.names, language) for language in LANGUAGES}
    choose = bool(element.code_list)
    shape = element.format.describe()
    messages: dict[str, Any] = {
        "required": {
            "zh-Hans": f"请{'选择' if choose else '填写'}{label['zh-Hans']}",
            "zh-Hant": f"請{'選擇' if choose else '填寫'}{label['zh-Hant']}",
            "en": f"{'Choose' if choose else 'Enter'} {label['en']}",
        },
        "invalid": {
            "zh-Hans": f"{label['zh-Hans']}应为{'列表中的一项' if choose else shape['zh-Hans']}",
            "zh-Hant": f"{label['zh-Hant']}應為{'清單中的一項' if choose else shape['zh-Hant']}",
            "en": f"{label['en']} must be {'one of the list' if choose else shape['en']}",
        },
    }
    return messages if required else {"invalid": messages["invalid"]}


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

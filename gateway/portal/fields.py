"""Form fields derived from the JSON Schema of data elements; nobody lays a form out by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.portal.days import written
from gdbos_contracts.errors import Fault
from gdbos_contracts.text import LANGUAGES, Text

Json = Mapping[str, Any]
PREFIX = "a."
"""Before the element id in the name of an input, so that no element meets a field of the page itself."""
_DIGITS = frozenset({"mobile", "postal_code"})


@dataclass(frozen=True, slots=True)
class Field:
    """One input. `widget` is text, textarea, number, date, radio, select, yes_no; `value` is what was typed."""

    element: str
    widget: str
    label: Text
    help: Text = field(default_factory=dict)
    value: str = ""
    required: bool = False
    options: Sequence[Json] = ()
    unit: str = ""
    example: str = ""
    longest: int | None = None
    digits: bool = False
    autocomplete: str = ""
    errors: Sequence[Text | str] = ()

    @property
    def name(self) -> str:
        return PREFIX + self.element

    @property
    def id(self) -> str:
        return anchor(self.element)


def anchor(element: str) -> str:
    """The id of an element's input, where the error summary leads."""
    return "f-" + element.replace(".", "-").replace("_", "-")


def build(
    schema: Json, elements: Iterable[str], typed: Mapping[str, Any], faults: Iterable[Fault] = ()
) -> list[Field]:
    """The fields of these elements, in their order; `typed` holds values or what was typed before."""
    wrong: dict[str, list[Text | str]] = {}
    for fault in faults:
        wrong.setdefault(element_of(fault.pointer), []).append(fault.message)
    required = set(schema.get("required", ()))
    properties = schema.get("properties", {})
    return [
        _field(name, properties[name], schema, name in required, typed.get(name), wrong.get(name, ()))
        for name in elements
        if name in properties
    ]


def read(schema: Json, elements: Iterable[str], form: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the schema's types; what was left empty is left out, what is no number stays text."""
    found = {}
    for name in elements:
        typed = form.get(PREFIX + name, "").strip()
        if typed:
            found[name] = _typed(typed, schema.get("properties", {}).get(name, {}).get("type"))
    return found


def missing(schema: Json, elements: Iterable[str], answers: Json) -> list[Fault]:
    """A fault, in the words of the element, for each required one without an answer."""
    required = set(schema.get("required", ()))
    return [
        Fault(f"/answers/{name}", "required", _required_message(schema, name))
        for name in elements
        if name in required and answers.get(name) in (None, "")
    ]


def element_of(pointer: str) -> str:
    """The element at which a fault's pointer leads: `/answers/<element>` or `/data/<element>`."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")]
    return parts[2] if len(parts) > 2 and parts[1] in ("answers", "data") else ""


def told(schema: Json, element: str, value: Any) -> Text | str:
    """A value as people read it: the name of a code, yes or no, else the value itself."""
    ui = schema.get("properties", {}).get(element, {}).get("x-ui", {})
    for option in ui.get("options", ()):
        if option["value"] == value:
            return option["names"]  # type: ignore[no-any-return]
    if isinstance(value, bool):
        return YES if value else NO
    unit = ui.get("unit", "")
    if unit:
        return f"{value} {unit}"
    if isinstance(value, str) and _DATED.fullmatch(value):
        return {language: written(value, language) for language in LANGUAGES}
    return str("" if value is None else value)


_DATED = re.compile(r"(18|19|20)\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
"""A day or a month as the schemas write it; no other answer has this form."""


def label(schema: Json, element: str) -> Text | str:
    """The element's name; its id when the schema does not have it."""
    found: Text | str = schema.get("properties", {}).get(element, {}).get("x-ui", {}).get("label") or element
    return found


YES: Text = {"zh-Hans": "是", "zh-Hant": "是", "en": "Yes"}
NO: Text = {"zh-Hans": "否", "zh-Hant": "否", "en": "No"}


def _field(
    name: str, own: Json, schema: Json, required: bool, value: Any, errors: Sequence[Text | str]
) -> Field:
    ui = own.get("x-ui", {})
    widget = ui.get("widget", "text")
    return Field(
        element=name,
        widget="select" if widget == "search" else widget,
        label=ui.get("label", name),
        help=ui.get("help", {}),
        value=_shown(value),
        required=required,
        options=ui.get("options") or _listed(own, schema),
        unit=ui.get("unit", ""),
        example=ui.get("example", ""),
        longest=own.get("maxLength"),
        digits=own.get("x-check") in _DIGITS,
        autocomplete=_AUTOCOMPLETE.get(name.rpartition(".")[2], "") if name.startswith("contact.") else "",
        errors=errors,
    )


_AUTOCOMPLETE = {"name": "name", "mobile": "tel", "address": "street-address", "email": "email"}
"""WCAG 1.3.5: what the browser may offer, for fields about the person who types."""


def _listed(own: Json, schema: Json) -> list[Json]:
    """Options from the schema's own enumeration, when the form did not get names for them."""
    target = schema.get("$defs", {}).get(own.get("$ref", "").rpartition("/")[2], own)
    return [{"value": str(value), "names": str(value)} for value in target.get("enum", ())]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _typed(text: str, kind: Any) -> Any:
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind in ("integer", "number"):
        try:
            return int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            return text
    return text


def _required_message(schema: Json, name: str) -> Text:
    messages = schema["properties"][name].get("x-ui", {}).get("messages", {})
    found: Text = messages.get("required") or {
        "zh-Hans": f"请填写{name}",
        "zh-Hant": f"請填寫{name}",
        "en": f"Enter {name}",
    }
    return found

"""What a form needs to ask for an element (`x-ui`): widget, words, mask, options. Derived, never hand-made."""

from __future__ import annotations

from datetime import date
from typing import Any

from gdbos_contracts.text import LANGUAGES, pick
from services.standards.domain.codelist import CodeList, rows
from services.standards.domain.element import DataElement

MOST_INLINE_OPTIONS = 200
"""Longer lists are searched through the registry instead of being sent with every form."""


def ui(
    element: DataElement, required: bool, order: int, codes: CodeList | None, on: date | None
) -> dict[str, Any]:
    """The `x-ui` of one property. `codes` is the element's list; those in force on `on` are offered."""
    options = rows(codes.in_force(on)) if codes else []
    found: dict[str, Any] = {
        "widget": _widget(element, len(options)),
        "order": order,
        "label": dict(element.names),
        "help": dict(element.help),
        "messages": _messages(element, required),
        "mask": element.check if element.personal else "",
        "unit": element.unit,
        "example": element.examples[0] if element.examples else "",
    }
    if codes:
        found["code_list"] = {"id": codes.id, "version": codes.version}
        found["options"] = options if len(options) <= MOST_INLINE_OPTIONS else []
    return {key: value for key, value in found.items() if value not in ("", {}, [])}


_WIDGETS = {"boolean": "yes_no", "ul": "textarea", "YYYY-MM-DD": "date", "YYYYMMDD": "date"}
_RADIO = 7
_ONE_LINE = 100


def _widget(element: DataElement, count: int) -> str:
    """`count` is the number of codes on offer."""
    if element.code_list:
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

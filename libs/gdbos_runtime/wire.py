"""Base of every marshmallow schema on the wire: unknown fields refused, faults with JSON Pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from gdbos_contracts.errors import BadInput, Fault

_MESSAGES = {
    "Missing data for required field.": ("required", "必填项未填写", "必填項未填寫"),
    "Unknown field.": ("unknown", "未知字段", "未知欄位"),
    "Field may not be null.": ("null", "不能为空", "不能為空"),
    "Not a valid string.": ("type", "应为文字", "應為文字"),
    "Not a valid integer.": ("type", "应为整数", "應為整數"),
    "Not a valid boolean.": ("type", "应为是或否", "應為是或否"),
    "Not a valid mapping type.": ("type", "应为对象", "應為物件"),
    "Not a valid list.": ("type", "应为列表", "應為列表"),
    "Not a valid date.": ("format", "应为 YYYY-MM-DD 日期", "應為 YYYY-MM-DD 日期"),
}


class Wire(Schema):
    """A JSON object on the wire. `load` returns a dict or raises BadInput with one fault per pointer."""

    class Meta:
        unknown = RAISE

    @classmethod
    def read(cls, data: Any) -> Any:
        """`load` by the one instance of the class: making its fields anew costs more than a small load."""
        return _one(cls).load(data)

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:
        raise BadInput(faults=faults_of(error.messages))


@cache
def _one(kind: type[Wire]) -> Wire:
    return kind()


def faults_of(messages: Any, pointer: str = "") -> tuple[Fault, ...]:
    """marshmallow's nested messages as faults."""
    return tuple(_walk(messages, pointer))


def _walk(messages: Any, pointer: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            if key == "_schema" or (
                pointer and key in ("key", "value")
            ):  # of a Dict field, not a field itself
                yield from _walk(inner, pointer)
            else:
                step = str(key).replace("~", "~0").replace("/", "~1")
                yield from _walk(inner, f"{pointer}/{step}")
    elif isinstance(messages, list):
        for inner in messages:
            yield from _walk(inner, pointer)
    else:
        code, hans, hant = _MESSAGES.get(str(messages), ("invalid", str(messages), str(messages)))
        yield Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": str(messages)})


class Flag(fields.Boolean):
    """true or false, in a query as words; nothing that is merely like one (0, "off") passes for it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if value not in ("true", "false") and not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value in (True, "true")


def text(required: bool = True, **kwargs: Any) -> fields.Field[Any]:
    """A short string: 1 to 200 characters, kept as sent."""
    return fields.String(required=required, validate=validate.Length(min=1, max=200), **kwargs)


def json_object(required: bool = False) -> fields.Field[Any]:
    """Any JSON object."""
    if required:
        return fields.Dict(keys=fields.String(), required=True)
    return fields.Dict(keys=fields.String(), load_default=dict)


def strings(**kwargs: Any) -> fields.Field[Any]:
    """A list of strings, empty when absent."""
    return fields.List(fields.String(), load_default=list, **kwargs)

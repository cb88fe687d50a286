"""What is wrong with a schema itself, each fault with its JSON Pointer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from gdbos_atom.identifiers import CHECKS
from gdbos_atom.pointers import escape, pointer_of
from gdbos_atom.validation.engine import METASCHEMAS, Resources, build
from gdbos_atom.validation.keywords import DECIMAL
from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text

_SUPPORTED = {uri.rstrip("#"): uri for uri in METASCHEMAS.values()}


def validate_schema(schema: object, *, resources: Resources | None = None) -> list[Fault]:
    """Every fault of `schema` as JSON Schema 2020-12 or draft 7, with our keywords; [] when there is none."""
    try:
        return _faults(json.loads(json.dumps(schema, allow_nan=False)), resources or {})
    except (TypeError, ValueError, RecursionError) as problem:
        return [
            _fault(
                "", "schema.json", f"不是 JSON：{problem}", f"不是 JSON：{problem}", f"is not JSON: {problem}"
            )
        ]


def _faults(schema: Any, resources: Resources) -> list[Fault]:
    dialect = (
        schema.get("$schema", METASCHEMAS["2020-12"])
        if isinstance(schema, Mapping)
        else METASCHEMAS["2020-12"]
    )
    metaschema = _SUPPORTED.get(dialect.rstrip("#")) if isinstance(dialect, str) else None
    if metaschema is None and not (isinstance(dialect, str) and dialect in resources):
        known = " · ".join(METASCHEMAS.values())
        return [
            _fault(
                "/$schema", "schema.dialect", f"仅支持 {known}", f"僅支援 {known}", f"must be one of {known}"
            )
        ]
    found = [*_against_metaschema(schema, metaschema), *_own_keywords(schema)]
    return list({(f.pointer, f.code): f for f in found}.values()) or _compilation(schema, resources)


def _against_metaschema(schema: Any, metaschema: str | None) -> Iterator[Fault]:
    if metaschema is None:
        return
    for error in _judge(metaschema).iter_errors(schema):
        words = error.message if len(error.message) <= _LONGEST else error.kind.name
        yield _fault(
            pointer_of(error.instance_path),
            f"schema.{error.kind.name}",
            f"不符合 JSON Schema：{words}",
            f"不符合 JSON Schema：{words}",
            f"is not JSON Schema: {words}",
        )


@cache
def _judge(metaschema: str) -> Any:
    """The validator of schemas; making one costs more than using it."""
    return jsonschema_rs.validator_for({"$ref": metaschema}, validate_formats=True, offline=True)


_LONGEST = 200


def _own_keywords(node: Any, pointer: str = "") -> Iterator[Fault]:
    """Unknown check names and bounds that are no decimal text.

    A member of `properties` may itself be called x-check: its value is then a schema, not text, and passes.
    """
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from _own_keywords(value, f"{pointer}/{index}")
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        at = f"{pointer}/{escape(key)}"
        if isinstance(value, (Mapping, list, bool)):
            if key not in ("enum", "const", "default", "examples"):
                yield from _own_keywords(value, at)
        elif key == "x-check" and value not in CHECKS:
            known = " · ".join(sorted(CHECKS))
            yield _fault(
                at,
                "schema.x-check",
                f"未知的校验规则，可用：{known}",
                f"未知的校驗規則，可用：{known}",
                f"no such check; known: {known}",
            )
        elif key in ("x-minimum", "x-maximum") and not (isinstance(value, str) and DECIMAL.fullmatch(value)):
            yield _fault(
                at, f"schema.{key}", "应为十进制数的文本", "應為十進位數的文字", "must be decimal text"
            )


def _compilation(schema: Any, resources: Resources) -> list[Fault]:
    """What shows itself only when the parts are put together: dangling references above all."""
    try:
        build(schema, formats=True, dialect="2020-12", resources=resources)
    except (ValueError, LookupError, ArithmeticError, TypeError, jsonschema_rs.ReferencingError) as problem:
        words = str(getattr(problem, "message", problem)).partition("\n")[0]
        pointer = pointer_of(getattr(problem, "instance_path", ()))
        return [
            _fault(
                pointer,
                "schema.reference",
                f"无法编译：{words}",
                f"無法編譯：{words}",
                f"cannot be compiled: {words}",
            )
        ]
    return []


def _fault(pointer: str, code: str, hans: str, hant: str, en: str) -> Fault:
    message: Text = {"zh-Hans": hans, "zh-Hant": hant, "en": en}
    return Fault(pointer, code, message)

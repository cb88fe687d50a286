"""One schema, two speeds, one verdict."""

from __future__ import annotations

from itertools import islice
from typing import Any

import jsonschema_rs

from gdbos_atom.validation.declared import declared as as_declared
from gdbos_atom.validation.engine import Resources, compiled
from gdbos_atom.validation.explain import explanation, unreadable
from gdbos_atom.validation.schema_faults import validate_schema
from gdbos_atom.validation.violation import Violation
from gdbos_contracts.errors import BadInput, Fault

MOST_ERRORS = 500
"""A person can use no more, and a reply should carry no more."""


class Validator:
    """A compiled schema; equal schemas share one compilation, so making it again is cheap.

    `resources` maps URIs to the schemas that a `$ref` may reach; nothing is fetched. `dialect` ("2020-12" or
    "draft7") is that of a schema without `$schema`. `formats`: True asserts `format`, False only annotates,
    None leaves it to the dialect. `declared` also asserts what JSON Schema only lets an author declare
    (`validation.declared`). Raises BadInput with the faults of a bad schema.
    """

    __slots__ = ("_rules", "_sure", "_fast", "_full", "schema")

    def __init__(
        self,
        schema: Any,
        *,
        resources: Resources | None = None,
        dialect: str = "2020-12",
        formats: bool | None = True,
        declared: bool = False,
    ) -> None:
        if declared:
            schema = as_declared(schema)
        try:
            parts = compiled(schema, formats=formats, dialect=dialect, resources=resources or {})
        except _NO_SCHEMA as problem:
            raise BadInput(
                faults=validate_schema(schema, resources=resources) or [_no_schema(problem)]
            ) from problem
        self.schema = schema
        self._full = parts.full
        self._fast = parts.fast.is_valid
        self._sure = parts.sure
        self._rules = parts.rules

    def verdict(self, data: Any) -> bool:
        """Whether `data` is valid. Data that is not JSON is not."""
        try:
            if not self._fast(data):
                return False
        except ValueError:
            return False
        for key, holds in self._sure:
            if not holds(data[key]):
                return False
        if self._rules and isinstance(data, dict):
            for key, holds in self._rules:
                value = data.get(key)
                if isinstance(value, str) and not holds(value):
                    return False
        return True

    def explain(self, data: Any) -> list[Violation]:
        """What is wrong with `data`, in order of pointer; [] exactly where `verdict` says True.

        Only the first MOST_ERRORS that the engine finds are explained.
        """
        try:
            errors = list(islice(self._full.iter_errors(data), MOST_ERRORS))
        except ValueError:
            return [unreadable()]
        return explanation(self.schema, data, errors)


_NO_SCHEMA = (ValueError, TypeError, LookupError, ArithmeticError, jsonschema_rs.ReferencingError)


def _no_schema(problem: Exception) -> Fault:
    return Fault(
        "",
        "schema.invalid",
        {
            "zh-Hans": f"不是可用的 JSON Schema：{problem}",
            "zh-Hant": f"不是可用的 JSON Schema：{problem}",
            "en": f"no usable JSON Schema: {problem}",
        },
    )

"""Random JSON Schemas and small changes of them."""

from __future__ import annotations

import json
from random import Random
from typing import Any

TYPES = ["string", "number", "null", "boolean", "array", "object", "integer"]
NAMES = ["a", "b", "c"]


class Schemas:
    """A stream of schemas, each a document with two definitions that any part may refer to."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pair(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Two schemas, mostly the second a change of the first."""
        first = self.document()
        return first, self._changed(first) if self._one_in(3, 2) else self.document()

    def document(self) -> dict[str, Any]:
        made = self.schema()
        made = made if isinstance(made, dict) else {"allOf": [made]}
        return {**made, "$defs": {"x": self.schema(1), "y": self.schema(2)}}

    def schema(self, depth: int = 0) -> Any:
        if depth > 3 or self._one_in(25):
            return self._random.choice([True, False, {}, {"type": "string"}, {"type": "integer"}])
        kinds = [
            self._number,
            self._text,
            self._array,
            self._object,
            self._object,
            self._combined,
            self._plain,
        ]
        return self._random.choice(kinds)(depth)

    def _one_in(self, of: int, wanted: int = 1) -> bool:
        return self._random.randrange(of) < wanted

    def _some(self, made: dict[str, Any], choices: dict[str, list[Any]]) -> dict[str, Any]:
        for keyword, values in choices.items():
            if self._one_in(3):
                made[keyword] = self._random.choice(values)
        if self._one_in(3):
            made.pop("type")
        return made

    def _number(self, depth: int) -> dict[str, Any]:
        edges = dict.fromkeys(
            ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), [-2, 0, 1, 2, 5, 2.5]
        )
        kind = self._random.choice(["number", "integer"])
        return self._some({"type": kind}, {**edges, "multipleOf": [1, 2, 3, 0.5]})

    def _text(self, depth: int) -> dict[str, Any]:
        lengths = dict.fromkeys(("minLength", "maxLength"), [0, 1, 2, 3, 5])
        patterns = {"pattern": ["^a", "a*", "[0-9]+", "^$"], "format": ["date", "email"]}
        return self._some({"type": "string"}, {**lengths, **patterns})

    def _array(self, depth: int) -> dict[str, Any]:
        def inner() -> Any:
            return self.schema(depth + 1)

        return self._some(
            {"type": "array"},
            {
                "items": [inner()],
                "prefixItems": [[inner()], [inner(), inner()]],
                "minItems": [0, 1, 2, 3],
                "maxItems": [0, 1, 2, 3],
                "uniqueItems": [True, False],
                "contains": [inner()],
                "unevaluatedItems": [False],
            },
        )

    def _object(self, depth: int) -> dict[str, Any]:
        def inner() -> Any:
            return self.schema(depth + 1)

        made = {"type": "object", "properties": {n: inner() for n in NAMES if self._one_in(2)}}
        return self._some(
            made,
            {
                "required": [["a"], ["b", "c"]],
                "additionalProperties": [False, True, inner()],
                "patternProperties": [{"^a": inner()}, {"b": inner()}, {"x": inner(), "^s": inner()}],
                "propertyNames": [{"maxLength": 2}, {"pattern": "^a"}, inner()],
                "minProperties": [0, 1, 2],
                "maxProperties": [0, 1, 2],
                "dependentRequired": [{"a": ["b"]}],
                "dependentSchemas": [{"a": inner()}],
                "unevaluatedProperties": [False],
            },
        )

    def _combined(self, depth: int) -> dict[str, Any]:
        def inner() -> Any:
            return self.schema(depth + 1)

        keyword = self._random.choice(["anyOf", "oneOf", "allOf", "not", "if"])
        if keyword == "not":
            return {"not": inner()}
        if keyword == "if":
            return self._some(
                {"type": self._random.choice(TYPES), "if": inner()}, {"then": [inner()], "else": [inner()]}
            )
        return {keyword: [inner() for _ in range(self._random.randint(1, 3))]}

    def _plain(self, depth: int) -> dict[str, Any]:
        values = [1, 2, "a", "b", None, True, [], {}, "ab"]
        return self._random.choice(
            [
                {"enum": self._random.sample(values, self._random.randint(1, 4))},
                {"const": self._random.choice(values)},
                {"type": self._random.sample(TYPES, self._random.randint(1, 3))},
                {"$ref": self._random.choice(["#", "#/$defs/x", "#/$defs/y"])},
            ]
        )

    def _changed(self, schema: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(json.dumps(schema))
        other = self.schema(1)
        if isinstance(other, dict) and other:
            keyword = self._random.choice(sorted(other))
            made[keyword] = other[keyword]
        spare = sorted(set(made) - {"$defs"})
        if spare and self._one_in(2):
            made.pop(self._random.choice(spare))
        return made

"""One dialect inside: draft 4 and draft 7 forms become their 2020-12 equals, references become reachable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

from gdbos_atom.validation.declared import CONTENT
from gdbos_atom.validation.subschemas import before_2019, rebuilt

Json = Any
_ASSERTED = {"contentEncoding": "base64", "contentMediaType": "application/json"}
"""What our validator holds draft 7 schemas to (Validation draft 7 §8 lets it); later drafts only annotate."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def normal(schema: Json, *, beside: bool = False) -> Json:
    """A new tree in 2020-12 form; every subschema is an object of its own, so it may be told by identity. What stands
    `beside` a reference may be taken to count also in dialects in which it does not."""
    return rebuilt(schema, partial(_of_old, beside=beside) if before_2019(schema) else _of_new)


def _of_new(made: dict[str, Json]) -> dict[str, Json]:
    made.pop("$schema", None)
    _bounds(made)
    return made


def _of_old(made: dict[str, Json], beside: bool) -> dict[str, Json]:
    if isinstance(made.get("$ref"), str) and not beside:
        return {keyword: made[keyword] for keyword in ("$ref", "$defs", "definitions") if keyword in made}
    _array_form(made)
    _dependencies(made)
    _content(made)
    if str(made.get("$id", "")).startswith("#"):
        made["$anchor"] = made.pop("$id")[1:]
    return _of_new(made)


def _bounds(made: dict[str, Json]) -> None:
    """Draft 4's boolean form of the exclusive bounds."""
    for exclusive, inclusive in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(made.get(exclusive), bool) and made.pop(exclusive) and inclusive in made:
            made[exclusive] = made.pop(inclusive)


def _array_form(made: dict[str, Json]) -> None:
    if isinstance(made.get("items"), list):
        made["prefixItems"] = made.pop("items")
        if "additionalItems" in made:
            made["items"] = made.pop("additionalItems")
    made.pop("additionalItems", None)


def _content(made: dict[str, Json]) -> None:
    asserted = [value if made.get(keyword) == value else "" for keyword, value in _ASSERTED.items()]
    if any(asserted):
        made[CONTENT] = asserted


def _dependencies(made: dict[str, Json]) -> None:
    for name, wanted in dict(made.pop("dependencies", {})).items():
        kind = "dependentRequired" if isinstance(wanted, list) else "dependentSchemas"
        made[kind] = {**made.get(kind, {}), name: wanted}


class Document:
    """A normalised schema with its references."""

    def __init__(self, schema: Json, *, beside: bool = False) -> None:
        self.root = normal(schema, beside=beside)
        self._anchors: dict[str, Json] = {}
        self.size = 0
        for each in _subschemas(self.root):
            self.size += 1
            if "$anchor" in each:
                self._anchors[each["$anchor"]] = each

    def resolve(self, reference: str) -> Json:
        """What `$ref` reaches inside the document. KeyError for what it does not hold."""
        if reference == "#":
            return self.root
        if reference.startswith("#/"):
            found = self.root
            for part in reference[2:].split("/"):
                key = unquote(part).replace("~1", "/").replace("~0", "~")
                found = found[int(key)] if isinstance(found, list) else found[key]
            return found
        return self._anchors[reference.removeprefix("#")]

    def alone(self, schema: Json) -> Json:
        """`schema` as a document of its own, with the definitions where it refers to any."""
        return self.with_definitions(schema) if '"$' in json.dumps(schema) else schema

    def with_definitions(self, schema: Any) -> dict[str, Json]:
        """`schema` as a document that reaches the same definitions."""
        held = {
            k: self.root[k]
            for k in ("$defs", "definitions")
            if isinstance(self.root, dict) and k in self.root
        }
        return {"$schema": DIALECT, **held, "allOf": [schema]}


def _subschemas(schema: Json) -> Iterator[dict[str, Json]]:
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(each for each in node.values() if isinstance(each, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(node)

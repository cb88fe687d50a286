"""Compiled schemas: jsonschema-rs with our keywords, kept by content, and a shortcut for flat records.

A call from the engine back into Python costs as much as half a record. In the records that people fill in,
identifiers are members of the root object: their patterns stay in the engine, and their arithmetic is done
beside it, on the members themselves. Where a reference could reach such a member from elsewhere the shortcut
is not taken, so it never changes a verdict.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Protocol

import jsonschema_rs

from gdbos_atom.identifiers import CHECKS
from gdbos_atom.regex import preferring_linear
from gdbos_atom.validation.keywords import KEYWORDS, RULES, Rule

Resources = Mapping[str, Any]
"""URI → schema: what a `$ref` may reach. Nothing is ever fetched."""

METASCHEMAS: Mapping[str, str] = MappingProxyType(
    {
        "2020-12": "https://json-schema.org/draft/2020-12/schema",
        "draft7": "http://json-schema.org/draft-07/schema#",
    }
)
"""The dialects that are supported, by the name that callers give them."""

_CLASSES = {"2020-12": jsonschema_rs.Draft202012Validator, "draft7": jsonschema_rs.Draft7Validator}
MOST_KEPT = 1024


class Engine(Protocol):
    """The part of a jsonschema-rs validator that is used."""

    def is_valid(self, instance: Any) -> bool: ...
    def iter_errors(self, instance: Any) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Compiled:
    """`fast` and the rules (member, rule) together give the verdict that `full` gives alone. Where `fast` accepts, the
    members of `sure` are there and are texts."""

    full: Engine
    fast: Engine
    sure: tuple[tuple[str, Rule], ...] = ()
    rules: tuple[tuple[str, Rule], ...] = ()


def compiled(schema: Any, *, formats: bool | None, dialect: str, resources: Resources) -> Compiled:
    """The compiled schema, from memory when an equal one was seen. Raises ValueError when it is none."""
    return _kept(json.dumps([schema, formats, dialect, dict(resources)], sort_keys=True, allow_nan=False))


@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str) -> Compiled:
    schema, formats, dialect, resources = json.loads(text)
    full = build(schema, formats=formats, dialect=dialect, resources=resources)
    rest, rules = _lift(schema)
    if rest is schema:
        return Compiled(full, full)
    fast = build(rest, formats=formats, dialect=dialect, resources=resources)
    told = {key: _is_told(schema, key) for key, _ in rules}
    sure, others = (tuple(each for each in rules if told[each[0]] is which) for which in (True, False))
    return Compiled(full, fast, sure, others)


def build(schema: Any, *, formats: bool | None, dialect: str, resources: Resources) -> Engine:
    """A jsonschema-rs validator with our keywords. Raises ValueError when `schema` is none."""
    make = jsonschema_rs.validator_for if _names_dialect(schema) else _CLASSES[dialect]
    own = KEYWORDS if any(f'"{name}"' in json.dumps([schema, dict(resources)]) for name in KEYWORDS) else {}
    engine: Engine = preferring_linear(
        partial(
            make,
            schema,
            validate_formats=formats,
            keywords=dict(own),
            registry=_own_metaschema(schema, resources),
            retriever=_shelf(resources, dialect),
        )
    )
    return engine


def _shelf(resources: Resources, dialect: str) -> Callable[[str], Any]:
    """Gives a resource, in the dialect that it names, else in that of the schema. Nothing is fetched."""

    def take(uri: str) -> Any:
        if uri not in resources:
            raise LookupError(f"{uri} is not among the resources")
        found = resources[uri]
        if isinstance(found, Mapping) and not _names_dialect(found):
            return {"$schema": METASCHEMAS[dialect], **found}
        return found

    return take


def _own_metaschema(schema: Any, resources: Resources) -> Any:
    """The registry of a metaschema that is a resource itself; the engine wants it before it starts."""
    uri = schema["$schema"] if _names_dialect(schema) else None
    return (
        jsonschema_rs.Registry([(uri, resources[uri])]) if isinstance(uri, str) and uri in resources else None
    )


def _names_dialect(schema: Any) -> bool:
    return isinstance(schema, Mapping) and "$schema" in schema


def _lift(schema: Any) -> tuple[Any, tuple[tuple[str, Rule], ...]]:
    """The schema without our keywords on its root members, and what of them must be asked beside the engine."""
    members = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(members, Mapping) or "$ref" in schema or not all(map(_harmless, _references(schema))):
        return schema, ()
    rest, rules = {}, []
    for key, member in members.items():
        rest[key], asked = _lift_member(member)
        rules += [(key, rule) for rule in asked]
    changed = any(rest[key] is not members[key] for key in members)
    return ({**schema, "properties": rest} if changed else schema), tuple(rules)


def _is_told(schema: Mapping[str, Any], key: str) -> bool:
    """Whether the schema itself says that its root is an object which has the member, and that this is a text."""
    return (
        schema.get("type") == "object"
        and key in schema.get("required", ())
        and schema["properties"][key].get("type") == "string"
    )


def _lift_member(member: Any) -> tuple[Any, list[Rule]]:
    """An identifier's pattern goes to the engine, unless the member has another one of its own.

    Beside `$ref` nothing is lifted: draft 7 does not look at what stands there.
    """
    own = [name for name in RULES if name in member] if isinstance(member, Mapping) else []
    check = CHECKS[member["x-check"]] if "x-check" in own else None
    if not own or "$ref" in member or (check and member.get("pattern", check.pattern) != check.pattern):
        return member, []
    rest = {name: value for name, value in member.items() if name not in RULES}
    rules = [RULES[name](member[name]) for name in own if name != "x-check"]
    if check:
        rest["pattern"] = check.pattern
        rules += [] if check.is_pattern_alone else [check.holds]
    return rest, rules


def _references(node: Any) -> Iterator[str]:
    """Every reference in the schema, wherever it stands."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("$ref", "$dynamicRef", "$recursiveRef"):
                yield value if isinstance(value, str) else ""
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _harmless(reference: str) -> bool:
    """Definitions hold no root member, so a reference into them cannot reach one."""
    return reference.startswith("#/$defs/")

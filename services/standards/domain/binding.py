"""Schemas that name a code list instead of spelling out its codes: `x-code-list` {id, version} without `enum`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gdbos_atom.pointers import escape
from gdbos_contracts.errors import BadInput, Fault
from services.standards.domain.codelist import CodeList

Json = Any
Key = tuple[str, int]


def references(schema: Json) -> dict[Key, str]:
    """(id, version) of every list that the schema names without its codes → the pointer of the first such place."""
    found: dict[Key, str] = {}
    for pointer, place in _places(schema, ""):
        found.setdefault(_key(place["x-code-list"]), f"{pointer}/x-code-list")
    return found


def bind(schema: Json, lists: Mapping[Key, CodeList]) -> Json:
    """A copy with the codes in their places. BadInput, one fault for each, for lists that there are not."""
    absent = [_absent(key, pointer) for key, pointer in references(schema).items() if key not in lists]
    if absent:
        raise BadInput(faults=absent)
    made = json.loads(json.dumps(schema))
    for _, place in _places(made, ""):
        place["enum"] = [code.value for code in lists[_key(place["x-code-list"])].in_force(None)]
    return made


def named(schema: Json) -> list[Key]:
    """(id, version) of every element (`x-element`) and code list (`x-code-list`) that the schema refers to."""
    found: dict[Key, None] = {}
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            marks = (node.get("x-element"), node.get("x-code-list"))
            found |= {_key(mark): None for mark in marks if mark is not None and _named(mark)}
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return sorted(found)


def _places(node: Json, pointer: str) -> Iterator[tuple[str, dict[str, Json]]]:
    if isinstance(node, dict):
        if _named(node.get("x-code-list")) and "enum" not in node:
            yield pointer, node
        for name, value in list(node.items()):
            if name not in ("enum", "const", "examples", "default"):
                yield from _places(value, f"{pointer}/{escape(name)}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _places(value, f"{pointer}/{index}")


def _named(reference: Json) -> bool:
    return (
        isinstance(reference, dict)
        and isinstance(reference.get("id"), str)
        and isinstance(reference.get("version"), int)
    )


def _key(reference: Mapping[str, Any]) -> Key:
    return reference["id"], reference["version"]


def _absent(key: Key, pointer: str) -> Fault:
    name = f"{key[0]}@{key[1]}"
    message = {
        "zh-Hans": f"代码集 {name} 不存在",
        "zh-Hant": f"代碼集 {name} 不存在",
        "en": f"no code list {name}",
    }
    return Fault(pointer, "dangling", message)

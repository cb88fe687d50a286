"""Values to try for a fact that nobody has stated: those at which an answer may turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from gdbos_feel.moments import Date
from gdbos_feel.moments_text import read_any
from gdbos_feel.parser import Node

MOST = 96
_ALWAYS = (True, False, None, Decimal(0), Decimal(1), "", "~")


def constants(tree: Node) -> Iterator[Any]:
    """What a tree names as a value."""
    for node in _nodes(tree):
        if node[0] == "literal" and node[1] is not None:
            yield node[1]
        elif node[0] == "negative" and node[1][0] == "literal" and isinstance(node[1][1], Decimal):
            yield -node[1][1]
        elif node[0] == "at":
            yield read_any(node[1])


def members(tree: Node) -> Iterator[str]:
    """The names that paths of a tree step to."""
    return (node[2] for node in _nodes(tree) if node[0] == "path")


def names(tree: Node) -> Iterator[str]:
    """The names that a tree reads."""
    return (node[1] for node in _nodes(tree) if node[0] == "name")


def _nodes(tree: Any) -> Iterator[Node]:
    if isinstance(tree, tuple):
        if tree and isinstance(tree[0], str):
            yield tree
        for part in tree:
            yield from _nodes(part)


def scalars(values: Mapping[str, Any]) -> Iterator[Any]:
    """The plain values of a context: an unknown fact may be compared with them."""
    for value in values.values():
        if isinstance(value, dict):
            yield from scalars(value)
        elif value is not None and not isinstance(value, list):
            yield value


def around(values: Iterable[Any], steps: Iterable[str] = ()) -> list[Any]:
    """Each value and its neighbours, the values that always count, lists of them, contexts with these members."""
    found: list[Any] = []
    for value in (*values, *_ALWAYS):
        _add(found, value)
        for near in _near(value):
            _add(found, near)
    plain = found[: MOST // 2]
    keys = sorted(set(steps))
    lists: list[Any] = [[], plain, *([each] for each in plain[:4])]
    contexts = [dict.fromkeys(keys, each) for each in plain[:12]] if keys else []
    return [*found[:MOST], *lists, *contexts]


def _add(found: list[Any], value: Any) -> None:
    if not any(type(each) is type(value) and each == value for each in found):
        found.append(value)


def _near(value: Any) -> Iterator[Any]:
    if isinstance(value, Decimal):
        yield from (value - 1, value + 1)
    elif isinstance(value, Date):
        yield from (Date.from_days(value.days - 1), Date.from_days(value.days + 1))
        yield from (Date(value.year - 100, value.month, 1), Date(value.year + 100, value.month, 1))
    elif isinstance(value, str) and isinstance(day := read_any(value), Date):
        yield from (day, *_near(day))

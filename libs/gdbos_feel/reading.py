"""What an expression reads of its context, without evaluating it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gdbos_feel.api import parse
from gdbos_feel.parser import Node

_LOOPS = frozenset({"for", "some", "every"})


def paths(expression: str, names: Iterable[str] = ()) -> frozenset[str]:
    """The dotted paths that it reads, `firm.address.city` as well as the shorter ones on the way to it; FeelError.

    What a loop, a quantifier, a function or a context binds is nothing of the context that is given. A name that is
    bound anywhere in the expression is left out in all of it.
    """
    tree = parse(expression, names)
    bound = frozenset(_bound(tree))
    return frozenset(path for path in _read(tree) if path.partition(".")[0] not in bound)


def _read(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        steps = _steps(node)
        if steps:
            yield ".".join(steps)


def _steps(node: Node) -> list[str]:
    """The names of a path that begins with a name; [] of any other node."""
    steps: list[str] = []
    while node[0] == "path":
        steps.insert(0, node[2])
        node = node[1]
    return [node[1], *steps] if node[0] == "name" else []


def _bound(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        if node[0] in _LOOPS or node[0] == "context":
            yield from (name for name, _ in node[1])
        elif node[0] == "function":
            yield from node[1]


def _nodes(tree: Any) -> Iterator[Node]:
    """Every node; of a tuple that is none, those in it."""
    if isinstance(tree, tuple):
        if tree and isinstance(tree[0], str) and len(tree) > 1:
            yield tree
        for part in tree:
            yield from _nodes(part)

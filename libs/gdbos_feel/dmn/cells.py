"""The cells of a decision table as trees: which constants a cell compares its input with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gdbos_feel.compiler import build
from gdbos_feel.env import Budget, Env, Run
from gdbos_feel.parser import Node

INPUT = ("name", "?")
_COMPARING = frozenset(
    {
        "any",
        "tests",
        "not_tests",
        "test",
        "compare",
        "range",
        "list",
        "between",
        "signed_range",
        "in",
        "and",
        "or",
    }
)


class Computes(ValueError):
    """The cell does more than compare its input with constants."""


def constants(node: Node) -> Iterator[Any]:
    """FEEL's values in the tree of a cell; Computes for one that has no answer without a scope, or changes its
    answer elsewhere than at these values."""
    if node[0] in ("literal", "at") or (node[0] == "negative" and node[1][0] == "literal"):
        yield build(node)(Env({}, Budget()))
        return
    if node == INPUT:
        return
    if node[0] not in _COMPARING:
        raise Computes(f"a cell computes ({node[0]})")
    for part in node[1:]:
        for inner in part if isinstance(part, tuple) and part and isinstance(part[0], tuple) else (part,):
            if isinstance(inner, tuple) and inner:
                yield from constants(inner)


def passes(test: Run, value: Any) -> bool:
    """Whether the tests of a cell let this input pass."""
    return test(Env({"?": value}, Budget())) is True

"""The public calls: read once, evaluate many times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from gdbos_feel.compiler import Env, Run, build
from gdbos_feel.parser import Node, Parser
from gdbos_feel.values import feel

Evaluator = Callable[[Mapping[str, Any]], Any]


def parse(expression: str, names: Iterable[str] = ()) -> Node:
    """The tree; FeelError with the position. `names`: names in scope that hold blanks."""
    return Parser(expression, names).expression()


def compile(expression: str) -> Evaluator:
    """A function from a context (name → Python or JSON value) to the value. FeelError now, not later."""
    _compiled(expression, frozenset())

    def evaluator(context: Mapping[str, Any]) -> Any:
        return _compiled(expression, _odd_names(context))(Env(feel(dict(context))))

    return evaluator


def evaluate(expression: str, context: Mapping[str, Any] | None = None) -> Any:
    """The value of `expression` in `context`."""
    return _compiled(expression, _odd_names(context or {}))(Env(feel(dict(context or {}))))


@lru_cache(maxsize=8192)
def _compiled(expression: str, names: frozenset[str]) -> Run:
    return build(parse(expression, names))


@lru_cache(maxsize=8192)
def compiled_tests(text: str, names: frozenset[str]) -> Run:
    """The closure of unary tests; the input is named `?`."""
    return build(Parser(text, names).unary_tests())


def _odd_names(context: Mapping[str, Any]) -> frozenset[str]:
    """Names, at any depth, that a word alone cannot spell."""
    return frozenset(_odd(context, 6))


def _odd(value: Any, depth: int) -> Iterator[str]:
    if depth and isinstance(value, Mapping):
        for key, inner in value.items():
            if not str(key).isidentifier():
                yield str(key)
            yield from _odd(inner, depth - 1)
    elif depth and isinstance(value, (list, tuple)):
        for inner in value[:50]:
            yield from _odd(inner, depth - 1)

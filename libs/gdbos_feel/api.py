"""The public calls: read once, evaluate many times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from gdbos_feel.boundary import feel, plain
from gdbos_feel.compiler import build
from gdbos_feel.cursor import Scope, spelling
from gdbos_feel.env import MOST_SECONDS, MOST_STEPS, Budget, Env, Run, too_deep
from gdbos_feel.parser import Node, Parser

Evaluator = Callable[[Mapping[str, Any]], Any]
_DEEPEST_LOOK = 6
_FLAT = frozenset({str, int, float, bool, type(None)})


def parse(expression: str, names: Iterable[str] = ()) -> Node:
    """The tree; FeelError with the position. `names`: names in scope that hold blanks."""
    known = frozenset(map(spelling, names))
    return Parser(expression, Scope(names=known, members=known)).expression()


def compile(expression: str, names: Iterable[str] = ()) -> Evaluator:
    """A function from a context (name → Python or JSON value) to the value. FeelError now, not later.

    `names` with blanks may be given; those of the context count too, when its evaluation comes.
    """
    known = frozenset(names)
    plainly = _compiled(expression, known)

    def evaluator(context: Mapping[str, Any]) -> Any:
        flat = _FLAT.issuperset(map(type, context.values())) and all(map(str.isidentifier, context))
        odd = None if flat else odd_names(context)
        return _run(_compiled(expression, known | odd) if odd else plainly, context, Budget())

    return evaluator


def evaluate(
    expression: str,
    context: Mapping[str, Any] | None = None,
    *,
    steps: int = MOST_STEPS,
    seconds: float = MOST_SECONDS,
) -> Any:
    """The value of `expression` in `context`; FeelError, or FeelBudgetError past `steps` or `seconds`."""
    given = context or {}
    return _run(_compiled(expression, odd_names(given)), given, Budget(steps, seconds))


def unary_tests(text: str, names: Iterable[str] = ()) -> Callable[[Any, Mapping[str, Any]], bool | None]:
    """A function from (input, context) to whether the input passes the tests of a table's cell."""
    known = frozenset(names)
    _compiled_tests(text, known)

    def test(given: Any, context: Mapping[str, Any]) -> bool | None:
        run = _compiled_tests(text, known | odd_names(context))
        found: bool | None = _run(run, {**context, "?": given}, Budget())
        return found

    return test


def _run(run: Run, context: Mapping[str, Any], budget: Budget) -> Any:
    try:
        names = {k if k.isidentifier() else spelling(k): feel(value) for k, value in context.items()}
        return plain(run(Env(names, budget)))
    except RecursionError as error:
        raise too_deep() from error


def spelled(name: str) -> str:
    return name if name.isidentifier() else spelling(name)


@lru_cache(maxsize=8192)
def _compiled(expression: str, names: frozenset[str]) -> Run:
    return build(parse(expression, names))


@lru_cache(maxsize=8192)
def _compiled_tests(text: str, names: frozenset[str]) -> Run:
    known = frozenset(map(spelling, names))
    return build(Parser(text, Scope(names=known, members=known)).unary_tests())


def odd_names(context: Mapping[str, Any]) -> frozenset[str]:
    """Names, some levels deep, that a word alone cannot spell."""
    return frozenset(_odd(context, _DEEPEST_LOOK))


def _odd(value: Any, depth: int) -> Iterator[str]:
    if depth and isinstance(value, Mapping):
        for key, inner in value.items():
            if not str(key).isidentifier():
                yield str(key)
            if type(inner) not in _FLAT:
                yield from _odd(inner, depth - 1)
    elif depth and isinstance(value, (list, tuple)):
        for inner in value[:50]:
            yield from _odd(inner, depth - 1)

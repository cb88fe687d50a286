"""Lists, contexts, ranges, filters and loops.

Nodes: list(entries) context((key, node)…) range(low, high, low_in, high_in) signed_range(sign, node)
filter(node, condition) for(loops, body) some(loops, body) every(loops, body) count(low, high).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from gdbos_feel.env import Budget, Env, Run
from gdbos_feel.moments import Date
from gdbos_feel.parser import Node
from gdbos_feel.unary import Build, mentions
from gdbos_feel.values import Range, compare, is_number, signed_range

Loops = list[tuple[str, Run]]


def builders(build: Build) -> dict[str, Callable[..., Run]]:
    """By kind of node."""

    def loops(pairs: tuple[tuple[str, Node], ...]) -> Loops:
        return [(name, build(source)) for name, source in pairs]

    return {
        "list": lambda entries: _list([build(entry) for entry in entries]),
        "context": lambda entries: context_of(loops(entries)),
        "range": lambda low, high, low_in, high_in: _constant(
            _range(build(low), build(high), low_in, high_in), low, high
        ),
        "signed_range": lambda sign, node: _signed(sign, build(node)),
        "filter": lambda node, condition: filtered(build(node), build(condition)),
        "for": lambda pairs, body: looped(loops(pairs), build(body), mentions(body, "partial")),
        "some": lambda pairs, body: quantified(loops(pairs), build(body), True),
        "every": lambda pairs, body: quantified(loops(pairs), build(body), False),
        "count": lambda low, high: _count(build(low), build(high)),
    }


def _list(runs: list[Run]) -> Run:
    def run(env: Env) -> list[Any]:
        env.budget.spend(len(runs))
        return [each(env) for each in runs]

    return run


def context_of(entries: Loops) -> Run:
    """Each entry sees those before it; null when a key comes twice."""
    keys = {key for key, _ in entries}
    if len(keys) < len(entries):
        return lambda env: None

    def run(env: Env) -> dict[str, Any]:
        made: dict[str, Any] = {}
        inner = env.inner(made)
        for key, value in entries:
            made[key] = value(inner)
        return made

    return run


def _constant(run: Run, *parts: Node) -> Run:
    """What is made of literals alone is made once: the intervals of a table's cells."""
    if any(part[0] != "literal" for part in parts):
        return run
    value = run(Env({}, Budget()))
    return lambda env: value


def _range(low: Run, high: Run, low_in: bool, high_in: bool) -> Run:
    def run(env: Env) -> Range | None:
        least, most = low(env), high(env)
        if least is None or most is None:
            return Range(least, most, low_in, high_in)
        order = compare(least, most)
        return Range(least, most, low_in, high_in) if order is not None else None

    return run


def _signed(sign: str, node: Run) -> Run:
    return lambda env: signed_range(sign, node(env))


def filtered(source: Run, test: Run) -> Run:
    """`list[condition]`, `list[2]`: a number picks one entry, from the end when negative."""

    def run(env: Env) -> Any:
        value = source(env)
        entries = value if isinstance(value, list) else [] if value is None else [value]
        if not entries:
            found = test(env.inner({"item": None}))
            return None if is_number(found) or value is None else []
        kept = []
        for each in entries:
            env.budget.spend()
            scope = {"item": each, **each} if isinstance(each, dict) else {"item": each}
            found = test(env.inner(scope))
            if is_number(found):
                return _picked(entries, found)
            if found is True:
                kept.append(each)
        return kept

    return run


def _picked(entries: list[Any], index: Decimal) -> Any:
    if index != index.to_integral_value() or not 0 < abs(index) <= len(entries):
        return None
    return entries[int(index) - 1] if index > 0 else entries[int(index)]


def looped(loops: Loops, body: Run, partial: bool) -> Run:
    """`for … return …`. partial: whether the body names the results so far."""

    def run(env: Env) -> list[Any] | None:
        done: list[Any] = []
        for inner in _rounds(loops, env):
            if inner is None:
                return None
            if partial:
                env.budget.spend(len(done))
                inner = inner.inner({"partial": list(done)})
            done.append(body(inner))
        return done

    return run


def quantified(loops: Loops, condition: Run, decisive: bool) -> Run:
    """`some` is decided by the first true, `every` by the first false."""

    def run(env: Env) -> bool | None:
        unknown = False
        for inner in _rounds(loops, env):
            if inner is None:
                return None
            found = condition(inner)
            if found is decisive:
                return bool(decisive)
            unknown = unknown or not isinstance(found, bool)
        return None if unknown else not decisive

    return run


def _rounds(loops: Loops, env: Env) -> Iterator[Env | None]:
    """Every combination, the last loop turning fastest; None when a source cannot be walked."""
    name, source = loops[0]
    entries = walkable(source(env))
    if entries is None:
        yield None
        return
    for each in entries:
        env.budget.spend()
        inner = env.inner({name: each})
        if len(loops) == 1:
            yield inner
        else:
            yield from _rounds(loops[1:], inner)


def walkable(value: Any) -> Iterable[Any] | None:
    """The entries of a list or range; one value is a list of itself; None for what has no entries."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _steps(value, up_only=True)
    if isinstance(value, _Counting):
        return value.steps
    return None if value is None else [value]


class _Counting:
    """`for i in a..b`, up or down."""

    def __init__(self, steps: Iterable[Any] | None) -> None:
        self.steps = steps


def _count(low: Run, high: Run) -> Run:
    return lambda env: _Counting(_steps(Range(low(env), high(env)), up_only=False))


def _steps(span: Range, up_only: bool) -> Iterator[Any] | None:
    """The whole numbers or days of a range with both ends; None for another range."""
    order = compare(span.low, span.high)
    if order is None or not isinstance(span.low, (Decimal, Date)) or (up_only and order > 0):
        return None
    if isinstance(span.low, Date):
        return map(Date.from_days, _whole(span, span.low.days, span.high.days))
    if span.low != span.low.to_integral_value() or span.high != span.high.to_integral_value():
        return None
    return map(Decimal, _whole(span, int(span.low), int(span.high)))


def _whole(span: Range, low: int, high: int) -> range:
    step = 1 if low <= high else -1
    return range(low if span.low_in else low + step, high + step if span.high_in else high, step)

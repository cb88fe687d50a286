"""Trees into closures: each node once into a function of the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from gdbos_feel import types
from gdbos_feel.builtins import BUILTINS, Builtin
from gdbos_feel.errors import FeelBudgetError
from gdbos_feel.parser import Node
from gdbos_feel.temporal import attribute, read_any
from gdbos_feel.values import Range, YearsMonths, arithmetic, compare, equal, is_number

MOST_STEPS = 2_000_000
DEEPEST_CALLS = 200


class Env:
    """Names in scope, innermost first, and the budget that all of one evaluation share."""

    __slots__ = ("budget", "names", "outer")

    def __init__(
        self, names: dict[str, Any], outer: Env | None = None, budget: list[int] | None = None
    ) -> None:
        self.names = names
        self.outer = outer
        self.budget = budget if budget is not None else [MOST_STEPS, DEEPEST_CALLS]

    def inner(self, names: dict[str, Any]) -> Env:
        return Env(names, self, self.budget)

    def spend(self, steps: int = 1) -> None:
        self.budget[0] -= steps
        if self.budget[0] < 0:
            raise FeelBudgetError

    def get(self, name: str) -> Any:
        env: Env | None = self
        while env is not None:
            if name in env.names:
                return env.names[name]
            env = env.outer
        return BUILTINS.get(name)


Run = Callable[[Env], Any]


class Function:
    """A FEEL function: its parameters, its body, the scope in which it was made."""

    __slots__ = ("body", "env", "names")

    def __init__(self, names: tuple[str, ...], body: Run, env: Env) -> None:
        self.names, self.body, self.env = names, body, env

    def __call__(self, *values: Any) -> Any:
        if len(values) != len(self.names):
            return None
        return self.body(self.env.inner(dict(zip(self.names, values, strict=True))))


def build(node: Node) -> Run:
    """The closure of a tree."""
    return _BUILDERS[node[0]](*node[1:])


def _literal(value: Any) -> Run:
    return lambda env: value


def _at(text: str) -> Run:
    value = read_any(text)
    return lambda env: value


def _name(name: str) -> Run:
    return lambda env: env.get(name)


def _if(condition: Node, yes: Node, no: Node) -> Run:
    test, one, other = build(condition), build(yes), build(no)
    return lambda env: one(env) if test(env) is True else other(env)


def _and(left: Node, right: Node) -> Run:
    one, other = build(left), build(right)

    def run(env: Env) -> bool | None:
        first = one(env)
        if first is False:
            return False
        second = other(env)
        if second is False:
            return False
        return True if first is True and second is True else None

    return run


def _or(left: Node, right: Node) -> Run:
    one, other = build(left), build(right)

    def run(env: Env) -> bool | None:
        first = one(env)
        if first is True:
            return True
        second = other(env)
        if second is True:
            return True
        return False if first is False and second is False else None

    return run


def _compare(operator: str, left: Node, right: Node) -> Run:
    one, other = build(left), build(right)
    return lambda env: compared(operator, one(env), other(env))


def compared(operator: str, left: Any, right: Any) -> bool | None:
    """= != < <= > >=; None where there is no answer."""
    if operator in ("=", "!="):
        same = equal(left, right)
        if same is None and (left is None or right is None):
            same = False
        return same if operator == "=" or same is None else not same
    order = compare(left, right)
    if order is None:
        return None
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[operator]


def _between(value: Node, low: Node, high: Node) -> Run:
    one, least, most = build(value), build(low), build(high)

    def run(env: Env) -> bool | None:
        return Range(least(env), most(env)).holds(one(env)) if None not in (least(env), most(env)) else None

    return run


def _in(value: Node, tests: tuple[Node, ...]) -> Run:
    one, matches = build(value), [build(test) for test in tests]

    def run(env: Env) -> bool | None:
        inner = env.inner({"?": one(env)})
        found = [match(inner) for match in matches]
        return True if True in found else None if None in found else False

    return run


def _test(node: Node) -> Run:
    """One unary test: a boolean that mentions `?` counts itself; else the input is compared with the value."""
    run = build(node)
    uses_input = _mentions_input(node)

    def test(env: Env) -> bool | None:
        value, given = run(env), env.get("?")
        if uses_input and isinstance(value, bool):
            return value
        return matches(given, value)

    return test


def matches(given: Any, value: Any) -> bool | None:
    """Whether the input meets a value, a range, a list of them, or equals it."""
    if isinstance(value, Range):
        return value.holds(given)
    if isinstance(value, list) and not isinstance(given, list):
        found = [matches(given, each) for each in value]
        return True if True in found else None if None in found else False
    if isinstance(value, list) and isinstance(given, list) and given != value:
        return any(equal(given, each) is True for each in value) or equal(given, value)
    same = equal(given, value)
    return False if same is None and (given is None or value is None) else same


def _mentions_input(node: Any) -> bool:
    if isinstance(node, tuple):
        return node[:2] == ("name", "?") or any(_mentions_input(each) for each in node)
    return False


def _tests(tests: tuple[Node, ...]) -> Run:
    runs = [build(test) for test in tests]

    def run(env: Env) -> bool | None:
        unknown = False
        for each in runs:
            found = each(env)
            if found is True:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    return run


def _not_tests(tests: tuple[Node, ...]) -> Run:
    run = _tests(tests)

    def negated(env: Env) -> bool | None:
        found = run(env)
        return None if found is None else not found

    return negated


def _arithmetic(operator: str, left: Node, right: Node) -> Run:
    one, other = build(left), build(right)

    def run(env: Env) -> Any:
        env.spend()
        return arithmetic(operator, one(env), other(env))

    return run


def _negative(node: Node) -> Run:
    run = build(node)

    def negative(env: Env) -> Any:
        value = run(env)
        if is_number(value):
            return -value
        if isinstance(value, YearsMonths):
            return YearsMonths(-value.months)
        return arithmetic("*", value, Decimal(-1))

    return negative


def _list(entries: tuple[Node, ...]) -> Run:
    runs = [build(entry) for entry in entries]
    return lambda env: [run(env) for run in runs]


def _context(entries: tuple[tuple[str, Node], ...]) -> Run:
    runs = [(key, build(node)) for key, node in entries]

    def run(env: Env) -> dict[str, Any] | None:
        made: dict[str, Any] = {}
        inner = env.inner(made)
        for key, value in runs:
            if key in made:
                return None
            made[key] = value(inner)
        return made

    return run


def _range(low: Node, high: Node, low_in: bool, high_in: bool) -> Run:
    least, most = build(low), build(high)

    def run(env: Env) -> Range | None:
        start, end = least(env), most(env)
        half_open = (start is None) != (end is None)
        fits = half_open or compare(start, end) is not None
        return Range(start, end, low_in, high_in) if fits else None

    return run


def _open_range(sign: str, node: Node) -> Run:
    run = build(node)

    def made(env: Env) -> Range:
        value = run(env)
        if sign[0] == "<":
            return Range(None, value, False, sign == "<=")
        return Range(value, None, sign == ">=", False)

    return made


def _path(node: Node, name: str) -> Run:
    run = build(node)

    def path(env: Env) -> Any:
        return member(run(env), name)

    return path


def member(value: Any, name: str) -> Any:
    """`value.name`; of a list, of each of its entries."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return [member(each, name) for each in value]
    if isinstance(value, Range):
        return {
            "start": value.low,
            "end": value.high,
            "start included": value.low_in,
            "end included": value.high_in,
        }.get(name)
    return attribute(value, name)


def _filter(node: Node, condition: Node) -> Run:
    source, test = build(node), build(condition)

    def run(env: Env) -> Any:
        value = source(env)
        entries = value if isinstance(value, list) else [] if value is None else [value]
        index = _index(condition, test, env, entries)
        if index is not None:
            place = int(index)
            if place > 0:
                return entries[place - 1] if place <= len(entries) else None
            return entries[place] if place and -place <= len(entries) else None
        return [each for each in entries if _kept(each, test, env)]

    return run


def _index(condition: Node, test: Run, env: Env, entries: list[Any]) -> Decimal | None:
    """A filter that is a number picks one entry."""
    if condition[0] in ("compare", "and", "or", "some", "every", "in", "between"):
        return None
    first = entries[0] if entries else None
    scope = {**first, "item": first} if isinstance(first, dict) else {"item": first}
    value = test(env.inner(scope))
    return value if is_number(value) else None


def _kept(each: Any, test: Run, env: Env) -> bool:
    env.spend()
    scope = {"item": each, **each} if isinstance(each, dict) else {"item": each}
    return test(env.inner(scope)) is True


def _for(loops: tuple[tuple[str, Node], ...], body: Node) -> Run:
    built, result = [(name, build(source)) for name, source in loops], build(body)

    def run(env: Env) -> list[Any] | None:
        done: list[Any] = []
        scope = env.inner({"partial": done})
        for inner in _rounds(built, scope):
            if inner is None:
                return None
            done.append(result(inner))
        return done

    return run


def _some(loops: tuple[tuple[str, Node], ...], body: Node) -> Run:
    return _quantified(loops, body, True)


def _every(loops: tuple[tuple[str, Node], ...], body: Node) -> Run:
    return _quantified(loops, body, False)


def _quantified(loops: tuple[tuple[str, Node], ...], body: Node, decisive: bool) -> Run:
    built, condition = [(name, build(source)) for name, source in loops], build(body)

    def run(env: Env) -> bool | None:
        unknown = False
        for inner in _rounds(built, env):
            if inner is None:
                return None
            found = condition(inner)
            if found is decisive:
                return bool(found)
            unknown = unknown or not isinstance(found, bool)
        return None if unknown else not decisive

    return run


def _rounds(built: list[tuple[str, Run]], env: Env) -> Iterator[Env | None]:
    """Every combination, the last loop turning fastest; None when a source cannot be walked."""
    name, source = built[0]
    entries = _walkable(source(env))
    if entries is None:
        yield None
        return
    for each in entries:
        env.spend()
        inner = env.inner({name: each})
        if len(built) == 1:
            yield inner
        else:
            yield from _rounds(built[1:], inner)


def _walkable(value: Any) -> Iterable[Any] | None:
    if isinstance(value, (list, _Counting)):
        return value
    if isinstance(value, Range):
        return types.steps(value)
    return None if value is None else [value]


class _Counting:
    """`for i in a..b`, up or down."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self._low, self._high = int(low), int(high)

    def __iter__(self) -> Iterator[Decimal]:
        step = 1 if self._low <= self._high else -1
        return map(Decimal, range(self._low, self._high + step, step))


def _count(low: Node, high: Node) -> Run:
    least, most = build(low), build(high)

    def run(env: Env) -> Any:
        ends = least(env), most(env)
        if all(is_number(end) for end in ends):
            return _Counting(*ends)
        return types.steps(Range(*ends)) if compare(*ends) is not None else None

    return run


def _function(names: tuple[str, ...], body: Node) -> Run:
    run = build(body)
    return lambda env: Function(names, run, env)


def _call(target: Node, placed: tuple[Node, ...], named: tuple[tuple[str, Node], ...]) -> Run:
    function, values = build(target), [build(node) for node in placed]
    keywords = [(name, build(node)) for name, node in named]

    def run(env: Env) -> Any:
        env.spend()
        called = function(env)
        if not callable(called):
            return None
        env.budget[1] -= 1
        if env.budget[1] < 0:
            raise FeelBudgetError
        try:
            return call(called, [v(env) for v in values], {k: v(env) for k, v in keywords}, env)
        finally:
            env.budget[1] += 1

    return run


def call(called: Any, values: list[Any], keywords: dict[str, Any], env: Env) -> Any:
    """Call a function by position or by name; None when the arguments do not fit."""
    if keywords:
        names = called.names if isinstance(called, Function) else None
        if isinstance(called, Builtin):
            return called.by_name(keywords, env)
        if names is None or set(names) != set(keywords) or values:
            return None
        values = [keywords[name] for name in names]
    if isinstance(called, Builtin):
        return called.call(values, env)
    return called(*values)


def _instance(node: Node, type_name: str) -> Run:
    run = build(node)
    return lambda env: types.is_instance(run(env), type_name)


def _any() -> Run:
    return lambda env: True


_BUILDERS: dict[str, Callable[..., Run]] = {
    "literal": _literal, "at": _at, "name": _name, "if": _if, "and": _and, "or": _or, "compare": _compare,
    "between": _between, "in": _in, "test": _test, "tests": _tests, "not_tests": _not_tests, "any": _any,
    "arithmetic": _arithmetic, "negative": _negative, "list": _list, "context": _context, "range": _range,
    "open_range": _open_range, "path": _path, "filter": _filter, "for": _for, "some": _some, "every": _every,
    "count": _count, "function": _function, "call": _call, "instance": _instance,
}  # fmt: skip

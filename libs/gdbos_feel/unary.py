"""Unary tests and `in`. Nodes: any, tests(tests), not_tests(tests), test(node), in(value, tests)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdbos_feel.env import Env, Run
from gdbos_feel.parser import Node
from gdbos_feel.values import Range, equal

Build = Callable[[Node], Run]
AnyOf = Callable[[list[Run]], Run]


def builders(build: Build, any_of: AnyOf | None = None) -> dict[str, Callable[..., Run]]:
    """By kind of node. any_of: how alternatives become one test."""
    any_of = any_of or one_of
    return {
        "any": lambda: lambda env: True,
        "tests": lambda tests: any_of([build(test) for test in tests]),
        "not_tests": lambda tests: _negated(any_of([build(test) for test in tests])),
        "test": lambda node: _test(build(node), mentions(node, "?")),
        "in": lambda value, tests: _in(build(value), any_of([build(test) for test in tests])),
    }


def _in(value: Run, tests: Run) -> Run:
    return lambda env: tests(env.inner({"?": value(env)}))


def _test(run: Run, uses_input: bool) -> Run:
    """One test: a boolean that mentions `?`, or stands beside an input that is no boolean, counts itself; else
    the input is compared with the value."""

    def test(env: Env) -> bool | None:
        value, given = run(env), env.get("?")
        if isinstance(value, bool) and (uses_input or not isinstance(given, (bool, type(None)))):
            return value
        return matches(given, value)

    return test


def matches(given: Any, value: Any) -> bool | None:
    """Whether the input lies in a range, meets an entry of a list, or equals the value."""
    if isinstance(value, Range) and not isinstance(given, Range):
        return value.holds(given)
    if isinstance(value, list):
        if isinstance(given, list) and equal(given, value) is True:
            return True
        found = [_meets(given, each) for each in value]
        return True if True in found else None if None in found and False not in found else False
    return equal(given, value)


def _meets(given: Any, entry: Any) -> bool | None:
    """A list beside a list inside a list is compared whole."""
    both = isinstance(given, list) and isinstance(entry, list)
    return equal(given, entry) if both else matches(given, entry)


def mentions(node: Any, name: str) -> bool:
    """Whether a tree names this."""
    if isinstance(node, tuple):
        return node[:2] == ("name", name) or any(mentions(each, name) for each in node)
    return False


def one_of(runs: list[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]

    def run(env: Env) -> bool | None:
        unknown = False
        for each in runs:
            found = each(env)
            if found is True:
                return True
            unknown = unknown or found is None
        return None if unknown else False

    return run


def _negated(run: Run) -> Run:
    def negated(env: Env) -> bool | None:
        found = run(env)
        return None if found is None else not found

    return negated

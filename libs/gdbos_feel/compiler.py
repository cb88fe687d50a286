"""Trees into closures: each node once into a function of the environment.

Kinds of nodes: literal(value) at(text) name(name) if(condition, yes, no) and(l, r) or(l, r)
compare(sign, l, r) between(value, low, high) in(value, tests) arithmetic(sign, l, r) negative(node)
path(node, name) call(function, placed, named) function(names, types, body) external(names, types, body)
instance(node, type); unary.py and lists.py have the rest.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from gdbos_feel import lists, unary
from gdbos_feel.arithmetic import arithmetic, attribute, negative
from gdbos_feel.builtins import BUILTINS, Builtin
from gdbos_feel.env import Env, Function, Run
from gdbos_feel.external import external_function
from gdbos_feel.moments_text import read_any
from gdbos_feel.parser import Node
from gdbos_feel.types import UNKNOWN, Type
from gdbos_feel.unary import Build
from gdbos_feel.values import Range, compared


def build(node: Node) -> Run:
    """The closure of a tree."""
    return _BUILDERS[node[0]](*node[1:])


def _literal(value: Any) -> Run:
    return lambda env: value


def _at(text: str) -> Run:
    value = read_any(text)
    return lambda env: value


def _name(name: str) -> Run:
    builtin = BUILTINS.get(name)

    def run(env: Env) -> Any:
        names = env.names
        return names[name] if name in names else env.get(name, builtin)

    return run


def _if(build: Build, condition: Node, yes: Node, no: Node) -> Run:
    test, one, other = build(condition), build(yes), build(no)
    return lambda env: one(env) if test(env) is True else other(env)


def _and(build: Build, left: Node, right: Node) -> Run:
    return _connective(build(left), build(right), False)


def _or(build: Build, left: Node, right: Node) -> Run:
    return _connective(build(left), build(right), True)


def _connective(one: Run, other: Run, decisive: bool) -> Run:
    """Three-valued: what is no boolean counts as unknown."""

    def run(env: Env) -> bool | None:
        first = one(env)
        if first is decisive:
            return bool(decisive)
        second = other(env)
        if second is decisive:
            return bool(decisive)
        return (not decisive) if first is second is (not decisive) else None

    return run


def _compare(build: Build, operator: str, left: Node, right: Node) -> Run:
    one, other, plainly = build(left), build(right), _PLAINLY[operator]

    def run(env: Env) -> bool | None:
        first, second = one(env), other(env)
        kind = type(first)
        if kind is type(second) and (kind is Decimal or kind is str):
            return plainly(first, second)
        return compared(operator, first, second)

    return run


_PLAINLY: dict[str, Callable[[Any, Any], bool]] = {
    "=": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
"""What `compared` says of two numbers or two strings."""


def _between(build: Build, value: Node, low: Node, high: Node) -> Run:
    one, least, most = build(value), build(low), build(high)
    return lambda env: Range(least(env), most(env)).holds(one(env))


def _arithmetic(build: Build, operator: str, left: Node, right: Node) -> Run:
    one, other = build(left), build(right)

    def run(env: Env) -> Any:
        env.budget.spend()
        found = arithmetic(operator, one(env), other(env))
        return env.budget.weigh(found) if isinstance(found, str) else found

    return run


def _negative(build: Build, node: Node) -> Run:
    run = build(node)
    return lambda env: negative(run(env))


def _path(build: Build, node: Node, name: str) -> Run:
    run = build(node)

    def path(env: Env) -> Any:
        value = run(env)
        return env.budget.weigh(member(value, name)) if isinstance(value, list) else member(value, name)

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


def _function(build: Build, names: tuple[str, ...], types: tuple[Type | None, ...], body: Node) -> Run:
    run = build(body)
    return lambda env: Function(names, types, run, env)


def _external(build: Build, names: tuple[str, ...], types: tuple[Type | None, ...], body: Node) -> Run:
    run = build(body)
    return lambda env: external_function(names, types, run(env), env)


def _call(build: Build, target: Node, placed: tuple[Node, ...], named: tuple[tuple[str, Node], ...]) -> Run:
    function, values = build(target), [build(node) for node in placed]
    keywords = [(name, build(node)) for name, node in named]

    def run(env: Env) -> Any:
        called = function(env)
        if not callable(called):
            return None
        env.budget.spend()
        if not keywords:
            found = called(*[value(env) for value in values])
        elif values or not isinstance(called, (Function, Builtin)):
            return None
        else:
            found = called.by_name({name: value(env) for name, value in keywords})
        return env.budget.weigh(found)

    return run


def _instance(build: Build, node: Node, declared: Type) -> Run:
    run = build(node)
    if declared is UNKNOWN:
        return lambda env: None
    return lambda env: declared.holds(run(env))


def builders(build: Build) -> dict[str, Callable[..., Run]]:
    """By kind of node; `build` is for the nodes within."""
    parts: dict[str, Callable[..., Run]] = {
        "if": _if, "and": _and, "or": _or, "compare": _compare, "between": _between,
        "arithmetic": _arithmetic, "negative": _negative, "path": _path, "function": _function,
        "external": _external, "call": _call, "instance": _instance,
    }  # fmt: skip
    return {
        "literal": _literal,
        "at": _at,
        "name": _name,
        **{kind: partial(part, build) for kind, part in parts.items()},
        **unary.builders(build),
        **lists.builders(build),
    }


_BUILDERS = builders(build)

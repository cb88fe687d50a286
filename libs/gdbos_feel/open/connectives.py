"""Where an answer may be known although an operand is not: Kleene's and, or, if, some, every, alternatives.

Everything else of FEEL is strict and is built as ever; a path may lead through a context that is known in part.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from gdbos_feel import lists, unary
from gdbos_feel.compiler import builders, member
from gdbos_feel.env import Env, Run
from gdbos_feel.open.facts import Facts, Held
from gdbos_feel.parser import Node
from gdbos_feel.values import identical


def build(node: Node) -> Run:
    """The closure of a tree, that lets unknown facts be."""
    return _BUILDERS[node[0]](*node[1:])


def _name(name: str) -> Run:
    return _whole(_ORDINARY["name"](name))


def _path(node: Node, name: str) -> Run:
    return _whole(_partial_path(node, name))


def _whole(run: Run) -> Run:
    def whole(env: Env) -> Any:
        value = run(env)
        return value.whole() if isinstance(value, Facts) else value

    return whole


def _partial_path(node: Node, name: str) -> Run:
    """A step of a path sees the context as it is, known or not."""
    if node[0] not in ("name", "path"):
        return _ORDINARY["path"](node, name)
    owner = _ORDINARY["name"](node[1]) if node[0] == "name" else _partial_path(*node[1:])

    def step(env: Env) -> Any:
        value = owner(env)
        return env.budget.weigh(member(value, name)) if isinstance(value, list) else member(value, name)

    return step


def _and(left: Node, right: Node) -> Run:
    return _connective([build(left), build(right)], False)


def _or(left: Node, right: Node) -> Run:
    return _connective([build(left), build(right)], True)


def _connective(runs: list[Run], decisive: bool) -> Run:
    def run(env: Env) -> bool | None:
        held = Held()
        found: list[Any] = []
        for each in runs:
            found.append(held.value(partial(each, env)))
            if found[-1] is decisive:
                return bool(decisive)
        held.release()
        return (not decisive) if all(value is (not decisive) for value in found) else None

    return run


def _if(condition: Node, yes: Node, no: Node) -> Run:
    test, one, other = build(condition), build(yes), build(no)

    def run(env: Env) -> Any:
        held = Held()
        found = held.value(lambda: test(env))
        if found is not held:
            return one(env) if found is True else other(env)
        values = [held.value(lambda: one(env)), held.value(lambda: other(env))]
        if held not in values and identical(*values):
            return values[0]
        return held.release()

    return run


def _some(pairs: tuple[tuple[str, Node], ...], body: Node) -> Run:
    return _quantified(pairs, body, True)


def _every(pairs: tuple[tuple[str, Node], ...], body: Node) -> Run:
    return _quantified(pairs, body, False)


def _quantified(pairs: tuple[tuple[str, Node], ...], body: Node, decisive: bool) -> Run:
    """The rounds whose condition is unknown wait until the others have not decided."""
    loops, condition = [(name, build(source)) for name, source in pairs], build(body)

    def run(env: Env) -> bool | None:
        waiting = Held()

        def one(inner: Env) -> Any:
            found = waiting.value(lambda: condition(inner))
            return (not decisive) if found is waiting else found

        found: bool | None = lists.quantified(loops, one, decisive)(env)
        if found is not decisive:
            waiting.release()
        return found

    return run


def _any_of(runs: list[Run]) -> Run:
    """Alternatives of a cell or of `in`."""

    def run(env: Env) -> bool | None:
        waiting = Held()

        def patient(each: Run) -> Run:
            def test(inner: Env) -> Any:
                found = waiting.value(lambda: each(inner))
                return False if found is waiting else found

            return test

        found: bool | None = unary.one_of([patient(each) for each in runs])(env)
        if found is not True:
            waiting.release()
        return found

    return run


_ORDINARY = builders(build)
_BUILDERS: dict[str, Callable[..., Run]] = {
    **_ORDINARY, **unary.builders(build, _any_of), "name": _name, "path": _path,
    "and": _and, "or": _or, "if": _if, "some": _some, "every": _every,
}  # fmt: skip

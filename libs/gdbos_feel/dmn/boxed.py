"""Boxed expressions: each element into one function of the environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdbos_feel.builtins import Builtin
from gdbos_feel.dmn.reader import Tag
from gdbos_feel.dmn.scope import Words
from gdbos_feel.dmn.session import fault
from gdbos_feel.dmn.table_reader import read_table
from gdbos_feel.env import Env, Function, Run
from gdbos_feel.external import external_function
from gdbos_feel.lists import filtered, looped, quantified
from gdbos_feel.types import Type, convert


def boxed(tag: Tag, words: Words, name: str) -> Run:
    """The expression, its value as its own typeRef has it. `name`: whose logic it is."""
    run = _READERS[tag.name](tag, words, name)
    return typed(run, words.type_of(tag.get("typeRef")), name)


def typed(run: Run, declared: Type | None, name: str) -> Run:
    """null, and an error, for a value that the type does not admit."""
    if declared is None:
        return run

    def checked(env: Env) -> Any:
        value, fits = convert(run(env), declared)
        if not fits:
            fault(env, f"{name}: the value is not of its type")
        return value

    return checked


def logic(tag: Tag, words: Words, name: str) -> Run:
    """The one expression inside an element; null without it."""
    found = next((child for child in tag.children if child.name in _READERS), None)
    return boxed(found, words, name) if found is not None else lambda env: None


def _child(tag: Tag, kind: str, words: Words, name: str) -> Run:
    child = tag.one(kind)
    return logic(child, words, name) if child is not None else lambda env: None


def _literal(tag: Tag, words: Words, name: str) -> Run:
    return words.expression(tag.words("text"))


def _context(tag: Tag, words: Words, name: str) -> Run:
    entries: list[tuple[str, Run]] = []
    result: Run | None = None
    for entry in tag.all("contextEntry"):
        variable, run = entry.one("variable"), logic(entry, words, name)
        if variable is None:
            result = run
        else:
            key = words.spelled(variable.get("name"))
            entries.append((key, typed(run, words.type_of(variable.get("typeRef")), key)))
    if len({key for key, _ in entries}) < len(entries):
        return lambda env: fault(env, f"{name}: a key comes twice")

    def run_all(env: Env) -> Any:
        made: dict[str, Any] = {}
        inner = env.inner(made)
        for key, entry in entries:
            made[key] = entry(inner)
        return made if result is None else result(inner)

    return run_all


def _list(tag: Tag, words: Words, name: str) -> Run:
    runs = [boxed(child, words, name) for child in tag.children if child.name in _READERS]
    return lambda env: [run(env) for run in runs]


def _relation(tag: Tag, words: Words, name: str) -> Run:
    columns = [(words.spelled(c.get("name")), words.type_of(c.get("typeRef"))) for c in tag.all("column")]
    rows = []
    for row in tag.all("row"):
        cells = [boxed(child, words, name) for child in row.children if child.name in _READERS]
        rows.append([(k, typed(c, t, k)) for (k, t), c in zip(columns, cells, strict=False)])
    return lambda env: [{key: cell(env) for key, cell in row} for row in rows]


def _invocation(tag: Tag, words: Words, name: str) -> Run:
    function, bindings = logic(tag, words, name), []
    for binding in tag.all("binding"):
        parameter = binding.one("parameter")
        key = words.spelled(parameter.get("name")) if parameter is not None else ""
        bindings.append((key, logic(binding, words, name)))

    def run(env: Env) -> Any:
        called = function(env)
        if not isinstance(called, (Function, Builtin)):
            return fault(env, f"{name}: what is invoked is no function")
        env.budget.spend()
        values = {key: value(env) for key, value in bindings}
        return env.budget.weigh(called.by_name(values) if values else called())

    return run


def _function(tag: Tag, words: Words, name: str) -> Run:
    return function_of(tag, words, name, None)


def function_of(tag: Tag, words: Words, name: str, result: Type | None) -> Run:
    """A functionDefinition; `result`: its declared type."""
    parameters = tag.all("formalParameter")
    names = tuple(words.spelled(each.get("name")) for each in parameters)
    types = tuple(words.type_of(each.get("typeRef")) for each in parameters)
    body = logic(tag, words, name)
    if tag.get("kind", "FEEL") != "FEEL":
        kind = tag.get("kind").lower()
        return lambda env: external_function(names, types, {kind: body(env)}, env)
    return lambda env: Function(names, types, body, env, result)


def _conditional(tag: Tag, words: Words, name: str) -> Run:
    test, yes, no = (_child(tag, kind, words, name) for kind in ("if", "then", "else"))

    def run(env: Env) -> Any:
        found = test(env)
        if found is not None and not isinstance(found, bool):
            return fault(env, f"{name}: the condition is no boolean")
        return yes(env) if found is True else no(env)

    return run


def _for(tag: Tag, words: Words, name: str) -> Run:
    body = tag.one("return")
    partial = body is not None and any("partial" in each.text for each in body.walk())
    return looped(_loop(tag, words, name), _child(tag, "return", words, name), partial)


def _loop(tag: Tag, words: Words, name: str) -> list[tuple[str, Run]]:
    return [(words.spelled(tag.get("iteratorVariable")), _child(tag, "in", words, name))]


def _some(tag: Tag, words: Words, name: str) -> Run:
    return quantified(_loop(tag, words, name), _child(tag, "satisfies", words, name), True)


def _every(tag: Tag, words: Words, name: str) -> Run:
    return quantified(_loop(tag, words, name), _child(tag, "satisfies", words, name), False)


def _filter(tag: Tag, words: Words, name: str) -> Run:
    return filtered(_child(tag, "in", words, name), _child(tag, "match", words, name))


_READERS: dict[str, Callable[[Tag, Words, str], Run]] = {
    "literalExpression": _literal, "decisionTable": read_table, "context": _context, "list": _list,
    "relation": _relation, "invocation": _invocation, "functionDefinition": _function,
    "conditional": _conditional, "for": _for, "some": _some, "every": _every, "filter": _filter,
}  # fmt: skip

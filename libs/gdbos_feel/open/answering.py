"""The public call for FEEL, and what it answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gdbos_feel import api
from gdbos_feel.boundary import feel, plain
from gdbos_feel.env import Budget, Env, Run, too_deep
from gdbos_feel.open.candidates import around, constants, members, names, scalars
from gdbos_feel.open.connectives import build
from gdbos_feel.open.facts import opened, stated
from gdbos_feel.open.turning import Given, Search
from gdbos_feel.parser import Node

Unknown = Iterable[str] | Mapping[str, Collection[Any] | None]
"""The facts that nobody has stated, as names or paths (`applicant.age`); with the values that one can have, when
these are all (None: any value, null too)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`known`: the value follows from the stated facts alone. `missing`: the facts that turn it, else ()."""

    known: bool
    value: Any = None
    missing: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, False (null too: a condition that is not true), or None while it is unknown."""
        return self.value is True if self.known else None


def answer(expression: str, context: Mapping[str, Any] | None = None, unknown: Unknown = ()) -> Answer:
    """The value of `expression`, or the facts that would decide it.

    Known: every completion of the unknown facts gives this value. Unknown: each fact named turns the value in
    some completion; where no completion tried turns it, all facts that it asks for are named.
    FeelError for a text that is not FEEL; FeelBudgetError as `evaluate`.
    """
    domains = domains_of(unknown)
    given = {api.spelled(key): feel(value) for key, value in (context or {}).items()}
    steps = {step for fact in domains for step in fact.split(".") if not step.isidentifier()}
    tree, run = _compiled(expression, api.odd_names(context or {}) | steps)
    named = set(names(tree))
    pool = around([*constants(tree), *scalars(given)], members(tree))

    def tried(facts: Given) -> Any:
        values = given
        for fact, value in facts.items():
            values = stated(values, fact, value)
        return run(Env(opened(values, [fact for fact in domains if fact not in facts]), Budget()))

    try:
        facts = [fact for fact in domains if fact.partition(".")[0] in named]
        return decided(Search(tried, facts, lambda fact: choices(domains, fact, pool)), domains)
    except RecursionError as error:
        raise too_deep() from error


def decided(search: Search, domains: Mapping[str, Sequence[Any] | None]) -> Answer:
    """The answer that a search comes to."""
    found = search.turning()
    if not search.asked:
        return Answer(True, plain(search.settled()))
    closed = all(domains[fact] is not None for fact in search.asked)
    if closed and not found and not search.exhausted:
        return Answer(True, plain(search.settled()))
    return Answer(False, None, found or tuple(search.asked))


def domains_of(unknown: Unknown) -> dict[str, Sequence[Any] | None]:
    if not isinstance(unknown, Mapping):
        return {_path(fact): None for fact in unknown}
    return {
        _path(fact): None if values is None else [feel(each) for each in values] or [None]
        for fact, values in unknown.items()
    }


def _path(fact: str) -> str:
    return ".".join(map(api.spelled, fact.split(".")))


def choices(domains: Mapping[str, Sequence[Any] | None], fact: str, pool: Sequence[Any]) -> Sequence[Any]:
    values = domains[fact]
    return pool if values is None else values


@lru_cache(maxsize=2048)
def _compiled(expression: str, names: frozenset[str]) -> tuple[Node, Run]:
    tree = api.parse(expression, names)
    return tree, build(tree)

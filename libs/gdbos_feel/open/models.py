"""The public call for decision models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from gdbos_feel.dmn.assembly import assemble
from gdbos_feel.dmn.graph import Nodes
from gdbos_feel.dmn.item_types import ItemTypes
from gdbos_feel.dmn.model import Model, values_of
from gdbos_feel.dmn.scope import Words
from gdbos_feel.dmn.session import Result, Session
from gdbos_feel.env import Run, too_deep
from gdbos_feel.open.answering import Answer, Unknown, choices, decided, domains_of
from gdbos_feel.open.candidates import around, constants, members, scalars
from gdbos_feel.open.connectives import build
from gdbos_feel.open.evaluation import OpenEvaluation
from gdbos_feel.open.facts import Held, opened, stated
from gdbos_feel.open.tables import OpenTable
from gdbos_feel.open.turning import Given, Search
from gdbos_feel.parser import Node as Tree
from gdbos_feel.types import convert


def answer_of(
    model: Model, decision: str, inputs: Mapping[str, Any] | None = None, unknown: Unknown = ()
) -> tuple[Answer, Result]:
    """(the answer, the evaluation with what is stated: its errors, and its trace with the rows that match for sure).

    A completion gives each unknown input a value of the type that the model declares for it, or null.
    DmnError for a decision that is not there; FeelBudgetError as `Model.evaluate`.
    """
    node, domains, nodes = model.node("decision", decision), domains_of(unknown), _opened(model)
    given = values_of(inputs or {})
    session = Session()

    def tried(facts: Given, session: Session | None = None) -> Any:
        values = given
        for fact, value in facts.items():
            values = stated(values, fact, value)
        left = opened(values, [fact for fact in domains if fact not in facts])
        return OpenEvaluation(nodes.nodes, session or Session(), given=left).value(node.key)

    pool = around([*nodes.constants, *scalars(given)], nodes.members)
    search = Search(tried, list(domains), lambda fact: choices(domains, fact, nodes.fitting(fact, pool)))
    try:
        Held().value(partial(tried, {}, session))
        found = decided(search, domains)
    except RecursionError as error:
        raise too_deep() from error
    return found, Result(found.value, session.errors if found.known else [], session.notes)


class OpenNodes:
    """A model compiled for unknown facts. `constants`, `members`: what its texts name."""

    def __init__(self, model: Model) -> None:
        trees: list[Tree] = []
        self.nodes: Nodes = assemble(*model.sources, partial(OpenWords, trees))[0]
        self.constants = [each for tree in trees for each in constants(tree)]
        self.members = {each for tree in trees for each in members(tree)}
        self._declared = {n.name: n.declared for n in self.nodes.values() if n.kind == "inputData"}

    def fitting(self, fact: str, pool: list[Any]) -> list[Any]:
        """Of the pool, the values that the declared type of the input takes; all for a part of an input."""
        declared = self._declared.get(fact)
        return pool if declared is None else [each for each in pool if convert(each, declared)[1]]


class OpenWords(Words):
    """Reads texts for unknown facts, and keeps their trees."""

    table = OpenTable

    def __init__(self, trees: list[Tree], names: Iterable[str], types: ItemTypes) -> None:
        super().__init__(names, types)
        self._trees = trees

    def build(self, tree: Tree) -> Run:
        self._trees.append(tree)
        return build(tree)


_CACHE: WeakKeyDictionary[Model, OpenNodes] = WeakKeyDictionary()


def _opened(model: Model) -> OpenNodes:
    found = _CACHE.get(model)
    if found is None:
        found = _CACHE[model] = OpenNodes(model)
    return found

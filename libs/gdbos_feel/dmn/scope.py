"""FEEL texts of a model, compiled with the names and types that the model declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gdbos_feel.api import spelled
from gdbos_feel.compiler import build
from gdbos_feel.cursor import Scope
from gdbos_feel.dmn.cells import Computes, constants
from gdbos_feel.dmn.index import Cell
from gdbos_feel.dmn.item_types import ItemTypes
from gdbos_feel.dmn.session import fault
from gdbos_feel.dmn.tables import Table
from gdbos_feel.env import Env, Run
from gdbos_feel.errors import FeelError
from gdbos_feel.parser import Node, Parser
from gdbos_feel.types import Type


class Words:
    """Reads the texts of one model. `faults`: those that are not FEEL; each gives null when it runs."""

    table: type[Table] = Table

    def __init__(self, names: Iterable[str], types: ItemTypes) -> None:
        known = frozenset(map(spelled, names))
        self._types = types
        self._scope = Scope(names=known, members=known, types=types.types)
        self.faults: list[str] = []

    def build(self, tree: Node) -> Run:
        return build(tree)

    @staticmethod
    def spelled(name: str) -> str:
        return spelled(name)

    def type_of(self, reference: str) -> Type | None:
        return self._types.named(reference)

    def expression(self, text: str) -> Run:
        """An empty text is null."""
        if not text.strip():
            return lambda env: None
        return self._built(text, lambda: Parser(text, self._scope).expression())

    def tests(self, text: str) -> Run:
        return self._built(text, lambda: Parser(text, self._scope).unary_tests())

    def cell(self, text: str) -> Cell:
        """The tests of an input entry; an empty one lets everything pass."""
        run, tree = self._read(text or "-", lambda: Parser(text or "-", self._scope).unary_tests())
        return Cell(text, run, _compared(tree) if tree is not None else None)

    def each_test(self, text: str) -> list[Run]:
        """The expressions of a list of values, such as the allowed outputs."""
        try:
            node = Parser(text, self._scope).unary_tests()
            return [self.build(test[1]) for test in node[1] if test[0] == "test"]
        except FeelError as error:
            self.faults.append(f"{text}: {error}")
            return []

    def _built(self, text: str, parse: Callable[[], Node]) -> Run:
        return self._read(text, parse)[0]

    def _read(self, text: str, parse: Callable[[], Node]) -> tuple[Run, Node | None]:
        """The closure with its tree; None for a text that is not FEEL."""
        try:
            tree = parse()
            return self.build(tree), tree
        except FeelError as error:
            message = f"{text[:200]}: {error}"
        self.faults.append(message)

        def failing(env: Env) -> None:
            fault(env, message)

        return failing, None


def _compared(tree: Node) -> tuple[Any, ...] | None:
    try:
        return tuple(constants(tree))
    except Computes:
        return None

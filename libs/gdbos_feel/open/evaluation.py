"""A walk over a decision model of which some inputs are unknown."""

from __future__ import annotations

from functools import partial
from typing import Any

from gdbos_feel.dmn.graph import Evaluation, Key, Node
from gdbos_feel.env import Env
from gdbos_feel.open.facts import Facts, Held, Missing


class OpenEvaluation(Evaluation):
    """An element that cannot be known yet interrupts only who reads its name."""

    def value(self, key: Key) -> Any:
        depth = self.depth
        try:
            return super().value(key)
        except Missing:
            self.depth = depth
            raise

    def _checked(self, node: Node, value: Any) -> Any:
        return value if isinstance(value, Facts) else super()._checked(node, value)

    def scope(self, needs: tuple[tuple[str, Key], ...]) -> Env:
        """As ever, but that reading what is not known raises Missing."""
        known: list[tuple[str, Key]] = []
        unknown: dict[str, dict[str, tuple[str, ...]]] = {}
        for prefix, key in needs:
            held = Held()
            if key in self.nodes and held.value(partial(self.value, key)) is held:
                unknown.setdefault(prefix, {})[self.nodes[key].name] = tuple(held.facts)
            else:
                known.append((prefix, key))
        names = dict(super().scope(tuple(known)).names)
        own = unknown.pop("", {})
        names |= {prefix: Facts(names.get(prefix, {}), facts) for prefix, facts in unknown.items()}
        return Env(Facts(names, own), self.session)

"""Facts that nobody has stated yet: reading one interrupts the evaluation with its name.

An evaluation that ends without reading a fact does not depend on it: that is the whole proof of soundness. What
reads its operands strictly needs no code of its own; connectives.py has what can answer all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any


class Missing(Exception):
    """An unknown fact was read. `facts`: the names, in the order in which they were met."""

    def __init__(self, facts: Iterable[str]) -> None:
        self.facts = tuple(dict.fromkeys(facts))
        super().__init__(", ".join(self.facts))


class Facts(dict[str, Any]):
    """Names in scope, or a context, of which some values are unknown: reading those raises Missing. `unknown`: the
    facts behind each such name."""

    __slots__ = ("_open",)

    def __init__(self, known: Mapping[str, Any], unknown: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__({**known, **dict.fromkeys(unknown)})
        self._open = unknown

    def __getitem__(self, name: str) -> Any:
        if name in self._open:
            raise Missing(self._open[name])
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        found = super().get(name, default)
        return self[name] if name in self._open else found

    def whole(self) -> dict[str, Any]:
        """All of it, for whoever takes it as one value."""
        missing = [name for names in self._open.values() for name in names]
        for value in super().values():
            if isinstance(value, Facts):
                missing += Held().gathered(value.whole)
        if missing:
            raise Missing(missing)
        return self


def opened(values: Mapping[str, Any], unknown: Iterable[str], at: str = "") -> Facts:
    """`values` with these paths (`applicant.age`) unknown; of a path into what is no context, the whole."""
    here: dict[str, tuple[str, ...]] = {}
    deeper: dict[str, list[str]] = {}
    for path in unknown:
        head, dot, rest = path.partition(".")
        if dot:
            deeper.setdefault(head, []).append(rest)
        else:
            here[head] = (f"{at}{head}",)
    known = dict(values)
    for head, rests in deeper.items():
        if head not in here:
            inner = known.get(head)
            known[head] = opened(inner if isinstance(inner, dict) else {}, rests, f"{at}{head}.")
    return Facts(known, here)


def stated(values: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """`values` with the fact at this path."""
    head, dot, rest = path.partition(".")
    if not dot:
        return {**values, head: value}
    inner = values.get(head)
    return {**values, head: stated(inner if isinstance(inner, dict) else {}, rest, value)}


class Held:
    """Gathers what was missing while other operands are tried."""

    def __init__(self) -> None:
        self.facts: list[str] = []

    def value(self, run: Callable[[], Any]) -> Any:
        """The value; this object itself when facts are missing."""
        try:
            return run()
        except Missing as missing:
            self.facts += missing.facts
            return self

    def gathered(self, run: Callable[[], Any]) -> list[str]:
        self.value(run)
        return self.facts

    def release(self) -> None:
        if self.facts:
            raise Missing(self.facts)

"""What JSON Schema cannot say, as keywords of our own: identifier arithmetic and bounds of decimal text.

    x-check                 name of an identifier rule of `gdbos_atom.identifiers`
    x-minimum, x-maximum    inclusive bounds, as decimal text, of numbers written as text (money stays exact)

Each speaks of strings only; other types are the business of `type`. The engine calls `validate`, in both
speeds; an exception means "no" and its words are not shown: `explain` finds them again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from gdbos_atom.identifiers import CHECKS

DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
"""Decimal text. Anything else is left to `pattern`."""


class Keyword(Protocol):
    """What the engine builds once for each place in the schema."""

    def validate(self, instance: Any) -> None:
        """Raises ValueError when the instance is not valid."""
        ...


class IdentifierCheck:
    """`x-check`. Raises KeyError at compile time for an unknown name."""

    def __init__(self, _parent: object, name: str, _path: object) -> None:
        self._valid = CHECKS[name].valid

    def validate(self, instance: Any) -> None:
        if isinstance(instance, str) and not self._valid(instance):
            raise ValueError("x-check")


class _Bound:
    """One bound; ArithmeticError at compile time when it is no decimal text."""

    def __init__(self, _parent: object, bound: str, _path: object) -> None:
        self._bound = Decimal(bound)

    def validate(self, instance: Any) -> None:
        if isinstance(instance, str) and DECIMAL.fullmatch(instance) and self._beyond(Decimal(instance)):
            raise ValueError("bound")

    def _beyond(self, value: Decimal) -> bool:
        raise NotImplementedError


class TextMinimum(_Bound):
    """`x-minimum`."""

    def _beyond(self, value: Decimal) -> bool:
        return value < self._bound


class TextMaximum(_Bound):
    """`x-maximum`."""

    def _beyond(self, value: Decimal) -> bool:
        return value > self._bound


KEYWORDS: Mapping[str, type[Keyword]] = MappingProxyType(
    {"x-check": IdentifierCheck, "x-minimum": TextMinimum, "x-maximum": TextMaximum}
)

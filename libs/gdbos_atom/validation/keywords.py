"""What JSON Schema cannot say, as keywords of our own: identifier arithmetic and bounds of decimal text.

    x-check                 name of an identifier rule of `gdbos_atom.identifiers`
    x-minimum, x-maximum    inclusive bounds, as decimal text, of numbers written as text (money stays exact)
    x-content               [encoding, media type] of what the text carries, asserted; "" where nothing is asked

Each speaks of strings only; other types are the business of `type`. The engine calls `validate`, in both
speeds; an exception means "no", and `explain` finds the words for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from gdbos_atom.content import holds_content
from gdbos_atom.identifiers import CHECKS

DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
"""How a bound is written. Text that is no number at all is left to `pattern`."""


Rule = Callable[[str], bool]
"""Whether a text keeps to a keyword."""


def _checked(name: str) -> Rule:
    return CHECKS[name].valid


def _decimal(bound: object) -> Decimal:
    if not isinstance(bound, str) or not DECIMAL.fullmatch(bound):
        raise ValueError(f"{bound!r} is no decimal text")
    return Decimal(bound)


def _at_least(bound: str) -> Rule:
    limit = _decimal(bound)

    def holds(text: str) -> bool:
        try:
            return Decimal(text) >= limit
        except ArithmeticError:
            return True

    return holds


def _at_most(bound: str) -> Rule:
    limit = _decimal(bound)

    def holds(text: str) -> bool:
        try:
            return Decimal(text) <= limit
        except ArithmeticError:
            return True

    return holds


def _content(parts: Any) -> Rule:
    if not isinstance(parts, list) or len(parts) != 2 or not all(isinstance(part, str) for part in parts):
        raise ValueError(f"{parts!r} is no encoding and media type")
    encoding, media_type = parts
    return lambda text: holds_content(text, encoding, media_type)


RULES: Mapping[str, Callable[[Any], Rule]] = MappingProxyType(
    {"x-check": _checked, "x-minimum": _at_least, "x-maximum": _at_most, "x-content": _content}
)
"""Keyword → what its value means; raises KeyError or ValueError for a value that means nothing."""


class Keyword:
    """What the engine builds for each place where a keyword stands."""

    rule: ClassVar[Callable[[Any], Rule]]

    def __init__(self, _parent: object, value: Any, _path: object) -> None:
        self._value = value
        self._holds = type(self).rule(value)

    def validate(self, instance: Any) -> None:
        """Raises ValueError, which carries the keyword's value, when the instance is not valid."""
        if isinstance(instance, str) and not self._holds(instance):
            raise ValueError(self._value)


KEYWORDS: Mapping[str, type[Keyword]] = MappingProxyType(
    {name: type(name, (Keyword,), {"rule": staticmethod(rule)}) for name, rule in RULES.items()}
)
"""The keywords as the engine takes them."""

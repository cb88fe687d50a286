"""One identifier rule: its pattern, its arithmetic, its explanation and its mask."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gdbos_atom.identifiers.characters import common
from gdbos_atom.identifiers.fault import IdentifierFault, fault
from gdbos_atom.identifiers.messages import TITLES
from gdbos_contracts.text import Text


def _always(_text: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Check:
    """A rule by name. A text is valid when `pattern` matches it whole and `holds` says so.

    `pattern` is ECMA-262, anchored, so that JSON Schema can carry it; `holds` may assume that it matched.
    `find` explains an invalid text; `standard` is the source of the rule.
    """

    name: str
    standard: str
    pattern: str
    find: Callable[[str], list[IdentifierFault]]
    mask: Callable[[str], str]
    holds: Callable[[str], bool] = _always
    _matches: Callable[[str], re.Match[str] | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_matches", re.compile(self.pattern, re.ASCII).fullmatch)

    @property
    def is_pattern_alone(self) -> bool:
        """Whether `pattern` says all there is to say."""
        return self.holds is _always

    @property
    def title(self) -> Text:
        return TITLES[self.name]

    def valid(self, text: str) -> bool:
        """The verdict alone, at speed."""
        return self._matches(text) is not None and self.holds(text)

    def check(self, text: object) -> list[IdentifierFault]:
        """Every fault of `text`, none when it is valid. Never repairs anything."""
        if not isinstance(text, str):
            return [fault(self.name, "not_text")]
        if self.valid(text):
            return []
        return common(self.name, text) or self.find(text) or [fault(self.name, "shape", rule=self.pattern)]

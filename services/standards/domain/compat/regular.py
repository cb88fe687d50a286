"""Patterns read as regular expressions: ECMA-262 without look-around, references and word boundaries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Ranges = tuple[tuple[int, int], ...]
Node = tuple[Any, ...]
"""("chars", ranges) · ("start",) · ("end",) · ("all", nodes) · ("one", nodes) · ("repeat", node, low, high or None)"""

LAST = 0x10FFFF
DIGITS: Ranges = ((0x30, 0x39),)
WORDS: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACES: Ranges = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
LINE_END: Ranges = ((0x0A, 0x0A),)
"""All that `.` leaves out in the engine that judges; ECMA-262 names three more."""
_CLASSES = {"d": DIGITS, "w": WORDS, "s": SPACES}
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/-")
_COUNT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}", re.ASCII)
_CODE = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}")
_NAMED_GROUP = re.compile(r"\?<[A-Za-z_]\w*>", re.ASCII)


class Unreadable(ValueError):
    """The pattern is not regular, or is written in a way that engines read differently."""


def read(pattern: str) -> Node:
    """The expression as a tree. Raises Unreadable."""
    reader = _Reader(pattern)
    found = reader.alternatives()
    if reader.rest:
        raise Unreadable
    return found


def others(ranges: Sequence[tuple[int, int]]) -> Ranges:
    """All characters outside."""
    found, low = [], 0
    for start, end in sorted(ranges):
        if start > low:
            found.append((low, start - 1))
        low = max(low, end + 1)
    return tuple([*found, (low, LAST)] if low <= LAST else found)


class _Reader:
    """Recursive descent over what is left of the pattern."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def _next(self, *starts: str) -> str:
        """The one of `starts` with which the rest begins, taken; "" for none."""
        for start in starts:
            if self.rest.startswith(start):
                self.rest = self.rest[len(start) :]
                return start
        return ""

    def alternatives(self) -> Node:
        ways = [self._sequence()]
        while self._next("|"):
            ways.append(self._sequence())
        return ("one", ways)

    def _sequence(self) -> Node:
        parts = []
        while self.rest and self.rest[0] not in "|)":
            parts.append(self._repeated(self._atom()))
        return ("all", parts)

    def _repeated(self, node: Node) -> Node:
        sign = self._next("*", "+", "?")
        low, high = {"*": (0, None), "+": (1, None), "?": (0, 1), "": (1, 1)}[sign]
        if not sign:
            count = _COUNT.match(self.rest)
            if count is None:
                return node
            self.rest = self.rest[count.end() :]
            low = int(count[1])
            high = int(count[3]) if count[3] else None if count[2] else low
        self._next("?")
        if node[0] in ("start", "end") or self.rest[:1] in ("*", "+", "?") or high is not None and high < low:
            raise Unreadable
        return ("repeat", node, low, high)

    def _atom(self) -> Node:
        if self._next("("):
            return self._group()
        if self._next("["):
            return ("chars", self._set())
        if self._next("^"):
            return ("start",)
        if self._next("$"):
            return ("end",)
        if self._next("."):
            return ("chars", others(LINE_END))
        if self._next("\\"):
            return ("chars", self._escape())
        if self.rest[0] in _SYNTAX - {"/", "-"}:
            raise Unreadable
        return ("chars", self._literal())

    def _group(self) -> Node:
        named = _NAMED_GROUP.match(self.rest)
        if named:
            self.rest = self.rest[named.end() :]
        elif self.rest.startswith("?") and not self._next("?:"):
            raise Unreadable
        found = self.alternatives()
        if not self._next(")"):
            raise Unreadable
        return found

    def _literal(self) -> Ranges:
        code = ord(self.rest[0])
        self.rest = self.rest[1:]
        return ((code, code),)

    def _escape(self) -> Ranges:
        sign = self.rest[:1]
        if sign.lower() in _CLASSES:
            self.rest = self.rest[1:]
            ranges = _CLASSES[sign.lower()]
            return ranges if sign.islower() else others(ranges)
        number = _CODE.match(self.rest)
        if number:
            self.rest = self.rest[number.end() :]
            code = int(number[1] or number[2] or number[3], 16)
            if code > LAST or 0xD800 <= code <= 0xDFFF:
                raise Unreadable
            return ((code, code),)
        if sign in _CONTROLS:
            self.rest = self.rest[1:]
            return ((_CONTROLS[sign], _CONTROLS[sign]),)
        if sign not in _SYNTAX:
            raise Unreadable
        return self._literal()

    def _set(self) -> Ranges:
        denied = bool(self._next("^"))
        found: list[tuple[int, int]] = []
        while not self._next("]"):
            first = self._member()
            if self.rest.startswith("-") and not self.rest.startswith("-]"):
                self.rest = self.rest[1:]
                last = self._member()
                if len(first) > 1 or len(last) > 1 or first[0][0] != first[0][1] or first[0][0] > last[0][1]:
                    raise Unreadable
                first = ((first[0][0], last[0][1]),)
            found += first
        return others(found) if denied else tuple(found)

    def _member(self) -> Ranges:
        if not self.rest or self.rest[0] in "[&~":  # sets in sets are read differently by engines
            raise Unreadable
        return self._escape() if self._next("\\") else self._literal()

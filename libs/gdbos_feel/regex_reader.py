"""Reads a pattern of XPath (XML Schema part 2, appendix F; XPath functions 5.6) and writes Python's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gdbos_feel.regex_classes import ESCAPES, class_of, escape_class

_QUANTITY = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}", re.ASCII)
_BEFORE_END = frozenset("|)")
_META = frozenset("?*+{}")


@dataclass(frozen=True, slots=True)
class Cost:
    """How matching grows with the text: at most factor × length ** degree tries, or, nested, 2 ** length."""

    degree: int = 0
    factor: int = 1
    nested: bool = False

    def beside(self, other: Cost) -> Cost:
        return Cost(self.degree + other.degree, self.factor * other.factor, self.nested or other.nested)

    def repeated(self, least: int, most: int | None) -> Cost:
        """Of something with this cost taken `least` to `most` times (None: any number)."""
        if most is None:
            return Cost(self.degree + 1, self.factor, self.nested or self.degree > 0 or self.factor > 1)
        varied = self.degree > 0 or self.factor > 1
        if varied and most > 1:
            return Cost(self.degree * most, min(self.factor**most, 1 << 40), self.nested or most > 12)
        return Cost(self.degree, self.factor * (most - least + 1), self.nested)


class PatternReader:
    """One pattern. `dot_all`: `.` takes line ends too; `lines`: ^ and $ stand at every line."""

    def __init__(self, text: str, dot_all: bool, lines: bool) -> None:
        self._text, self._dot_all, self._lines = text, dot_all, lines
        self._at = 0
        self._opened = 0
        self._closed: set[int] = set()

    def read(self) -> tuple[str, Cost]:
        """Python's pattern and its cost; ValueError for what is no pattern."""
        found = self._alternatives()
        if self._at < len(self._text):
            raise ValueError(f"unexpected {self._text[self._at]}")
        return found

    def _alternatives(self) -> tuple[str, Cost]:
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        cost = Cost()
        for _, each in branches:
            cost = Cost(max(cost.degree, each.degree), cost.factor * each.factor, cost.nested or each.nested)
        starts = [text[:1] for text, _ in branches]
        clear = len(set(starts)) == len(starts) and all(start.isalnum() for start in starts)
        if len(branches) > 1 and not clear:
            cost = Cost(cost.degree, cost.factor * len(branches), cost.nested)
        return "|".join(text for text, _ in branches), cost

    def _branch(self) -> tuple[str, Cost]:
        parts, cost = [], Cost()
        while self._at < len(self._text) and self._peek() not in _BEFORE_END:
            text, own = self._piece()
            parts.append(text)
            cost = cost.beside(own)
        return "".join(parts), cost

    def _piece(self) -> tuple[str, Cost]:
        text, cost = self._atom()
        sign = self._peek()
        if sign in ("?", "*", "+"):
            self._at += 1
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        elif sign == "{":
            match = _QUANTITY.match(self._text, self._at)
            if match is None:
                raise ValueError("quantity")
            self._at = match.end()
            sign, least = match[0], int(match[1])
            most = (int(match[3]) if match[3] else None) if match[2] else least
            if most is not None and most < least:
                raise ValueError("quantity")
        else:
            return text, cost
        if self._peek() == "?":
            self._at += 1
            sign += "?"
        if self._peek() in _META and self._peek():
            raise ValueError("two quantities")
        return text + sign, cost.repeated(least, most)

    def _atom(self) -> tuple[str, Cost]:
        sign = self._text[self._at]
        self._at += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            text, self._at = class_of(self._text, self._at)
            return text, Cost()
        if sign == "\\":
            return self._escape(), Cost()
        if sign == ".":
            return "(?s:.)" if self._dot_all else r"[^\n\r]", Cost()
        if sign in "^$":
            return (sign if self._lines else r"\A" if sign == "^" else r"\Z"), Cost()
        if sign in _META or sign == "]":
            raise ValueError(f"unexpected {sign}")
        return re.escape(sign), Cost()

    def _group(self) -> tuple[str, Cost]:
        capturing = not self._text.startswith("?:", self._at)
        if capturing:
            self._opened += 1
        else:
            self._at += 2
        own = self._opened
        text, cost = self._alternatives()
        if self._peek() != ")":
            raise ValueError("group not closed")
        self._at += 1
        if capturing:
            self._closed.add(own)
        return f"({text})" if capturing else f"(?:{text})", cost

    def _escape(self) -> str:
        sign = self._peek()
        self._at += 1
        if sign in ESCAPES:
            return re.escape(ESCAPES[sign])
        if sign.isdigit() and sign != "0":
            return self._reference(sign)
        text, self._at = escape_class(self._text, self._at, sign)
        return f"[{text}]"

    def _reference(self, digit: str) -> str:
        number = int(digit)
        while self._peek().isdigit() and number * 10 + int(self._peek()) in self._closed:
            number = number * 10 + int(self._peek())
            self._at += 1
        if number not in self._closed:
            raise ValueError("no such group")
        return f"(?:\\{number})"

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

"""Regular expressions of XPath and XML Schema, as Python has them, with a bound on what matching may cost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gdbos_feel.errors import FeelBudgetError
from gdbos_feel.regex_reader import Cost, PatternReader

MOST_PATTERN = 1000
MOST_WORK = 200_000_000
LONGEST_FOR_NESTED = 20
"""Characters that a pattern with a repeat inside a repeat may look at: it may try 2 to the power of them."""
_GROUP = re.compile(r"\$(\d+)|\\([\\$])|([$\\])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern read; its methods raise FeelBudgetError for a text that could take too long."""

    python: re.Pattern[str]
    cost: Cost

    def search(self, text: str) -> re.Match[str] | None:
        return self.python.search(self._fitting(text))

    def split(self, text: str) -> list[str]:
        """The pieces between the matches; groups leave nothing."""
        pieces, at = [], 0
        for match in self.python.finditer(self._fitting(text)):
            if match.end() > match.start():
                pieces.append(text[at : match.start()])
                at = match.end()
        return [*pieces, text[at:]]

    def sub(self, text: str, replacement: str) -> str:
        """Each match replaced; `replacement` in Python's spelling."""
        return self.python.sub(replacement, self._fitting(text))

    def _fitting(self, text: str) -> str:
        size = max(len(text), 1)
        nested = self.cost.nested and size > LONGEST_FOR_NESTED
        if nested or self.cost.factor * size**self.cost.degree > MOST_WORK:
            raise FeelBudgetError(
                "the pattern is too costly for a text this long",
                "正则对这么长的文本代价过大",
                "正則對這麼長的文字代價過大",
            )
        return text


@lru_cache(maxsize=1024)
def compiled(pattern: str, flags: str) -> Pattern:
    """ValueError for what is no pattern or no flags (s m i x q)."""
    if set(flags) - set("smixq") or len(pattern) > MOST_PATTERN:
        raise ValueError(pattern)
    options = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    if "q" in flags:
        return Pattern(re.compile(re.escape(pattern), options), Cost())
    reader = PatternReader(_without_blanks(pattern) if "x" in flags else pattern, "s" in flags, "m" in flags)
    text, cost = reader.read()
    try:
        return Pattern(re.compile(text, options), cost)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(pattern) from error


def _without_blanks(pattern: str) -> str:
    """Flag x: blanks outside classes stand for nothing."""
    kept, depth, escaped = [], 0, False
    for sign in pattern:
        if not depth and sign in " \t\n\r":
            continue
        if not escaped:
            depth += (sign == "[") - (sign == "]")
        escaped = sign == "\\" and not escaped
        kept.append(sign)
    return "".join(kept)


def replaced(text: str, pattern: Pattern, replacement: str, literal: bool) -> str:
    """`$1` in the replacement is a group, `\\$` a dollar. ValueError for another use of either, and for a pattern
    that matches nothing at all."""
    if pattern.search("") is not None:
        raise ValueError("the pattern matches the empty string")
    groups = pattern.python.groups

    def one(match: re.Match[str]) -> str:
        if match[3]:
            raise ValueError(replacement)
        if match[2]:
            return "\\\\" if match[2] == "\\" else "$"
        number, rest = match[1], ""
        while len(number) > 1 and int(number) > groups:
            number, rest = number[:-1], number[-1] + rest
        return f"\\g<{number}>{rest}" if int(number) <= groups else rest

    return pattern.sub(text, replacement.replace("\\", r"\\") if literal else _GROUP.sub(one, replacement))

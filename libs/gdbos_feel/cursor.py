"""Walking the tokens: looking, taking, expecting, and reading names that may hold blanks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from gdbos_feel.errors import FeelError
from gdbos_feel.lexer import Token, tokens
from gdbos_feel.names import BUILTIN_NAMES, RESERVED
from gdbos_feel.types import Type

DEEPEST = 50
"""Brackets within brackets: each takes a dozen of Python's frames."""
_JOINERS = frozenset({"+", "-", "*", "/", "'", "."})
_LONGEST_NAME = 24
"""Tokens that one name may be made of."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name that its words alone do not tell: names with blanks or signs, names of
    members of contexts, declared types."""

    names: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    types: Mapping[str, Type] = field(default_factory=dict)


EMPTY = Scope()


class Cursor:
    """A place in the tokens of a text."""

    def __init__(self, text: str, scope: Scope = EMPTY) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0
        self._in_interval = False
        self._scope = scope
        self._names: list[Collection[str]] = [scope.names, BUILTIN_NAMES]

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _is(self, text: str) -> bool:
        return self._peek().kind == "op" and self._peek().text == text

    def _word(self, text: str) -> bool:
        return self._peek().kind == "name" and self._peek().text == text

    def _keyword(self, text: str) -> None:
        if not self._word(text):
            raise self._error(f"{text!r} was expected", f"此处应为 {text!r}", f"此處應為 {text!r}")
        self._next()

    def _take(self, text: str) -> bool:
        if self._is(text):
            self._next()
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error(f"{text!r} was expected", f"此处应为 {text!r}", f"此處應為 {text!r}")

    def _expect_end(self) -> None:
        if self._peek().kind != "end":
            raise self._unexpected()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("nested too deeply", "嵌套过深", "巢狀過深")

    def _unexpected(self) -> FeelError:
        found = self._peek().text
        return self._error(
            f"unexpected {found or 'end'!r}", f"意外的 {found or '结尾'!r}", f"意外的 {found or '結尾'!r}"
        )

    def _error(self, english: str, simplified: str, traditional: str) -> FeelError:
        return FeelError(english, simplified, traditional, self._text, self._peek().start)

    def _plain_name(self) -> str:
        """One word that is not reserved."""
        token = self._peek()
        if token.kind != "name" or token.text in RESERVED:
            found = token.text or "end"
            raise self._error(
                f"a name was expected, not {found!r}",
                f"此处应为名称，而不是 {found!r}",
                f"此處應為名稱，而不是 {found!r}",
            )
        return self._next().text

    def _known_name(self, *scopes: Collection[str]) -> str | None:
        """The longest known name that begins here, whatever blanks it was written with."""
        best, end = None, self._at
        for index in range(self._at, min(len(self._tokens), self._at + _LONGEST_NAME)):
            token = self._tokens[index]
            if token.kind not in ("name", "number") and token.text not in _JOINERS:
                break
            candidate = _spelled(self._tokens[self._at : index + 1])
            if any(candidate in scope for scope in scopes):
                best, end = candidate, index + 1
        if best is not None:
            self._at = end
        return best

    def _new_name(self, ends: Iterable[str]) -> str:
        """A name being declared: everything up to one of `ends`."""
        first = self._at
        while self._peek().text not in ends and (
            self._peek().kind in ("name", "number") or self._peek().text in _JOINERS
        ):
            self._next()
        if self._at == first or self._tokens[first].kind != "name":
            raise self._error("a name was expected", "此处应为名称", "此處應為名稱")
        return _spelled(self._tokens[first : self._at])


def _spelled(run: list[Token]) -> str:
    """Words joined by single blanks; signs stand without blanks."""
    text = run[0].text
    for before, token in zip(run, run[1:], strict=False):
        text += (" " if token.start > before.stop and _wordy(token) and _wordy(before) else "") + token.text
    return text


def _wordy(token: Token) -> bool:
    return token.kind in ("name", "number")


def spelling(name: str) -> str:
    """A declared name as the parser spells it: runs of blanks become one, blanks around signs none."""
    try:
        run = tokens(name)[:-1]
    except FeelError:
        return name
    return _spelled(run) if run else name

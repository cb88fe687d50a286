"""FEEL text into tokens. Names with blanks are put together by the parser, which knows the names in scope."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gdbos_feel.errors import FeelError

_START = r"?A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�\U00010000-\U000EFFFF"
_TOKEN = re.compile(
    r"(?P<space>(?:\s|//[^\n]*|/\*.*?\*/|\u00a0|\ufeff)+)"
    r"|(?P<number>(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r'|(?P<at>@"(?:[^"\\]|\\.)*")'
    rf"|(?P<name>[{_START}][{_START}0-9·̀-ͯ‿-⁀]*)"
    r"|(?P<op>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>(){}\[\],:.';])",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: number, string, at, name, op, end. `start` and `stop` are positions in the text."""

    kind: str
    text: str
    start: int
    stop: int


def tokens(text: str) -> list[Token]:
    """FeelError at the first character that begins no token."""
    if len(text) > MOST_CHARACTERS:
        raise FeelError("the expression is too long", "表达式过长", "運算式過長", text[:80])
    run, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            found = text[place]
            raise FeelError(
                f"unexpected character {found!r}", f"意外字符 {found!r}", f"意外字元 {found!r}", text, place
            )
        if match.lastgroup != "space":
            run.append(Token(match.lastgroup or "", match[0], match.start(), match.end()))
        place = match.end()
    return [*run, Token("end", "", len(text), len(text))]


def unescaped(literal: str) -> str:
    """The content of a string literal with its quotes."""

    def one(match: re.Match[str]) -> str:
        body = match[1]
        if body[0] in "uU" and len(body) > 1:
            code = int(body[1:], 16)
            return chr(code) if code < 0x110000 else match[0]
        return _ESCAPES.get(body, match[0])

    text = _ESCAPE.sub(one, literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

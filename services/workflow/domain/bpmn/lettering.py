"""Words broken into lines that fit a width, for pictures that must not ask a browser how wide a letter is."""

from __future__ import annotations

from collections.abc import Iterable

WIDE, NARROW = 11.0, 6.0
"""Units of a Chinese character and of any other, at the size of the pictures' text."""
_FIRST_WIDE = 0x2E7F


def wrapped(words: str, width: float) -> list[str]:
    """Lines that fit, a wide character counting as two; Chinese may break anywhere, other words between them."""
    lines, line, used = [], "", 0.0
    for piece in _pieces(words):
        size = sum(WIDE if ord(c) > _FIRST_WIDE else NARROW for c in piece)
        if used + size > width and line.strip():
            lines.append(line.strip())
            line, used = "", 0.0
        line, used = line + piece, used + size
    return [*lines, line.strip()] if line.strip() else lines


def _pieces(words: str) -> Iterable[str]:
    word = ""
    for character in " ".join(words.split()):
        if ord(character) > _FIRST_WIDE or character == " ":
            yield word
            yield character
            word = ""
        else:
            word += character
    yield word

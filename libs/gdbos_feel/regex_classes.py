"""Classes of characters: `[a-z-[aeiou]]`, `\\p{Lu}`, `\\p{IsBasicLatin}`, `\\d \\s \\w \\i \\c`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in "\\|.?*+(){}-[]^$"}}
_INITIAL = r":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�"
_SHORT = {
    "d": r"\d",
    "D": r"\D",
    "s": r" \t\n\r",
    "w": r"\w",
    "W": r"\W",
    "S": "\x00-\x08\x0b\x0c\x0e-\x1f!-\U0010ffff",
    "i": _INITIAL,
    "c": _INITIAL + r"\-.0-9·̀-ͯ‿-⁀",
}
_BLOCKS = {
    "BasicLatin": "\x00-\x7f",
    "Latin-1Supplement": "\x80-\xff",
    "LatinExtended-A": "Ā-ſ",
    "LatinExtended-B": "ƀ-ɏ",
    "GreekandCoptic": "Ͱ-Ͽ",
    "Greek": "Ͱ-Ͽ",
    "Cyrillic": "Ѐ-ӿ",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff",
    "GeneralPunctuation": "\u2000-\u206f",
    "CJKSymbolsandPunctuation": "\u3000-\u303f",
    "Hiragana": "\u3040-\u309f",
    "Katakana": "\u30a0-\u30ff",
    "CJKUnifiedIdeographsExtensionA": "\u3400-\u4dbf",
    "CJKUnifiedIdeographs": "\u4e00-\u9fff",
    "HangulSyllables": "\uac00-\ud7af",
    "HalfwidthandFullwidthForms": "\uff00-\uffef",
}
_CATEGORIES = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ]
)
_LAST = 0x10FFFF


def class_of(text: str, at: int) -> tuple[str, int]:
    """Python's class for the one whose `[` ends before `at`, and the place after its `]`."""
    negated = text.startswith("^", at)
    at += negated
    parts: list[str] = []
    without = ""
    while not text.startswith("]", at) or not parts:
        if at >= len(text) or text[at] == "]":
            raise ValueError("class not closed")
        if text.startswith("-[", at) and parts:
            without, at = class_of(text, at + 2)
            break
        part, at = _member(text, at, bool(parts))
        parts.append(part)
    if not text.startswith("]", at):
        raise ValueError("class not closed")
    found = f"[{'^' if negated else ''}{''.join(parts)}]"
    return (f"(?:(?!{without}){found})" if without else found), at + 1


def _member(text: str, at: int, later: bool) -> tuple[str, int]:
    """One character, range or escape within a class."""
    if text[at] == "\\" and text[at + 1 : at + 2] not in ESCAPES:
        return escape_class(text, at + 2, text[at + 1 : at + 2])
    low, at = _single(text, at, later)
    if text.startswith("-", at) and text[at + 1 : at + 2] not in ("]", "[", ""):
        if text[at + 1] == "\\" and text[at + 2 : at + 3] not in ESCAPES:
            raise ValueError("range")
        high, at = _single(text, at + 1, True)
        if ord(low) > ord(high):
            raise ValueError("range")
        return f"{_written(low)}-{_written(high)}", at
    return _written(low), at


def _single(text: str, at: int, later: bool) -> tuple[str, int]:
    sign = text[at]
    if sign == "\\":
        return ESCAPES[text[at + 1]], at + 2
    if sign == "[" or (sign == "-" and later and text[at + 1 : at + 2] not in ("]", "[")):
        raise ValueError("class")
    return sign, at + 1


def _written(sign: str) -> str:
    return f"\\U{ord(sign):08x}"


def escape_class(text: str, at: int, letter: str) -> tuple[str, int]:
    """The inside of Python's class for an escape such as \\d or \\p{L}; `at` follows the letter."""
    if letter in ("p", "P"):
        end = text.find("}", at)
        if not text.startswith("{", at) or end < 0:
            raise ValueError("property")
        return property_class(text[at + 1 : end], letter == "P"), end + 1
    if letter in _SHORT:
        return _SHORT[letter], at
    if letter in ("I", "C"):
        raise ValueError("negated name classes are not offered")
    raise ValueError(f"\\{letter}")


@lru_cache(maxsize=64)
def property_class(name: str, negated: bool) -> str:
    """The inside of a class for a Unicode category or block; ValueError for one that does not exist."""
    if name.startswith("Is"):
        inside = _BLOCKS.get(name[2:])
        if inside is None:
            raise ValueError(name)
        return _complement(inside) if negated else f"{_written(inside[0])}-{_written(inside[-1])}"
    if name not in _CATEGORIES:
        raise ValueError(name)
    spans: list[list[int]] = []
    for code in range(_LAST + 1):
        if unicodedata.category(chr(code)).startswith(name) is not negated:
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    return "".join(f"{_written(chr(low))}-{_written(chr(high))}" for low, high in spans)


def _complement(inside: str) -> str:
    low, high = ord(inside[0]), ord(inside[-1])
    before = f"{_written(chr(0))}-{_written(chr(low - 1))}" if low else ""
    return f"{before}{_written(chr(high + 1))}-{_written(chr(_LAST))}"

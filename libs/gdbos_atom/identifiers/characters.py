"""Finding the characters that do not belong, each with its position and its own reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from gdbos_atom.identifiers.fault import IdentifierFault, fault

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
A36 = DIGITS + CAPITALS

MOST_FAULTS = 5
"""More than this for one identifier tells a person nothing more."""

_ALPHABET_NAMES = {DIGITS: "0–9", A36: "0–9 A–Z", DIGITS + "X": "0–9 X", CAPITALS: "A–Z"}


def scan(
    kind: str, text: str, shape: Sequence[str], look_alikes: Mapping[str, str] | None = None
) -> list[IdentifierFault]:
    """Faults of `text` against `shape`, which holds the alphabet of every position.

    Spaces are reported and not counted. Where the length is wrong the positions cannot be trusted, so only
    characters that fit nowhere are reported beside it.
    """
    if not text.strip():
        return [fault(kind, "empty")]
    core = [(at, char) for at, char in enumerate(text, 1) if not _is_blank(char)]
    faults = [fault(kind, "space", at=at) for at, char in enumerate(text, 1) if _is_blank(char)]
    fits = len(core) == len(shape)
    if not fits:
        faults.append(fault(kind, "length", expected=len(shape), actual=len(core)))
    anywhere = "".join(dict.fromkeys("".join(shape)))
    for index, (at, char) in enumerate(core):
        allowed = shape[index] if fits else anywhere
        if char not in allowed:
            faults.append(_stranger(kind, at, char, allowed, look_alikes or {}))
    return faults[:MOST_FAULTS]


def common(kind: str, text: str) -> list[IdentifierFault]:
    """What is wrong with whole texts of any kind: placeholders and numbers that a spreadsheet broke."""
    if len(text) >= 4 and len(set(text)) == 1 and not _is_blank(text[0]):
        return [fault(kind, "placeholder", char=text[0])]
    if _looks_like_float(text):
        return [fault(kind, "number_as_float")]
    return []


def mask(text: str, head: int, tail: int) -> str:
    """`text` with all but `head` first and `tail` last characters starred; short text is starred whole."""
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]


def _stranger(kind: str, at: int, char: str, allowed: str, look_alikes: Mapping[str, str]) -> IdentifierFault:
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and plain.upper() in allowed:
        return fault(kind, "full_width", at=at, char=char, plain=plain.upper())
    if char.upper() != char and char.upper() in allowed:
        return fault(kind, "lower_case", at=at, char=char, plain=char.upper())
    if char.upper() in look_alikes:
        return fault(kind, "look_alike", at=at, char=char, plain=look_alikes[char.upper()])
    return fault(kind, "character", at=at, char=char, allowed=_ALPHABET_NAMES.get(allowed, allowed))


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc")


def _looks_like_float(text: str) -> bool:
    mantissa, e, exponent = text.strip().upper().partition("E")
    if e:
        return (
            mantissa.replace(".", "", 1).isdecimal() and exponent.lstrip("+").isdecimal() and "." in mantissa
        )
    whole, point, fraction = mantissa.partition(".")
    return bool(point) and whole.isdecimal() and not fraction.strip("0") and len(whole) > 8

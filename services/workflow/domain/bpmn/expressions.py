"""Expressions as modellers write them, turned into FEEL: `= x > 1` (zeebe), `${x > 1}` (camunda), or plain FEEL.

Of the second kind only what has the same meaning in FEEL is translated: comparison, and/or/not, text quotes.
What is left unparsable after that, the linter reports.
"""

from __future__ import annotations

import re

_WRAPPED = re.compile(r"\A[$#]\{(.*)\}\Z", re.DOTALL)
_PIECES = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_DATA_OBJECT = re.compile(r"(?:\w+:)?getDataObject\(\s*'([^']*)'\s*\)")
_SYNONYMS = (
    (re.compile(r"=="), "="),
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"\beq\b"), "="),
    (re.compile(r"\bne\b"), "!="),
    (re.compile(r"\blt\b"), "<"),
    (re.compile(r"\bgt\b"), ">"),
    (re.compile(r"\ble\b"), "<="),
    (re.compile(r"\bge\b"), ">="),
    (re.compile(r"\bnot\s+empty\s+([\w.]+)"), r"\1 != null"),
    (re.compile(r"\bempty\s+([\w.]+)"), r"\1 = null"),
    (re.compile(r"!\s*([A-Za-z_][\w.]*)"), r"not(\1)"),
)


def feel(text: str | None) -> str:
    """FEEL text; "" for none. The XPath function of BPMN 2.0 §10.4 for a data object is its name."""
    stripped = (text or "").strip()
    if "getDataObject(" in stripped:
        return _translate(_DATA_OBJECT.sub(r"\1", stripped))
    if stripped.startswith("="):
        return stripped[1:].strip()
    wrapped = _WRAPPED.match(stripped)
    return _translate(wrapped[1].strip()) if wrapped else stripped


def marked(text: str) -> bool:
    """Whether the text says of itself that it is an expression, not a literal."""
    return text.strip().startswith("=") or _WRAPPED.match(text.strip()) is not None


def _translate(text: str) -> str:
    parts, end = [], 0
    for piece in _PIECES.finditer(text):
        literal = piece[1] if piece[1] is not None else piece[2]
        parts += [_operators(text[end : piece.start()]), '"' + literal.replace('"', '\\"') + '"']
        end = piece.end()
    return "".join([*parts, _operators(text[end:])]).strip()


def _operators(text: str) -> str:
    for pattern, replacement in _SYNONYMS:
        text = pattern.sub(replacement, text)
    return text

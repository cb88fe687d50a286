"""How alike two names are, and whether two elements probably say the same thing twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from services.standards.domain.element import DataElement

ALIKE = 0.8
"""From here on two elements are worth a steward's look."""

SAME_CODES, OTHER_CODES, OTHER_FORM = 0.1, -0.2, -0.15
"""What one code list, two, and an unlike representation add to the likeness of names."""

_NOISE = re.compile(r"[\s\-_·.,，。、（）()《》“”\"']+")


def normal(name: str) -> str:
    """A name without case, width, spaces and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).lower())


@lru_cache(maxsize=100_000)
def pairs(name: str) -> frozenset[str]:
    """Pairs of neighbouring characters; a single character stands for itself."""
    text = normal(name)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text} - {""})


def likeness(one: str, other: str) -> float:
    """0 to 1: Dice's coefficient over character pairs; 1 for names equal but for case, width and spaces."""
    a, b = pairs(one), pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def names_of(element: DataElement) -> tuple[str, ...]:
    """Every name an element goes by: the three languages and the synonyms."""
    return tuple(dict.fromkeys((*element.names.values(), *element.synonyms)))


@dataclass(frozen=True, slots=True)
class Twin:
    """Two elements that look like one. `score` 0 to 1; `reasons` are name, format, code_list, check."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


def compare(one: DataElement, other: DataElement) -> Twin:
    """Names decide; an equal form of the values confirms, an unequal one speaks against."""
    score = max(likeness(a, b) for a in names_of(one) for b in names_of(other))
    reasons = ["name"]
    if one.code_list and other.code_list:
        same = one.code_list.id == other.code_list.id
        score += SAME_CODES if same else OTHER_CODES
        reasons += ["code_list"] if same else []
    elif one.check and one.check == other.check:
        reasons.append("check")
    elif one.format == other.format:
        reasons.append("format")
    if one.representation != other.representation:
        score += OTHER_FORM
    return Twin(one.id, other.id, round(max(0.0, min(1.0, score)), 3), tuple(reasons))

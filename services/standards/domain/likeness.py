"""How alike two names are, and which elements probably say the same thing twice."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.standards.domain.element import DataElement

ALIKE = 0.8
"""From here on two elements are worth a steward's look."""

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


def near_duplicates(new: Sequence[DataElement], held: Iterable[DataElement]) -> list[Twin]:
    """Twins of the new elements among the held ones and among themselves, the most alike first.

    Versions of one element are no twins. Only elements with an equal name, or with a pair of characters in
    common that few others have, are compared: 日期 tells nothing.
    """
    index: dict[str, set[str]] = defaultdict(set)
    by_id = {element.id: element for element in (*held, *new)}
    for element in by_id.values():
        for key in _keys(element):
            index[key].add(element.id)
    found: dict[tuple[str, str], Twin] = {}
    for element in new:
        near = {id for key in _keys(element) if len(index[key]) <= COMMON for id in index[key]}
        for other in sorted(near - {element.id}):
            twin = _compare(element, by_id[other])
            if twin.score >= ALIKE:
                found.setdefault((min(twin.one, twin.other), max(twin.one, twin.other)), twin)
    return sorted(found.values(), key=lambda twin: (-twin.score, twin.one, twin.other))


COMMON = 100
"""A pair of characters in more elements than this tells nothing of them."""


def _keys(element: DataElement) -> Iterator[str]:
    for name in names_of(element):
        yield "=" + normal(name)
        yield from pairs(name)


def _compare(one: DataElement, other: DataElement) -> Twin:
    """Names decide; an equal form of the values confirms, an unequal one speaks against."""
    score = max(likeness(a, b) for a in names_of(one) for b in names_of(other))
    reasons = ["name"]
    if one.code_list and other.code_list:
        same = one.code_list.id == other.code_list.id
        score += 0.1 if same else -0.2
        reasons += ["code_list"] if same else []
    elif one.check and one.check == other.check:
        reasons.append("check")
    elif one.format == other.format:
        reasons.append("format")
    if one.representation != other.representation:
        score -= 0.15
    return Twin(one.id, other.id, round(max(0.0, min(1.0, score)), 3), tuple(reasons))

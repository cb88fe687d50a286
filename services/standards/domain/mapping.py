"""Which element does a column of an old table hold? Proposals with reasons; a person decides.

Old tables name their columns in English, in pinyin (XINGMING) or in its initials (XM, SFZH), and tell more in
the comment. Values tell most: a column whose every value passes the check of citizen numbers holds nothing
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin

from gdbos_atom.formats import Format
from gdbos_atom.identifiers import CHECKS
from gdbos_atom.regex import regex_matches
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import likeness, names_of, normal

LEAST = 0.35
"""A proposal below this is a guess that wastes a person's time."""

WEIGHTS: Mapping[str, float] = {"comment": 0.6, "name": 0.45, "check": 0.5, "codes": 0.4, "format": 0.1}
"""What each kind of evidence adds at its strongest; values that contradict take as much away."""

Lists = Mapping[tuple[str, int], CodeList]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an old table: its name, its comment, and some of its values as text."""

    name: str
    comment: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`score` 0 to 1; `reasons` are the kinds of evidence that speak for it."""

    element: str
    version: int
    score: float
    reasons: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        return {
            "element": self.element,
            "version": self.version,
            "score": self.score,
            "reasons": list(self.reasons),
        }


def propose(column: Column, elements: Iterable[DataElement], lists: Lists, limit: int = 3) -> list[Proposal]:
    """The likeliest elements of one column, the best first."""
    told = replace(column, samples=tuple(value for value in column.samples if value.strip()))
    scored = [_score(told, element, lists) for element in elements]
    good = [proposal for proposal in scored if proposal.score >= LEAST]
    return sorted(good, key=lambda proposal: (-proposal.score, proposal.element))[:limit]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A column that nobody mapped, and the element that its name spells; "" when it spells none."""

    column: str
    element: str = ""

    def to_data(self) -> dict[str, Any]:
        return {"column": self.column, "element": self.element}


def spelled(columns: Iterable[str], elements: Iterable[DataElement]) -> list[Spelled]:
    """What the names of columns alone tell, in English, in pinyin or by its initials; of several the first by id."""
    known: dict[str, str] = {}
    for element in sorted(elements, key=lambda each: each.id, reverse=True):
        known |= dict.fromkeys(_spellings(element.id, names_of(element)), element.id)
    return [Spelled(column, known.get(normal(column), "")) for column in columns]


def concerned(columns: Iterable[Spelled], published: Iterable[DataElement]) -> bool:
    """Whether new versions may change what is proposed: one spells a column, or was proposed for one."""
    those = list(published)
    ids = {element.id for element in those}
    spellings = frozenset[str]().union(*(_spellings(e.id, names_of(e)) for e in those))
    return any(each.element in ids or normal(each.column) in spellings for each in columns)


def _score(column: Column, element: DataElement, lists: Lists) -> Proposal:
    values = column.samples
    evidence = {
        "comment": max((likeness(column.comment, name) for name in names_of(element)), default=0.0),
        "name": _by_name(column.name, element),
        "check": _share(values, element.check),
        "codes": _in_codes(values, element, lists),
        "format": _in_format(values, element),
    }
    score = sum(WEIGHTS[kind] * strength for kind, strength in evidence.items())
    reasons = tuple(kind for kind, strength in evidence.items() if strength > 0.5)
    return Proposal(element.id, element.version, round(max(0.0, min(1.0, score)), 3), reasons)


def _by_name(name: str, element: DataElement) -> float:
    """How well the column's name spells the element: in English, in pinyin or by pinyin initials."""
    written = normal(name)
    if written in _spellings(element.id, names_of(element)):
        return 1.0
    english = (element.id.rpartition(".")[2], element.names.get("en", ""))
    return max(likeness(name, spelling) for spelling in english)


@lru_cache(maxsize=20_000)
def _spellings(id: str, names: Sequence[str]) -> frozenset[str]:
    found = {normal(id), normal(id.rpartition(".")[2])}
    for name in names:
        if re.search(r"[\u4e00-\u9fff]", name):
            found.add("".join(lazy_pinyin(normal(name))))
            found.add("".join(lazy_pinyin(normal(name), style=Style.FIRST_LETTER)))
        else:
            found.add(normal(name))
    return frozenset(found)


def _share(values: Sequence[str], check: str) -> float:
    """1 where every value passes, −1 where most do not; 0 without a check or without values."""
    if not check or not values:
        return 0.0
    passing = sum(CHECKS[check].valid(value) for value in values) / len(values)
    return passing if passing >= 0.5 else -1.0


def _in_codes(values: Sequence[str], element: DataElement, lists: Lists) -> float:
    ref = element.code_list
    codes = lists.get((ref.id, ref.version)) if ref else None
    if codes is None or not values:
        return 0.0
    known = sum(value in codes.by_value for value in values) / len(values)
    return known if known >= 0.5 else -1.0


def _in_format(values: Sequence[str], element: DataElement) -> float:
    if not values or element.check or element.code_list:
        return 0.0
    return _fit(tuple(values), element.format)


@lru_cache(maxsize=4096)
def _fit(values: tuple[str, ...], form: Format) -> float:
    """The share of values that are written so, −1 when none is; thousands of elements share few formats."""
    schema = form.to_schema()
    low, high = schema.get("minLength", 0), schema.get("maxLength", 10**9)
    pattern = schema.get("pattern", "")
    fits = [low <= len(value) <= high and (not pattern or regex_matches(pattern, value)) for value in values]
    return sum(fits) / len(fits) if any(fits) else -1.0

"""Finding a standard by what people call it: ranked, in traditional or simplified writing alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gdbos_contracts.hanzi import normalise
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement

EXACT, BEGINS, HOLDS, ELSEWHERE = "0", "1", "2", "3"
"""How well a query fits, as the first character of the place in the list."""


def lines(id: str, names: Iterable[str], others: Iterable[str] = ()) -> str:
    """What is searched: the id and each name and synonym on a line of its own, as `normalise` writes it."""
    return "\n".join(dict.fromkeys(normalise(text) for text in (id, *names, *others)))


def searched(standard: DataElement | CodeList) -> str:
    """What an element or a code list is found by."""
    others = standard.synonyms if isinstance(standard, DataElement) else (standard.standard,)
    return lines(standard.id, standard.names.values(), others)


def terms(query: str) -> tuple[str, ...]:
    """The words of a query; each must be found. Chinese has no blanks: `身份` is one word of two characters."""
    return tuple(normalise(query).split(" ")) if query.strip() else ()


def place(query: Sequence[str], id: str, searched: str) -> str:
    """Where a hit stands in the list, comparable as text: the best fit first, then by id. It is the cursor."""
    if not query:
        return id
    text, said = " ".join(query), searched.split("\n")
    if text in said:
        return EXACT + id
    if any(line.startswith(text) for line in said):
        return BEGINS + id
    return (HOLDS if text in searched else ELSEWHERE) + id

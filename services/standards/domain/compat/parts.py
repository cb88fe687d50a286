"""Where no value tells two documents apart: values that tell apart the parts which are written differently.

Alternatives and conditions are compared as they are written (`containing`, 3), so a difference may have no document that
shows it. The parts themselves are schemas, and of those the validator accepts the value under exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import sampling
from services.standards.domain.compat.normal import Document

Json = Any
Pair = tuple[Json, Json]
"""A schema of the narrow document and one of the wide document."""
MOST = 8


def told_apart(pairs: Iterable[Pair], narrow: Document, wide: Document) -> list[dict[str, Json]]:
    """[{narrow, wide, value}], as many as values are found for; both parts stand alone, with their definitions."""
    return [found for pair in list(pairs)[:MOST] for found in _one(*pair, narrow, wide)]


def conjunction(held: Sequence[Json]) -> Json:
    """What is held, as one schema."""
    said = [each for each in held if each]
    return said[0] if len(said) == 1 else {"allOf": said}


def _one(inner: Json, outer: Json, narrow: Document, wide: Document) -> Iterator[dict[str, Json]]:
    sides = narrow.alone(inner), wide.alone(outer)
    try:
        one, other = map(Validator, sides)
    except BadInput:
        return
    values = sampling.values([(inner, narrow), (outer, wide)])
    apart = [value for value in values if one.verdict(value) != other.verdict(value)]
    if apart:  # one that the narrow side holds, if there is any
        value = next(filter(one.verdict, apart), apart[0])
        yield {"narrow": sides[0], "wide": sides[1], "value": value}

"""Numbers and texts at the edges of what schemas say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gdbos_atom.content import example_of
from gdbos_atom.validation.declared import CONTENT
from services.standards.domain.compat.facts import Facts
from services.standards.domain.compat.languages import ANY, outside
from services.standards.domain.compat.normal import Document

Json = Any
LONGEST = 3000
_FORMATS = {
    "date": "2026-02-28",
    "date-time": "2026-02-28T12:00:00Z",
    "time": "12:00:00Z",
    "email": "a@example.org",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri": "https://example.org/a",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.org",
    "duration": "P1D",
    "regex": "a",
    "json-pointer": "/a",
}
_LETTERS = ("a", "Z", "5", "-", "中")


def numbers(flats: Sequence[dict[str, Json]]) -> Iterator[Json]:
    steps = [abs(flat["multipleOf"]) for flat in flats if flat.get("multipleOf")]
    for step in steps:
        yield from (step, step * 2, -step, step * 10)
    for one in steps:
        yield from (one * other for other in steps)
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        for flat in flats:
            if keyword in flat:
                edge = flat[keyword]
                yield from (edge, edge + 1, edge - 1, edge + 0.5, edge - 0.5)
                yield from ((edge // step) * step for step in steps)
                yield from ((edge // step + 1) * step for step in steps)
    yield from (10**6, -(10**6), 2, 3, 0.1)


def spelt(reached: Sequence[tuple[Json, Document]]) -> Iterator[Json]:
    """Shortest texts of the patterns of one document, and those that a pattern or the lengths of the other refuse."""
    said: dict[int, Facts] = {}
    for flat, document in reached:
        held = said.get(id(document), Facts())
        said[id(document)] = Facts((*held.flat, flat))
    if not any(facts.of("pattern") for facts in said.values()):
        return
    for one in said.values():
        patterns, span = one.texts()
        found = [outside(patterns, span, "", (1, 0))]
        for other in said.values():
            wide, within = other.texts()
            found += [outside(patterns, span, each) for each in (*wide, *patterns)]
            found.append(outside(patterns, span, "", within))
            found += [outside((each,), ANY, pattern) for each in patterns for pattern in wide]
        yield from (text for text in found if isinstance(text, str))


def strings(flats: Sequence[dict[str, Json]]) -> Iterator[Json]:
    lengths = {
        int(flat[k]) + d
        for flat in flats
        for k in ("minLength", "maxLength")
        if k in flat
        for d in (-1, 0, 1)
    }
    for length in sorted(lengths):
        if 0 <= length <= LONGEST:
            yield from (letter * length for letter in _LETTERS)
    for flat in flats:
        if flat.get("format") in _FORMATS:
            yield _FORMATS[flat["format"]]
    yield from _FORMATS.values()
    contents = [flat[CONTENT] for flat in flats if CONTENT in flat]
    for encoding, media_type in contents:
        yield from (
            example_of(encoding, media_type),
            example_of(encoding, ""),
            example_of("", media_type),
            "!",
        )
    yield from ("abc", "ABC", "123", "a-b", "中文", " ")

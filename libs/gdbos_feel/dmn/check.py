"""Completeness and overlap of decision tables, before they are published.

The constants in a column's cells cut its values into points and the stretches between them; inside one stretch no
cell changes its answer, so one sample of each decides. A cell that is more than constants makes its table undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any

from gdbos_feel.boundary import plain
from gdbos_feel.compiler import build
from gdbos_feel.dmn.cells import Computes, constants, passes
from gdbos_feel.dmn.reader import Definitions, Tag
from gdbos_feel.env import Run
from gdbos_feel.errors import FeelError
from gdbos_feel.moments import Date
from gdbos_feel.parser import Node, Parser

MOST_COMBINATIONS = 50_000
MOST_FINDINGS = 50
ELSE = "(anything else)"


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: gap (no row matches), overlap (`rows`, from 1, all match where one may) or undecided (why)."""

    table: str
    kind: str
    rows: tuple[int, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def check(definitions: Definitions) -> list[Finding]:
    """What is wrong with the tables of a model, at most MOST_FINDINGS a table."""
    found: list[Finding] = []
    for owner in definitions.of_kind("decision", "businessKnowledgeModel"):
        for tag in owner.walk():
            if tag.name == "decisionTable":
                found += _table(tag, owner.get("name"))
    return found


def _table(tag: Tag, name: str) -> list[Finding]:
    try:
        columns = [_samples(tag, place) for place in range(len(tag.all("input")))]
        rows = [
            [build(_parsed(cell.words("text"))) for cell in rule.all("inputEntry")]
            for rule in tag.all("rule")
        ]
    except (FeelError, Computes, _Undecided) as error:
        return [Finding(name, "undecided", reason=str(error))]
    if prod(map(len, columns)) > MOST_COMBINATIONS:
        return [Finding(name, "undecided", reason=f"more than {MOST_COMBINATIONS} combinations")]
    titles = [_title(each) for each in tag.all("input")]
    found = []
    for finding in _findings(tag, name, titles, columns, rows):
        found.append(finding)
        if len(found) == MOST_FINDINGS:
            break
    return found


def _findings(
    tag: Tag, name: str, titles: list[str], columns: list[list[Any]], rows: list[list[Run]]
) -> Iterator[Finding]:
    single = tag.get("hitPolicy", "UNIQUE") in ("UNIQUE", "ANY")
    default = any(output.one("defaultOutputEntry") is not None for output in tag.all("output"))
    results = [[each.words("text") for each in rule.all("outputEntry")] for rule in tag.all("rule")]
    seen: set[tuple[int, ...]] = set()
    for values in product(*columns):
        hits = tuple(n for n, tests in enumerate(rows) if all(map(passes, tests, values)))
        inputs = dict(zip(titles, map(plain, values), strict=True))
        if not hits and not default:
            yield Finding(name, "gap", (), inputs)
        differ = tag.get("hitPolicy") != "ANY" or any(results[n] != results[hits[0]] for n in hits)
        if single and len(hits) > 1 and differ and hits not in seen:
            seen.add(hits)
            yield Finding(name, "overlap", tuple(n + 1 for n in hits), inputs)


class _Undecided(ValueError):
    pass


def _title(column: Tag) -> str:
    expression = column.one("inputExpression")
    return expression.words("text") if expression is not None else column.get("label")


def _parsed(text: str) -> Node:
    return Parser(text or "-").unary_tests()


def _samples(tag: Tag, place: int) -> list[Any]:
    """A value of every point and stretch of a column that its allowed values admit."""
    column = tag.all("input")[place]
    cells = [rule.all("inputEntry")[place].words("text") for rule in tag.all("rule")]
    allowed = column.one("inputValues")
    limits = allowed.words("text") if allowed is not None else ""
    samples = _spread([c for text in [*cells, limits] if text for c in constants(_parsed(text))])
    if not limits:
        return samples
    test = build(_parsed(limits))
    return [each for each in samples if passes(test, each)]


def _spread(constants: list[Any]) -> list[Any]:
    kinds = {type(each) for each in constants}
    if not kinds:
        return [None]
    if len(kinds) > 1:
        raise _Undecided("a column mixes types")
    kind = kinds.pop()
    points = sorted(set(constants)) if kind in (Decimal, Date) else list(dict.fromkeys(constants))
    if kind is bool:
        return [True, False]
    if kind is str:
        return [*points, ELSE]
    if kind is Decimal:
        between = [(low + high) / 2 for low, high in pairwise(points)]
        return sorted([points[0] - 1, *points, *between, points[-1] + 1])
    if kind is Date:
        near = {Date.from_days(each.days + step) for each in points for step in (-1, 0, 1)}
        return sorted(near)
    raise _Undecided("values of this type are not ordered here")

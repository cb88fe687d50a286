"""A decision table from its elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdbos_feel.dmn.errors import DmnError
from gdbos_feel.dmn.index import Index
from gdbos_feel.dmn.reader import Tag
from gdbos_feel.dmn.scope import Words
from gdbos_feel.dmn.tables import Column, Output, Row, Table
from gdbos_feel.env import Env, Run


def read_table(tag: Tag, words: Words, name: str) -> Table:
    """The table, compiled; cells that are not FEEL match nothing and are faults of `words`."""
    inputs, outputs = tag.all("input"), tag.all("output")
    rows = tuple(_row(each, words) for each in tag.all("rule"))
    for number, row in enumerate(rows, 1):
        if (len(row.cells), len(row.results)) != (len(inputs), len(outputs)):
            raise DmnError(f"{name}: row {number} has not one cell for each column")
    return words.table(
        name=name,
        policy=tag.get("hitPolicy", "UNIQUE"),
        aggregation=tag.get("aggregation"),
        inputs=tuple(_column(each, words) for each in inputs),
        outputs=tuple(_output(each, words) for each in outputs),
        rows=rows,
        index=Index([row.cells for row in rows], len(inputs)),
    )


def _column(tag: Tag, words: Words) -> Column:
    expression, values = tag.one("inputExpression"), tag.one("inputValues")
    text = expression.words("text") if expression is not None else ""
    declared = words.type_of(expression.get("typeRef")) if expression is not None else None
    allowed = values.words("text") if values is not None else ""
    return Column(text, words.expression(text), declared, words.tests(allowed) if allowed else None)


def _output(tag: Tag, words: Words) -> Output:
    values, default = tag.one("outputValues"), tag.one("defaultOutputEntry")
    text = values.words("text") if values is not None else ""
    otherwise = default.words("text") if default is not None else ""
    return Output(
        words.spelled(tag.get("name")),
        words.type_of(tag.get("typeRef")),
        _order(words.each_test(text)) if text else None,
        words.expression(otherwise) if otherwise else None,
    )


def _order(runs: list[Run]) -> Callable[[Env], list[Any]]:
    return lambda env: [run(env) for run in runs]


def _row(tag: Tag, words: Words) -> Row:
    results = [each.words("text") for each in tag.all("outputEntry")]
    return Row(
        tuple(words.cell(each.words("text")) for each in tag.all("inputEntry")),
        tuple(words.expression(result) for result in results),
        tuple(each.words("text") for each in tag.all("annotationEntry")),
    )

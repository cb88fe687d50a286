"""A table answers by its index what it answers row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdbos_feel import FeelBudgetError, dmn
from gdbos_feel.dmn.index import Index

NUMBERS = ["-1", "0", "1.5", "2", "2.0", "3", "1e40", "0.0000000000000000000000000000000001"]
TEXTS = ['""', '"a"', '"ab"', '"b"', '"\u0000"', '"深圳"']
DATES = ['@"2026-01-01"', '@"2026-01-02"', '@"2026-03-01"', '@"-999999999-01-01"', '@"999999999-12-31"']
OTHERS = ["true", "false", "null", '@"P1D"', '@"P2M"', '@"10:00:00"', '@"2026-01-01T10:00:00"']
CONSTANTS = st.sampled_from([*NUMBERS, *TEXTS, *DATES, *OTHERS])
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
VALUES = st.sampled_from(
    [
        *map(Decimal, NUMBERS), *(text.strip('"') for text in TEXTS), "a\0", "aa", "z", 1, 2.5, -(10**30), True, False,
        None, date(2026, 1, 1), date(2025, 1, 1), date(2026, 2, 1), date(9999, 1, 1), datetime(2026, 1, 1, 10),
        timedelta(days=1), [], [1, 2], ["a"], {"x": 1},
    ]
)  # fmt: skip


@st.composite
def intervals(draw: st.DrawFn) -> str:
    group = draw(st.sampled_from([NUMBERS, TEXTS, DATES]))
    low, high = draw(st.sampled_from(group)), draw(st.sampled_from(group))
    return f"{draw(st.sampled_from('[('))}{low}..{high}{draw(st.sampled_from('])'))}"


TESTS = st.one_of(
    CONSTANTS,
    intervals(),
    st.builds("{} {}".format, SIGNS, CONSTANTS),
    st.builds("[{}, {}]".format, CONSTANTS, CONSTANTS),
    st.builds("({} {})".format, SIGNS, CONSTANTS),
    st.builds("? {} {} and ? {} {}".format, SIGNS, CONSTANTS, SIGNS, CONSTANTS),
    st.builds("? between {} and {}".format, CONSTANTS, CONSTANTS),
    st.builds("? in ({}, {})".format, CONSTANTS, intervals()),
    st.sampled_from(
        ["?", "? = ?", "-? < 2", "? + 1 > 2", "two", "> two", "string length(?) > 1", "((", "[1..two]"]
    ),
)
CELLS = st.one_of(
    st.just("-"),
    st.just(""),
    TESTS,
    st.builds("{}, {}".format, TESTS, TESTS),
    st.builds("not({})".format, TESTS),
)
POLICIES = st.sampled_from(["UNIQUE", "ANY", "FIRST", "RULE ORDER", "COLLECT"])


def model(rows: list[tuple[str, str]], policy: str) -> dmn.Model:
    names = ("one", "other", "two")
    data = "".join(f'<inputData id="{n}" name="{n}"><variable name="{n}"/></inputData>' for n in names)
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{n}"/></informationRequirement>' for n in names
    )
    columns = "".join(
        f"<input><inputExpression><text>{n}</text></inputExpression></input>" for n in names[:2]
    )
    rules = "".join(
        f"<rule>{''.join(f'<inputEntry><text>{_escaped(cell)}</text></inputEntry>' for cell in row)}"
        f"<outputEntry><text>{n}</text></outputEntry></rule>"
        for n, row in enumerate(rows)
    )
    return dmn.load(
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">{data}'
        f'<decision id="d" name="d"><variable name="d"/>{needs}<decisionTable hitPolicy="{policy}">{columns}<output/>'
        f"{rules}</decisionTable></decision></definitions>".encode()
    )


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("\0", "\\u0000")


@contextmanager
def row_by_row() -> Iterator[None]:
    with patch.object(Index, "rows", lambda self, values: None):
        yield


@example(rows=[('("a".."ab")', "-")], policy="UNIQUE", given=[("aa", None), ("a\0", None), ("ab", None)])
@settings(max_examples=400)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), max_size=6),
    policy=POLICIES,
    given=st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8),
)
def test_an_index_answers_what_the_rows_answer(
    rows: list[tuple[str, str]], policy: str, given: list[tuple[object, object]]
) -> None:
    made = model(rows, policy)
    for one, other in given:
        inputs = {"one": one, "other": other, "two": 2}
        quick = made.evaluate("d", inputs)
        with row_by_row():
            slow = made.evaluate("d", inputs)
        assert (quick, quick.trace) == (slow, slow.trace)


def test_an_index_asks_no_row_that_cannot_match() -> None:
    made = model([(f"[{n}..{n + 1})", "-") for n in range(5000)], "UNIQUE")
    inputs = {"one": 4321, "other": None}
    assert made.evaluate("d", inputs, steps=10).value == 4321
    with row_by_row(), pytest.raises(FeelBudgetError):
        made.evaluate("d", inputs, steps=10)


def test_a_row_needs_a_cell_for_each_column() -> None:
    with pytest.raises(dmn.DmnError):
        model([("1",)], "UNIQUE")  # type: ignore[list-item]

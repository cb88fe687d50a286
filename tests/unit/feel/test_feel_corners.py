"""Corners of FEEL that the decision kit asks about, and the budget."""

from __future__ import annotations

import pytest

from gdbos_feel import FeelBudgetError, FeelError, evaluate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("[1..10) = [1..10[", True),
        ("[1..10[.start included", True),
        ("[1,2,3][2]", 2),
        ("5 in [1..[5,6][2]]", True),
        ("[1,2,3,5] in [[1,2,3,4], [1,2,3]]", False),
        ("[1,2,3] in [[1,2,3,4], [1,2,3]]", True),
        ('range("[null..null]")', None),
        ("context put({x: 1}, [null], 2)", None),
        ("0.1 + 0.2 = 0.3", True),
    ],
)
def test_an_expression_has_its_value(expression: str, value: object) -> None:
    assert evaluate(expression) == value


def test_an_open_filter_is_still_an_error() -> None:
    with pytest.raises(FeelError):
        evaluate("[1,2,3][2")


@pytest.mark.parametrize(
    "expression",
    [
        "for i in 1..100000000 return i",
        "sum(for i in 1..9999, j in 1..9999 return i * j)",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "some i in 1..100000000 satisfies i < 0",
    ],
)
def test_what_explodes_ends_with_a_clear_error(expression: str) -> None:
    with pytest.raises(FeelBudgetError):
        evaluate(expression, steps=10_000)


def test_the_clock_ends_what_the_steps_would_allow() -> None:
    with pytest.raises(FeelBudgetError, match="too long"):
        evaluate("count(for i in 1..100000000 return i)", steps=10**12, seconds=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000, "[" * 5000 + "]" * 5000, "-" * 5000 + "1", "1" + "+1" * 5000,
        "a" + ".b" * 5000, "a" + "[1]" * 5000, "f" + "(1)" * 5000, "not(" * 2000 + "a" + ")" * 2000,
        "if a then " * 2000, "1" + " in 1" * 3000, "{a:" * 3000 + "1" + "}" * 3000,
    ],
)  # fmt: skip
def test_what_is_nested_too_deeply_is_no_expression(text: str) -> None:
    with pytest.raises(FeelError, match="nested too deeply"):
        evaluate(text)


def test_long_chains_that_people_write_are_read() -> None:
    assert evaluate(" or ".join(f"x = {n}" for n in range(200)), {"x": 199}) is True
    assert evaluate("(" * 49 + "1" + ")" * 49) == 1

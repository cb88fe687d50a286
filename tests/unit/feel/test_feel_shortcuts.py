"""What a shortcut answers is what the long way answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdbos_feel import compile, evaluate
from gdbos_feel.boundary import feel
from gdbos_feel.moments import Date, DateTime, DaysTime, Time, YearsMonths
from gdbos_feel.types import ANY, BUILTIN_TYPES, ListOf, Restricted, Type, sure
from gdbos_feel.values import KINDS, Range, compared, numeric

DAY, NOON = Date(2026, 11, 25), Time(0, None)
SAMPLES = [
    None, True, Decimal("1.50"), "深圳", DAY, NOON, DateTime(DAY, NOON), DaysTime(1), YearsMonths(13), [1], [],
    {"x": None}, {}, Range(Decimal(1), None),
]  # fmt: skip
DECLARED = [
    None,
    *BUILTIN_TYPES.values(),
    ListOf(ANY),
    Restricted(BUILTIN_TYPES["number"], lambda value: False, "never"),
]
VALUES = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda number: numeric(number)),
    st.sampled_from([Decimal("2.0"), Decimal(2), Decimal("-0"), Decimal(0)]),
    st.text(max_size=3),
    st.sampled_from(SAMPLES),
)


def test_the_samples_have_every_kind() -> None:
    assert {type(each) for each in SAMPLES} == set(KINDS)


@pytest.mark.parametrize("declared", DECLARED, ids=str)
def test_what_is_sure_is_admitted(declared: Type | None) -> None:
    for each in SAMPLES:
        if type(each) in sure(declared):
            assert declared is None or declared.admits(each)


@given(left=VALUES, right=VALUES, sign=st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
def test_a_comparison_is_that_of_the_values(left: object, right: object, sign: str) -> None:
    assert evaluate(f"a {sign} b", {"a": left, "b": right}) is compared(sign, left, right)


@example(10**34 - 1)
@example(10**34)
@example(10**34 + 1)
@example(-(10**34) - 5)
@example(10**7000)
@given(st.integers())
def test_a_whole_number_has_34_digits(value: int) -> None:
    found, wanted = feel(value), numeric(value)
    assert (str(found), type(found)) == (str(wanted), type(wanted))


@pytest.mark.parametrize(
    ("text", "context", "value"),
    [
        ("a-b", {"a": 5, "b": 2}, 3),
        ("a-b", {"a": 5, "b": 2, "a-b": 7}, 7),
        ("c.a-b", {"b": 2, "c": {"a": 5}}, 3),
        ("c.a-b", {"b": 2, "c": {"a": 5, "a-b": 7}}, 7),
        ("c[1].a-b", {"b": 2, "c": [{"a": 5, "a-b": 7}]}, 7),
    ],
)
def test_a_compiled_text_sees_the_odd_names_of_each_context(
    text: str, context: dict[str, object], value: int
) -> None:
    assert compile(text)(context) == value

"""What an expression reads: every path of its context, and nothing that it binds itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdbos_feel


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("1 + 2", set()),
        ("firm.staff > 0 and firm.name != null", {"firm", "firm.staff", "firm.name"}),
        ("date(person.birth_date).year", {"date", "person", "person.birth_date"}),
        ("some x in firm.owners satisfies x.age > limit", {"firm", "firm.owners", "limit"}),
        ("for x in [1, 2] return x * rate.base", {"rate", "rate.base"}),
        ("{a: firm.staff, b: a + 1}.b", {"firm", "firm.staff"}),
        ("(function(a) a.b + c.d)(e.f)", {"c", "c.d", "e", "e.f"}),
        ("if a.b then c.d.e else null", {"a", "a.b", "c", "c.d", "c.d.e"}),
        ('firm.rows[kind = "x"].name', {"firm", "firm.rows", "kind"}),
        ("firm.staff in [1..firm.limit]", {"firm", "firm.staff", "firm.limit"}),
    ],
)
def test_every_path_is_read_and_what_is_bound_is_none(expression: str, read: set[str]) -> None:
    assert gdbos_feel.paths(expression) == read


def test_what_is_no_feel_is_told() -> None:
    with pytest.raises(gdbos_feel.FeelError):
        gdbos_feel.paths("if (")


PATHS = st.lists(st.sampled_from(["a.b", "a.c", "d.e", "f.g.h"]), min_size=1, max_size=4)


@given(
    PATHS,
    st.sampled_from(["{} + {}", "[{}, {}]", "{} = {}", "if {} then {} else 1", "sum({}, {})", "-{} * ({})"]),
)
def test_no_way_of_saying_it_hides_a_path(named: list[str], shape: str) -> None:
    text = named[0]
    for each in named[1:]:
        text = shape.format(f"({text})" if " " in text else text, each)
    assert set(named) <= gdbos_feel.paths(text)

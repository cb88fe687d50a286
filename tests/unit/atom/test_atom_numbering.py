"""Schemes of case numbers: no two alike, whatever the scheme, the day and the count; what cannot promise that is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2, mod_37_36

from gdbos_atom import numbering
from gdbos_atom.numbering import DEFAULT, LEAST_WIDTH, RESETS, Scheme, lint

FACTS = {"item": "11440307MB0000027Q4000131003000", "agency": "11440307MB0000027Q", "region": "440307"}
DAY = date(2025, 6, 5)


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Any]:
    """Any scheme that can be written down with the parts in their places; some are bad."""
    reset = draw(st.sampled_from(sorted(RESETS)))
    dates = draw(st.sets(st.sampled_from(["year", "month", "day"])))
    given_parts: list[Any] = sorted(draw(st.sets(st.sampled_from(["agency", "region"]))))
    literals: list[Any] = [
        {"text": text} for text in draw(st.lists(st.from_regex(r"\A[0-9A-Z-]{1,3}\Z"), max_size=2))
    ]
    parts = draw(st.permutations([*given_parts, *sorted(dates), *literals]))
    check = draw(st.sampled_from(["", "mod_37_36", "mod_11_2"]))
    scheme: dict[str, Any] = {
        "parts": [*parts, "serial", *(["check"] if check else [])],
        "serial": {"width": draw(st.integers(1, 12)), "reset": reset},
    }
    return scheme | ({"check": check} if check else {})


MOMENTS = st.lists(
    st.tuples(st.dates(date(2024, 12, 1), date(2027, 2, 1)), st.sampled_from(["440307", "440305"])),
    min_size=2,
    max_size=12,
)


@given(schemes(), MOMENTS, st.integers(0, 2))
def test_what_passes_the_lint_never_gives_one_number_twice(
    data: dict[str, Any], moments: list[tuple[date, str]], full: int
) -> None:
    if lint(data, FACTS):
        return
    scheme, serials, given_out = Scheme.from_data(data), {}, []
    begin = (0, 10**scheme.width - 3, 10 ** (scheme.width + 1) - 3)[full]
    for on, region in [*moments, *moments]:
        facts = FACTS | {"region": region}
        key = scheme.key(facts, on)
        serials[key] = serials.get(key, begin) + 1
        given_out.append(scheme.number(facts, on, serials[key]))
    assert len(set(given_out)) == len(given_out)
    assert max(map(len, given_out)) <= numbering.LONGEST


@given(schemes(), st.integers(1, 10**13))
def test_the_check_character_is_that_of_iso_7064(data: dict[str, Any], serial: int) -> None:
    if not data.get("check") or lint(data, FACTS):
        return
    number = Scheme.from_data(data).number(FACTS, DAY, serial).replace("-", "")
    oracle = {"mod_37_36": mod_37_36, "mod_11_2": mod_11_2}[data["check"]]
    assert oracle.is_valid(number)


def test_the_default_is_the_number_of_the_national_platform() -> None:
    assert DEFAULT.number(FACTS, DAY, 1) == "11440307MB0000027Q4000131003000202506050001"
    assert DEFAULT.number(FACTS, DAY, 10_000).endswith("2025060510000")
    assert DEFAULT.key(FACTS, DAY) == "11440307MB0000027Q400013100300020250605"


GOOD: dict[str, Any] = {
    "parts": ["region", {"text": "-"}, "year", "serial", "check"],
    "serial": {"width": 6, "reset": "year"},
    "check": "mod_37_36",
}


def test_a_scheme_of_an_agency() -> None:
    assert lint(GOOD, FACTS) == []
    scheme = Scheme.from_data(GOOD)
    assert scheme.number(FACTS, DAY, 68)[:-1] == "440307-2025000068"
    assert scheme.key(FACTS, DAY) == scheme.key(FACTS, date(2025, 12, 31)) == "440307-2025"


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"parts": []}, "/parts", "scheme_parts"),
        ({"parts": ["town", "year", "serial", "check"]}, "/parts/0", "scheme_part"),
        ({"parts": [{"text": "深〔"}, "year", "serial", "check"]}, "/parts/0", "scheme_part"),
        ({"parts": ["serial", "year", "check"]}, "/parts", "scheme_order"),
        ({"parts": ["year", "serial", "serial", "check"]}, "/parts", "scheme_order"),
        ({"parts": ["year", "serial"]}, "/parts", "scheme_order"),
        ({"parts": ["year", "year", "serial", "check"]}, "/parts", "scheme_part"),
        ({"parts": ["region", "serial", "check"]}, "/serial/reset", "scheme_collides"),
        ({"serial": {"width": 6, "reset": "day"}}, "/serial/reset", "scheme_collides"),
        ({"serial": {"width": 6, "reset": "week"}}, "/serial/reset", "scheme_reset"),
        ({"serial": {"width": 5, "reset": "year"}}, "/serial/width", "scheme_overflows"),
        ({"serial": {"width": True, "reset": "year"}}, "/serial/width", "scheme_width"),
        ({"serial": {"width": 13, "reset": "year"}}, "/serial/width", "scheme_width"),
        ({"check": "luhn"}, "/check", "scheme_check"),
        ({"check": "mod_11_2", "parts": ["agency", "year", "serial", "check"]}, "/check", "scheme_alphabet"),
        ({"parts": ["item", "agency", "year", "serial", "check"]}, "/parts", "scheme_long"),
    ],
)  # fmt: skip
def test_a_scheme_that_would_repeat_or_overflow_is_refused(
    change: dict[str, Any], pointer: str, code: str
) -> None:
    found = lint(GOOD | change, FACTS)
    assert (pointer, code) in [(f.pointer, f.code) for f in found]
    assert all(f.message.keys() == {"zh-Hans", "zh-Hant", "en"} for f in found)


@pytest.mark.parametrize("reset", sorted(RESETS))
def test_the_least_width_holds_a_thousand_cases_a_day(reset: str) -> None:
    days = {"day": 1, "month": 31, "year": 366, "never": 366 * 100}[reset]
    assert 10 ** LEAST_WIDTH[reset] >= 1000 * days


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.sampled_from(["parts", "serial", "check", "width", "reset", "text"]), c)))  # fmt: skip
def test_whatever_is_written_as_a_scheme_the_lint_answers(data: Any) -> None:
    assert lint(data, FACTS) or Scheme.from_data(data).number(FACTS, DAY, 1)

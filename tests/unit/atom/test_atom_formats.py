"""The format grammar of data elements: what is read, what it becomes, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdbos_atom import formats
from gdbos_atom.formats import MOMENTS, Format
from gdbos_atom.regex import regex_is_valid, regex_matches
from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("n6", ["110101", "000000"], ["11010", "1101011", "１１０１０１", "a10101"]),
        ("an..200", ["a", "中" * 200], ["", "中" * 201, "a\n"]),
        ("an3..8", ["abc", "12345678"], ["ab", "123456789"]),
        ("a3", ["张小三"], ["ab1", "ab"]),
        ("n..17,2", ["0", "12.5", "-3.25", "123456789012345.67"], ["1.234", "01", "1.", "1234567890123456"]),
        ("ul", ["x" * 5000], [""]),
        ("YYYYMMDD", ["20240229"], ["20230229", "2024-02-29", "20241301"]),
        ("YYYY-MM-DD", ["2024-02-29"], ["2023-02-29", "20240229"]),
        ("YYYYMMDDThhmmss", ["20240229T235959"], ["20240229T240000", "20240229 235959"]),
        ("hh:mm", ["23:59"], ["24:00", "9:30"]),
    ],
)
def test_a_format_takes_and_refuses(text: str, good: list[str], bad: list[str]) -> None:
    validator = Validator(formats.parse(text).to_schema())
    assert [value for value in good if not validator.verdict(value)] == []
    assert [value for value in bad if validator.verdict(value)] == []


def test_quantities_are_numbers() -> None:
    validator = Validator(formats.parse("n..5,2").to_schema(numeric=True))
    assert validator.verdict(999.99)
    assert not validator.verdict(1000)
    assert not validator.verdict(1.001)
    assert not validator.verdict("1")
    assert Validator(formats.parse("boolean").to_schema()).verdict(True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "format.empty"),
        ("x5", "format.unknown"),
        ("n6...8", "format.unknown"),
        ("n0", "format.zero"),
        ("an8..3", "format.order"),
        ("an5,2", "format.decimals"),
        ("n2,2", "format.decimals"),
        ("n..9999999", "format.too_long"),
        ("YYYY/MM/DD", "format.moment"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        formats.parse(text, "/format")
    assert [(f.pointer, f.code) for f in refused.value.faults] == [("/format", code)]


@st.composite
def written(draw: st.DrawFn) -> Format:
    kind = draw(st.sampled_from(["a", "n", "an", "ul", "boolean", *MOMENTS]))
    if kind not in ("a", "n", "an"):
        return Format(kind)
    low = draw(st.integers(1, 30))
    high = draw(st.none() | st.integers(low, 38))
    decimals = draw(st.integers(0, (high or 10) - 1)) if kind == "n" else 0
    return Format(kind, low, high, min(decimals, 9))


@settings(max_examples=400)
@given(written())
def test_writing_and_reading_a_format_gives_it_back(found: Format) -> None:
    text = str(found)
    again = formats.parse(text)
    assert str(again) == text
    assert set(found.describe()) == {"zh-Hans", "zh-Hant", "en"}


def test_patterns_are_ecma_262() -> None:
    assert regex_is_valid(r"^\p{Script=Han}+$")
    assert not regex_is_valid("(")
    assert regex_matches("^1", "12")
    with pytest.raises(ValueError, match="ECMA-262"):
        regex_matches("(", "x")


@pytest.mark.parametrize("pattern", ["[ab]+c*[ab]+", "^[0-9]+-?[0-9]+$", "a+c*a+"])
def test_two_that_must_be_there_are_not_one(pattern: str) -> None:
    for text, found in (("a1", False), ("a", False), ("1", False), ("", False)):
        assert regex_matches(pattern, text) is Validator({"pattern": pattern}).verdict(text) is found
    for text in ("aa", "aca", "1-1", "11"):
        assert regex_matches(pattern, text) is Validator({"pattern": pattern}).verdict(text)
    assert regex_matches("^[0-9]+-?[0-9]+$", "12") and regex_matches("(?=a)[a-z]", "a")


def test_a_pattern_that_is_not_regular_is_judged_all_the_same() -> None:
    both = Validator({"allOf": [{"pattern": r"(.)\1"}, {"pattern": "^(?!x)"}]})
    assert [both.verdict(text) for text in ("aa", "ab", "xx")] == [True, False, False]

"""Patterns as languages: what is decided of them agrees with the engine that judges values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdbos_atom.regex import regex_is_valid, regex_matches
from services.standards.domain.compat import compare
from services.standards.domain.compat.languages import ANY, empty, outside

ATOMS = [r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", ".", r"[\s]", r"[^\w]", "[a-z-]", "[^x]", r"\t", r"\u4e00"]
ATOMS += ["[\u4e00-\u9fff]", "a", r"[\d\-/]", r"\x41", r"\.", r"[.]", "中"]
CODES = [
    *range(0x180),
    0x1680,
    0x2000,
    0x200A,
    0x2028,
    0x2029,
    0x202F,
    0x3000,
    0x4E00,
    0x9FFF,
    0xFEFF,
    0x1F600,
]


@pytest.mark.parametrize("atom", ATOMS)
def test_an_atom_takes_the_characters_that_the_engine_takes(atom: str) -> None:
    pattern = f"^{atom}$"
    for text in map(chr, CODES):
        only = f"^\\u{{{ord(text):x}}}$"
        assert (outside((only,), ANY, pattern) is False) is regex_matches(pattern, text), (atom, text)


PIECES = ["a", "b", "[ab]", ".", r"\d", "(?:ab)", "(?:a|b1)", "(b)"]
TIMES = ["", "*", "+", "?", "{2}", "{1,3}", "{2,}", "+?"]
patterns = st.builds(
    lambda start, parts, end: start + "".join(parts) + end,
    st.sampled_from(["", "^"]),
    st.lists(st.builds(str.__add__, st.sampled_from(PIECES), st.sampled_from(TIMES)), max_size=4),
    st.sampled_from(["", "$", "|a$"]),
)
spans = st.tuples(st.integers(0, 3), st.none() | st.integers(2, 6))
texts = st.lists(st.text("ab1\n中", max_size=7), min_size=20, max_size=20)


@given(patterns, patterns, spans, texts)
def test_what_is_decided_is_so(
    narrow: str, wide: str, span: tuple[int, int | None], samples: list[str]
) -> None:
    found = outside((narrow,), span, wide)
    assert found is not None

    def lost(text: str) -> bool:
        held = span[0] <= len(text) and (span[1] is None or len(text) <= span[1])
        return held and regex_matches(narrow, text) and not regex_matches(wide, text)

    if isinstance(found, str):
        assert lost(found)
    else:
        assert not any(map(lost, samples))


@pytest.mark.parametrize(
    "pattern", [r"(?=a)b", r"(a)\1", r"\bа", r"\p{Han}", "(?i:a)", "[a-z&&[b]]", "a{2}{3}", "(?<!a)b"]
)
def test_what_is_not_regular_stays_open(pattern: str) -> None:
    assert outside((pattern,), ANY, "^x$") is None and not empty((pattern, "x"), ANY)


@pytest.mark.parametrize("pattern", ["^(a|b)*a(a|b){15}$", "(a?){60}a{60}$"])
def test_what_takes_too_long_stays_open(pattern: str) -> None:
    assert regex_is_valid(pattern) and outside((pattern,), (0, 3000), f"{pattern}|x") in (None, False)


@pytest.mark.parametrize(
    ("old", "new", "compatible"),
    [
        ({"pattern": "^[0-9]+$", "minLength": 6, "maxLength": 6}, {"pattern": "^[A-Za-z0-9]+$"}, True),
        ({"pattern": "^[0-9]{6}$"}, {"minLength": 6, "maxLength": 6}, True),
        ({"pattern": "^[0-9]+$"}, {"pattern": r"^\d+$"}, True),
        ({"allOf": [{"pattern": "^a"}, {"pattern": "^[0-9]"}]}, {"format": "date"}, True),
        ({"pattern": "^[A-Z]{3}$"}, {"pattern": "^[A-W]{3}$"}, False),
        ({"maxLength": 4}, {"pattern": "^[^X]*$"}, False),
    ],
)
def test_verdicts_follow(old: dict[str, object], new: dict[str, object], compatible: bool) -> None:
    found = compare({"type": "string", **old}, {"type": "string", **new}, "backward")
    assert found["compatible"] is compatible and compatible is ("witness" not in found)

"""What is JSON is read, and what is not is refused before anything else sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.bodies import DEEPEST, read
from gdbos_contracts.errors import BadInput

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values, st.booleans())
def test_json_is_read_as_it_was_written(value: Any, escaped: bool) -> None:
    assert read(json.dumps(value, ensure_ascii=escaped).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"\xff", b"NaN", b"-Infinity", b"[1e400]", b'"\\ud800"', b'{"\\udc00": 1}',
        b"9" * 5000, b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), b"[" * 100_000, b'{"a":' * 9000 + b"1" + b"}" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read(raw)


@pytest.mark.parametrize("raw", [b'"a\\u0000"', b'{"\\\\\\u0000": 1}'])
def test_nul_is_json_that_nobody_can_keep(raw: bytes) -> None:
    with pytest.raises(BadInput):
        read(raw)


def test_a_whole_pair_and_the_deepest_are_json() -> None:
    assert read(b'"\\ud83d\\ude00"') == "\U0001f600"
    assert read(b'"\\\\u0000"') == "\\u0000"
    assert read(b"[" * DEEPEST + b"]" * DEEPEST) is not None

"""JSON text: what goes in comes out, equal values share a text, and what is no JSON is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdbos_contracts.jsontext import canonical, short

WHOLE = st.one_of(st.integers(), st.integers(min_value=2**63 - 2, max_value=2**65))
PLAIN = st.one_of(st.none(), st.booleans(), WHOLE, st.text())
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def values(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    )


@given(values(PLAIN | NUMBERS))
def test_what_is_written_is_read(value: Any) -> None:
    assert json.loads(short(value)) == value
    assert json.loads(canonical(value)) == value


@given(values(PLAIN))
def test_the_text_is_the_standard_librarys(value: Any) -> None:
    """But for the exponents of numbers."""
    assert short(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@given(st.dictionaries(st.text(), values(PLAIN | NUMBERS)), st.randoms())
def test_equal_values_share_a_canonical_text(value: dict[str, Any], random: Any) -> None:
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(json.loads(json.dumps(value)))


def test_keys_and_halves_that_only_the_standard_library_writes() -> None:
    assert short({1: 2, None: 3}) == '{"1":2,"null":3}'
    assert short("\ud800") == '"\ud800"'


@dataclass
class Thing:
    a: int = 1


@pytest.mark.parametrize("value", [Thing(), date(2026, 1, 5), Decimal("1.5"), {1, 2}, b"x"], ids=repr)
def test_what_json_has_no_word_for_is_refused(value: Any) -> None:
    for write in (short, canonical):
        with pytest.raises(TypeError):
            write([value])

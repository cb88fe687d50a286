"""A template as somebody types it: what is written reads the same again, what is neither is named by its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.portal import arranged
from gdbos_contracts.errors import BadInput

NAMES = st.text("甲乙 ab", min_size=1, max_size=6).map(str.strip).filter(bool)
FIELDS = st.builds(
    lambda id, version, required: {"element": id, "version": version, "required": required},
    st.from_regex(r"[a-z][a-z0-9_]{0,5}\.[a-z][a-z0-9_]{0,5}", fullmatch=True),
    st.integers(1, 99),
    st.booleans(),
)
SECTIONS = st.builds(
    lambda hans, hant, en, fields: {"names": {"zh-Hans": hans, "zh-Hant": hant, "en": en}, "fields": fields},
    NAMES,
    NAMES,
    NAMES,
    st.lists(FIELDS, max_size=4),
)


@given(st.lists(SECTIONS, max_size=4))
def test_what_is_written_reads_the_same(sections: list[dict[str, Any]]) -> None:
    assert arranged.read(arranged.written(sections), lambda id: 0) == sections


def test_without_a_version_the_newest_is_meant_and_one_name_stands_for_three() -> None:
    found = arranged.read("#本人\n person.name \nperson.sex@2?", lambda id: 7)
    assert found == [
        {
            "names": {"zh-Hans": "本人", "zh-Hant": "本人", "en": "本人"},
            "fields": [
                {"element": "person.name", "version": 7, "required": True},
                {"element": "person.sex", "version": 2, "required": False},
            ],
        }
    ]


def test_every_line_that_is_neither_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        arranged.read("# 甲\nperson.name@0\nPerson\n\nperson.name@1 x", lambda id: 1)
    assert [fault.pointer for fault in refused.value.faults] == ["/arranged/2", "/arranged/3", "/arranged/5"]

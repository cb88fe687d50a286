"""The entries of a crosswalk as somebody types them: what is written reads the same again, what is none is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.portal import paired
from gdbos_contracts.errors import BadInput

CODES = st.text('甲a1 ,"', min_size=1, max_size=5).map(str.strip).filter(bool)
DAYS = st.sampled_from(["2020-01-01", "2021-04-09"])
NOTES = st.fixed_dictionaries(dict.fromkeys(("zh-Hans", "zh-Hant", "en"), CODES))
ENTRIES = st.fixed_dictionaries(
    {"source": CODES, "targets": st.lists(CODES, max_size=3)},
    optional={"valid_from": DAYS, "valid_to": DAYS, "note": NOTES},
)


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_reads_the_same(entries: list[dict[str, Any]]) -> None:
    assert paired.read(paired.written(entries)) == entries


def test_only_the_first_cell_is_needed_and_a_spreadsheet_is_read() -> None:
    assert paired.read("1\n\n2,\n") == [{"source": "1", "targets": []}, {"source": "2", "targets": []}]
    assert paired.read("1\t9|8\t\t2020-01-01\tx") == [
        {
            "source": "1",
            "targets": ["9", "8"],
            "valid_to": "2020-01-01",
            "note": {"zh-Hans": "x", "zh-Hant": "x", "en": "x"},
        }
    ]


def test_every_line_that_is_no_entry_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        paired.read("1,2\n,2\n\n1,2,3,4,5,6")
    assert [fault.pointer for fault in refused.value.faults] == ["/entries/2", "/entries/4"]


@given(st.text(max_size=100))
def test_any_paste_is_read_or_refused(text: str) -> None:
    try:
        found = paired.read(text)
    except BadInput:
        return
    assert all(entry["source"] for entry in found)

"""Strict reading: every fault with its pointer, all at once, unknown keys included."""

from __future__ import annotations

from typing import Any

import pytest

from gdbos_atom.pointers import escape, pointer_of
from gdbos_atom.reading import Reader
from gdbos_contracts.errors import BadInput


def faults(data: Any, read: Any) -> list[tuple[str, str]]:
    reader = Reader(data, "/x")
    read(reader)
    with pytest.raises(BadInput) as refused:
        reader.finish()
    return [(f.pointer, f.code) for f in refused.value.faults]


def test_pointers_escape_slash_and_tilde() -> None:
    assert escape("a/b~c") == "a~1b~0c"
    assert pointer_of(["a/b", 0]) == "/a~1b/0"
    assert pointer_of([]) == ""


@pytest.mark.parametrize(
    ("data", "read", "found"),
    [
        ([], lambda r: None, [("/x", "type")]),
        ({}, lambda r: r.string("a"), [("/x/a", "required")]),
        ({"a": None}, lambda r: r.string("a"), [("/x/a", "required")]),
        ({"a": 1}, lambda r: r.string("a"), [("/x/a", "type")]),
        ({"a": "B"}, lambda r: r.string("a", pattern="[a-z]"), [("/x/a", "pattern")]),
        ({"a": True}, lambda r: r.integer("a"), [("/x/a", "integer")]),
        ({"a": 0}, lambda r: r.integer("a", minimum=1), [("/x/a", "integer")]),
        ({"a": 1}, lambda r: r.boolean("a"), [("/x/a", "type")]),
        ({"a": "z"}, lambda r: r.choice("a", {"x", "y"}), [("/x/a", "choice")]),
        ({"a": {}}, lambda r: r.text("a"), []),
        ({"a": {"en": "x"}}, lambda r: r.text("a"), [("/x/a", "language")]),
        ({"a": {"zh-Hans": "x", "f/r": "y"}}, lambda r: r.text("a"), [("/x/a/f~1r", "language")]),
        ({"a": ["x", 1]}, lambda r: r.strings("a"), [("/x/a", "type")]),
        ({"a": "2023-02-29"}, lambda r: r.day("a"), [("/x/a", "date")]),
        ({"a": "20230228"}, lambda r: r.day("a"), [("/x/a", "date")]),
        ({"a": {"b": 1}}, lambda r: r.child("a").string("b"), [("/x/a/b", "type")]),
        ({"a": [{"b": 1}]}, lambda r: r.each("a", lambda row: row.string("b")), [("/x/a/0/b", "type")]),
        ({"a": 1, "b/c": 2}, lambda r: r.value("a"), [("/x/b~1c", "unknown")]),
    ],
)
def test_each_fault_has_its_place(data: Any, read: Any, found: list[tuple[str, str]]) -> None:
    if found:
        assert faults(data, read) == found
    else:
        reader = Reader(data)
        read(reader)
        assert reader.faults == []


def test_what_is_right_is_read() -> None:
    data = {
        "s": "x",
        "n": 3,
        "b": True,
        "c": "y",
        "t": {"zh-Hans": "甲"},
        "l": ["a", "b"],
        "d": "2024-02-29",
    }
    reader = Reader(data)
    assert (reader.string("s"), reader.integer("n"), reader.boolean("b")) == ("x", 3, True)
    assert reader.choice("c", {"y"}) == "y"
    assert reader.text("t") == {"zh-Hans": "甲"}
    assert reader.strings("l") == ("a", "b")
    assert str(reader.day("d")) == "2024-02-29"
    assert reader.string("absent", "default") == "default"
    assert reader.day("absent_day") is None
    reader.finish()

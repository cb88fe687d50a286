"""The pages of the standards: reading what was pasted, drawing who uses what, comparing what is said."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gateway.portal import graph, pasted
from gateway.portal.pages.standards import address
from gateway.portal.pages.standards_codes import _above, search_codes
from gateway.portal.pages.standards_mapping import written
from gdbos_contracts.errors import BadInput


@pytest.mark.parametrize("delimiter", list(pasted.DELIMITERS))
def test_a_table_is_read_in_any_delimiter(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["XM（姓名）", "SFZH"], ["陈晓明", "1"], ["李", ""]))
    found = pasted.read(text)
    assert [(c.name, c.comment, c.samples) for c in found] == [
        ("XM", "姓名", ("陈晓明", "李")),
        ("SFZH", "", ("1",)),
    ]


def test_quoted_cells_ragged_rows_and_nameless_columns_are_borne() -> None:
    found = pasted.read('A,,B\n"x,y",1\n\n2,3,4,5\n')
    assert [(c.name, c.samples) for c in found] == [("A", ("x,y", "2")), ("B", ("4",))]


@pytest.mark.parametrize(
    ("text", "code"), [("", "required"), (" \n ", "required"), ("a," * 101 + "a", "too_many")]
)
def test_what_is_no_table_is_told(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        pasted.read(text)
    assert [f.code for f in refused.value.faults] == [code]


@given(st.text(max_size=200))
def test_any_paste_is_read_or_refused(text: str) -> None:
    try:
        found = pasted.read(text)
    except BadInput:
        return
    assert all(column.name for column in found)


def test_a_mapping_has_each_element_once_from_its_best_column() -> None:
    def row(name: str, element: str, score: float) -> dict[str, object]:
        return {"name": name, "proposals": [{"element": element, "version": 1, "score": score}]}

    rows = [
        row("a", "x.y", 0.6),
        row("b: c", "x.y", 0.9),
        row("d", "x.z", 0.4),
        {"name": "e", "proposals": []},
    ]
    assert yaml.safe_load(written(rows)) == {"columns": {"x.y": "b: c"}}
    assert yaml.safe_load(written([row("d", "x.z", 0.5)])) == {"columns": {"x.z": "d"}}
    assert written(rows[2:]) == ""


@given(st.integers(0, 1), st.integers(0, 40))
def test_boxes_stay_in_the_picture_and_never_overlap(lists: int, users: int) -> None:
    found = graph.draw("姓名", ["gb.sex"] * lists, [("item", f"事项 {n}") for n in range(users)], "more")
    assert len(found.nodes) == lists + 1 + min(users, graph.MOST + 1)
    assert len(found.lines) == len(found.nodes) - 1
    for node in found.nodes:
        assert node.x >= 0 and node.x + node.width <= found.width
        assert node.y >= 0 and node.y + found.box <= found.height
    spots = sorted((node.x, node.y) for node in found.nodes)
    assert all(a[0] != b[0] or b[1] - a[1] >= found.box for a, b in zip(spots, spots[1:], strict=False))


@given(st.text(max_size=60), st.integers(4, 40))
def test_a_label_fits_its_box(text: str, cells: int) -> None:
    assert len(graph.shortened(text, cells)) <= cells
    assert graph.shortened("公民身份号码", 8) == "公民身…"


CODES = [
    {"value": "44", "names": {"zh-Hans": "广东省", "zh-Hant": "廣東省", "en": "Guangdong"}},
    {"value": "4403", "names": {"zh-Hans": "深圳市", "zh-Hant": "深圳市", "en": "Shenzhen"}, "parent": "44"},
    {
        "value": "440305",
        "names": {"zh-Hans": "南山区", "zh-Hant": "南山區", "en": "Nanshan"},
        "parent": "4403",
    },
]


@pytest.mark.parametrize(
    ("q", "values"),
    [
        ("44", ["44", "4403", "440305"]),
        ("廣東", ["44"]),
        ("南山区", ["440305"]),
        ("SHENZHEN", ["4403"]),
        ("杭州", []),
    ],
)
def test_codes_are_found_by_value_and_by_name_in_either_writing(q: str, values: list[str]) -> None:
    assert [code["value"] for code in search_codes(CODES, q)] == values


def test_the_way_up_ends_even_where_codes_stand_in_a_circle() -> None:
    codes = {str(code["value"]): code for code in CODES}
    assert [code["value"] for code in _above(codes, "440305")] == ["44", "4403", "440305"]
    assert _above(codes, "") == []
    circle = {"a": {"value": "a", "parent": "b"}, "b": {"value": "b", "parent": "a"}}
    assert [code["value"] for code in _above(circle, "a")] == ["b", "a"]


@pytest.mark.parametrize(
    ("kind", "id", "place"),
    [
        ("item", "440131", "/items/440131"),
        ("form", "basics", "/standards/templates/basics?version=2"),
        ("licence", "11100000000013338W009", ""),
        ("schema", "demo age", "/standards/schemas/demo%20age?new=2"),
        ("source", "register", ""),
    ],
)
def test_a_user_leads_to_its_page_where_it_has_one(kind: str, id: str, place: str) -> None:
    assert address({"kind": kind, "id": id, "version": "2"}) == place

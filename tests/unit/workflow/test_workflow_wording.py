"""The wording that goes to the paper is the wording on the screen: nothing lost, nothing added, nothing obeyed."""

from __future__ import annotations

import html as escaping

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.wording import wording

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=8)


def _paragraph(words: str) -> str:
    return f"<p>{escaping.escape(words)}</p>"


def _list(items: list[str]) -> str:
    return "<ol>" + "".join(f"<li><b>{escaping.escape(item)}</b></li>" for item in items) + "</ol>"


def _table(rows: list[list[str]]) -> str:
    cells = ["".join(f"<td>{_paragraph(cell)}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


PARTS = st.lists(
    st.one_of(
        WORDS.map(lambda w: (_paragraph(w), [w])),
        st.lists(WORDS, min_size=1, max_size=3).map(lambda ws: (_list(ws), ws)),
        st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3).map(
            lambda rows: (_table(rows), [word for row in rows for word in row])
        ),
        WORDS.map(lambda w: (f"<footer>{_paragraph(w)}</footer>", [w])),
        WORDS.map(lambda w: (f"<h2>{escaping.escape(w)}</h2>", [w])),
    ),
    max_size=6,
)


def _all(blocks: list[dict[str, object]]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if block["kind"] == "table":
            found += [cell for row in block["rows"] for cell in row if cell]  # type: ignore[attr-defined]
        elif block["kind"] == "list":
            found += block["items"]  # type: ignore[arg-type]
        else:
            found.append(str(block["text"]))
    return found


@given(WORDS, PARTS)
def test_every_word_of_the_page_is_on_the_paper_in_its_order(
    title: str, parts: list[tuple[str, list[str]]]
) -> None:
    page = f"<!doctype html><html><head><title>x</title><style>p {{}}</style></head><body><h1>{escaping.escape(title)}</h1>"
    said, blocks = wording(page + "\n".join(part for part, _ in parts) + "</body></html>")
    assert said == title
    assert _all(blocks) == [word for _, words in parts for word in words]


@given(st.text(max_size=200))
def test_no_page_stops_it_and_rows_are_even(page: str) -> None:
    _, blocks = wording(page)
    for block in blocks:
        if block["kind"] == "table":
            assert len({len(row) for row in block["rows"]}) <= 1


@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<li>", "</li>", "<ol>", "</ol>", "<p>", "<footer>", "</footer>", "<h1>", "甲", "<script>", "</script>"]), max_size=12))  # fmt: skip
def test_markup_in_any_order_is_survived(tags: list[str]) -> None:
    title, blocks = wording("".join(tags))
    if "<script>" not in tags:
        assert (title + "".join(_all(blocks))).count("甲") == tags.count("甲")
    for block in blocks:
        if block["kind"] == "table":
            assert len({len(row) for row in block["rows"]}) <= 1


def test_kinds() -> None:
    page = "<h1>标题</h1>前<p>一 <b>二</b><br>三</p><h2>节</h2><ul><li>甲<li>乙</ul><ol></ol><table></table><footer><p>某机关</p></footer>"
    assert wording(page) == (
        "标题",
        [
            {"kind": "paragraph", "text": "前"},
            {"kind": "paragraph", "text": "一 二 三"},
            {"kind": "heading", "text": "节"},
            {"kind": "list", "items": ["甲", "乙"]},
            {"kind": "sign", "text": "某机关"},
        ],
    )

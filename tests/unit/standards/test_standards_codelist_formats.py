"""A code list comes back from every format as it was."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdbos_contracts.errors import BadInput, TooLarge
from gdbos_contracts.text import LANGUAGES
from services.standards.domain.codelist import Code, CodeList, Column
from services.standards.domain.codelist_formats import FORMATS, MOST_BYTES, taken, written

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r\\\"',;@"),
    max_size=12,
)
VALUES = st.text(st.sampled_from("0123456789AZaz中-./#%\\\"',;@ "), min_size=1, max_size=8).filter(
    lambda value: value == value.strip()
)
NAMES = st.fixed_dictionaries(
    {"zh-Hans": WORDS.filter(str.strip)}, optional=dict.fromkeys(LANGUAGES[1:], WORDS)
)
DAYS = st.dates(date(1980, 1, 1), date(2030, 1, 1))


@st.composite
def code_lists(draw: st.DrawFn) -> CodeList:
    columns = draw(st.lists(st.sampled_from(["abbr", "pinyin", "x.y_1"]), unique=True))
    values = draw(st.lists(VALUES, min_size=1, max_size=6, unique=True))
    codes = []
    for index, value in enumerate(values):
        ended = draw(st.none() | st.dates(date(2031, 1, 1), date(2040, 1, 1)))
        codes.append(
            Code(
                value=value,
                names=draw(NAMES),
                parent=draw(st.sampled_from(["", *values[:index]])),
                valid_from=draw(st.none() | DAYS),
                valid_to=ended,
                replaced_by=tuple(values[:index][:2]) if ended and draw(st.booleans()) else (),
                columns={each: draw(WORDS) for each in columns if draw(st.booleans())},
            )
        )
    return CodeList(
        id="gbt.2260",
        version=draw(st.integers(1, 99)),
        names=draw(NAMES),
        codes=tuple(codes),
        standard=draw(WORDS.filter(bool)),
        columns=tuple(Column(each, draw(NAMES)) for each in columns),
        valid_from=draw(st.none() | DAYS),
    )


@pytest.mark.parametrize("format", sorted(FORMATS))
@given(found=code_lists())
@settings(max_examples=60)
def test_nothing_is_lost(format: str, found: CodeList) -> None:
    assert taken(written(found, format), format) == found


@given(found=code_lists())
@settings(max_examples=30)
def test_nothing_is_lost_through_all_of_them(found: CodeList) -> None:
    text = found
    for format in ("csv", "genericode", "json", "skos", "csv"):
        text = taken(written(text, format), format)
    assert text == found


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("json", "{"),
        ("json", "[" * 100_000),
        ("csv", ""),
        ("csv", "value,name.zh-Hans\n1"),
        ("csv", 'value,"name'),
        ("csv", "colour\nred\n"),
        ("genericode", "<a/>"),
        ("genericode", "<gc"),
        ("genericode", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("genericode", '<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/"/>'),
        ("skos", '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;&c;</a>'),
        ("skos", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        ("skos", "<a/>"),
        ("skos", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
    ],
)
def test_what_is_no_list_is_refused(format: str, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        taken(text, format)
    assert refused.value.faults


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        taken("中" * (MOST_BYTES // 3 + 1), "json")


def test_a_character_that_xml_cannot_hold_is_refused_and_json_keeps_it() -> None:
    found = CodeList("a", 1, {"zh-Hans": "x"}, (Code("1", {"zh-Hans": "a\x00b"}),))
    for format in ("genericode", "skos"):
        with pytest.raises(BadInput):
            written(found, format)
    assert taken(written(found, "json"), "json") == found


def test_a_list_of_others_is_read_by_its_key_and_name() -> None:
    text = """<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
    <Identification><ShortName>Colours</ShortName><Version>2</Version></Identification>
    <ColumnSet><Column Id="code"/><Column Id="name"/><Key Id="k"><ColumnRef Ref="code"/></Key></ColumnSet>
    <SimpleCodeList><Row><Value ColumnRef="code"><SimpleValue>R</SimpleValue></Value>
    <Value ColumnRef="name"><SimpleValue>Red</SimpleValue></Value></Row></SimpleCodeList></gc:CodeList>"""
    found = taken(text, "genericode")
    assert (found.id, [(c.value, c.names["zh-Hans"]) for c in found.codes]) == ("colours", [("R", "Red")])


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\\=x", "\\\\", "\\e"])
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    """After the lines about the list, whose first cell is always `@` and a word of ours."""
    names = {"zh-Hans": "名", "en": text}
    found = CodeList("gbt.2260", 1, names, (Code("1", names),))
    lines = list(csv.reader(io.StringIO(written(found, "csv"))))
    cells = [cell for line in lines for cell in line if not line[0].startswith("@")]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert taken(written(found, "csv"), "csv") == found

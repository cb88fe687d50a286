"""A model that cannot run is refused before it is published, with reason and element; so is a file that is none."""

from __future__ import annotations

import pytest
from engine_bases import BASES
from engine_models import bpmn
from engine_mutants import mutants

from services.workflow.domain.bpmn import BpmnError, ModelInvalid, parse
from services.workflow.domain.bpmn.reading import MOST_STEPS
from services.workflow.domain.bpmn.xml import LIMIT
from services.workflow.domain.engine import compile, headless
from services.workflow.domain.engine.lint import lint
from services.workflow.domain.engine.lint.messages import CODES, finding

MUTANTS = list(mutants())
SOUND = bpmn(BASES["approval"])


@pytest.mark.parametrize("base", BASES)
def test_the_models_are_sound_before_they_are_spoilt(base: str) -> None:
    found = lint(parse(bpmn(BASES[base])))
    assert [(each.code, each.element) for each in found if each.severity == "error"] == []


@pytest.mark.parametrize(
    ("content", "code", "element"), [pytest.param(*each[1:], id=each[0]) for each in MUTANTS]
)
def test_a_spoilt_model_is_refused_with_reason_and_element(content: bytes, code: str, element: str) -> None:
    with pytest.raises(ModelInvalid) as refused:
        compile(parse(content))
    assert (code, element) in {(each.code, each.element) for each in refused.value.findings}
    for fault in refused.value.faults:
        assert fault.message["zh-Hans"] and fault.message["zh-Hant"] and fault.message["en"]


def test_there_are_enough_of_them() -> None:
    assert len(MUTANTS) >= 300


@pytest.mark.parametrize("cut", range(40, len(SOUND) - 5, 97))
def test_a_file_cut_short_is_refused_with_its_line(cut: int) -> None:
    with pytest.raises(BpmnError) as refused:
        parse(SOUND[:cut])
    assert refused.value.reason == "malformed"
    assert refused.value.line >= 1


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&c;</definitions>"""
OUTSIDE = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" name="&x;"/>"""
BARE = b'<!-- a --><?b c?><!DOCTYPE d><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, BARE, LAUGHS.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")])  # fmt: skip
def test_document_types_and_entities_are_refused(content: bytes) -> None:
    with pytest.raises(BpmnError) as refused:
        parse(content)
    assert refused.value.reason in ("doctype", "malformed")


def test_the_word_doctype_in_a_comment_is_harmless() -> None:
    content = SOUND.replace(b"<process", b"<!-- <!DOCTYPE x> --><process", 1)
    assert compile(parse(content)).process == "p"


def test_ten_megabytes_are_the_limit() -> None:
    with pytest.raises(BpmnError) as refused:
        parse(b" " * (LIMIT + 1))
    assert refused.value.reason == "too_large"


def test_more_steps_than_anybody_runs_are_refused() -> None:
    many = "".join(f'<userTask id="t{n}"/>' for n in range(MOST_STEPS + 1)).encode()
    with pytest.raises(BpmnError) as refused:
        parse(SOUND.replace(b"</process>", many + b"</process>", 1))
    assert refused.value.reason == "too_large"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "malformed"),
        (b"not xml", "malformed"),
        (b"<definitions/>", "not_bpmn"),
        (b'<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "not_bpmn"),
        (b"\xff\xfe\x00", "malformed"),
    ],
)
def test_what_is_not_bpmn_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BpmnError) as refused:
        parse(content)
    assert refused.value.reason == reason


def test_a_file_without_a_process_is_refused() -> None:
    empty = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    assert [each["code"] for each in headless.lint(empty)["findings"]] == ["no_process"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_message_speaks_three_languages(code: str) -> None:
    message = finding(code, "x", "detail").message
    assert len({message[language] for language in ("zh-Hans", "en")}) == 2
    assert message["zh-Hant"]

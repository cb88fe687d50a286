"""The papers of procedures say what the law wants said: the day, the place, until when, from when."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.house import ROOT

from services.workflow.adapters.printer import JinjaPrinter
from services.workflow.handlers.papers import PAPER_OF, TITLES

FOLDER = ROOT / "deploy" / "packs" / "procedures" / "templates"
TITLE = {"zh-Hans": "文书", "zh-Hant": "文書", "en": "Paper"}
FACTS: dict[str, dict[str, Any]] = {
    "hearing_right": {"request_by": "2026-12-01", "parties": "隔壁商户"},
    "hearing_receipt": {"by": "隔壁商户", "requested_on": "2026-11-26", "held_by": "2026-12-24"},
    "referral": {"to": {"zh-Hans": "市局"}, "opinion": "条件具备"},
    "referral_receipt": {
        "to": {"zh-Hans": "市局"}, "from": {"zh-Hans": "区局"}, "days": 20, "opinion": "条件具备",
    },
    "hearing_notice": {"held_on": "2026-12-08", "place": "九点，201 室", "parties": "隔壁商户", "presiding": "何主任"},
    "hearing_record": {
        "notice": {"on": "2026-12-08", "place": "201 室"}, "attended": "申请人甲", "summary": "陈述意见",
    },
    "service": {
        "on": "2026-11-25", "served_on": "2026-12-25", "way": "public_notice", "recipient": "applicant",
        "evidence": "政府网站", "reason": "下落不明",
    },
}  # fmt: skip
SAID = {"way": "公告送达", "recipient": "申请人"}


def leaves(facts: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name, value in facts.items():
        found += leaves(value) if isinstance(value, dict) else [SAID.get(name, str(value))]
    return found


def on_paper(fact: str) -> str:
    """A day as 2026年12月1日, without a zero before month or day; other facts as they are."""
    return re.sub(r"^(\d{4})-0?(\d+)-0?(\d+)$", r"\1年\2月\3日", fact)


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_every_fact_of_the_act_stands_in_its_paper(kind: str) -> None:
    data = {
        "title": TITLE,
        "item": TITLE,
        "agency": TITLE,
        "case_no": "N1",
        "applicant": "甲",
        "date": "2026-11-25",
    }
    template = (FOLDER / f"{kind}.html").read_text(encoding="utf-8")
    html = JinjaPrinter().html(template, {**data, "facts": FACTS[kind]})
    assert [fact for fact in leaves(FACTS[kind]) if on_paper(fact) not in html] == []


def test_each_template_has_its_title() -> None:
    titles = (FOLDER / "titles.yaml").read_text(encoding="utf-8")
    assert all(f"\n{path.stem}:" in titles for path in FOLDER.glob("*.html"))


def test_every_paper_of_a_procedure_has_its_template() -> None:
    """Those of the common way are in the starter pack; nothing that the law wants in writing falls back on a title."""
    held = {
        path.stem
        for pack in ("starter", "procedures")
        for path in (FOLDER.parents[1] / pack).glob("templates/*.html")
    }
    assert set(TITLES) <= held and set(PAPER_OF.values()) <= held

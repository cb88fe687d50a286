"""What an item needs to be filed when its source says nothing but name, code and type.

Clocks: 行政许可法 第四十二条 (20 working days); for the other types the same as an upper bound, promises shorter.
The process is chosen by type (事项类型), so no item needs code of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.catalog.domain.faults import text

PROCESSES: Mapping[str, str] = {
    "01": "default-licence",
    "05": "default-payment",
    "07": "default-confirmation",
    "08": "default-reward",
    "09": "default-adjudication",
    "10": "default-other",
    "20": "default-service",
}
_PROMISED: Mapping[str, int] = {"01": 10, "05": 15, "07": 10, "08": 20, "09": 20, "10": 10, "20": 1}
_RESULTS: Mapping[str, Mapping[str, str]] = {
    "01": text("准予许可决定书", "准予許可決定書", "Approval decision"),
    "05": text("给付决定书", "給付決定書", "Benefit decision"),
    "07": text("确认决定书", "確認決定書", "Confirmation"),
    "08": text("奖励决定书", "獎勵決定書", "Award decision"),
    "09": text("裁决书", "裁決書", "Ruling"),
    "10": text("办理结果通知书", "辦理結果通知書", "Notice of result"),
    "20": text("办理结果通知书", "辦理結果通知書", "Notice of result"),
}
_SECTIONS = [
    {"id": "applicant", "title": text("申请人", "申請人", "Applicant")},
    {"id": "contact", "title": text("联系方式", "聯絡方式", "Contact")},
]
_PERSON = ("person.name", "person.citizen_id")
_FIRM = ("firm.name", "firm.uscc")
_CONTACT = ("contact.name", "contact.mobile")

_GUIDE = {
    "questions": [
        {
            "id": "applicant",
            "text": text("您以什么身份申请？", "您以什麼身份申請？", "Who is applying?"),
            "options": [
                {
                    "id": "person",
                    "text": text("个人", "個人", "A person"),
                    "effects": [{"add_element": element} for element in _PERSON],
                },
                {
                    "id": "firm",
                    "text": text("企业或其他组织", "企業或其他組織", "A firm or other organisation"),
                    "effects": [{"add_element": element} for element in _FIRM],
                },
            ],
        }
    ]
}


def filing(task_type: str) -> dict[str, Any]:
    """The part of a draft that makes an item of that type fileable; KeyError for a type that nobody can
    apply for (02 penalty, 03 enforcement, 04 levy, 06 inspection)."""
    return {
        "process": {"id": PROCESSES[task_type], "version": 1},
        "statutory": {"days": 20, "unit": "working_day"},
        "promised": {"days": _PROMISED[task_type], "unit": "working_day"},
        "project_type": "2",
        "audience": ["1", "2"],
        "guide": _GUIDE,
        "sections": _SECTIONS,
        "elements": [
            *({"element": name, "section": "applicant", "default_in": False} for name in (*_PERSON, *_FIRM)),
            *({"element": name, "section": "contact"} for name in _CONTACT),
        ],
        "materials": [],
        "result": {"kind": "document", "name": _RESULTS[task_type]},
        "documents": ["receipt", "acceptance", "correction", "refusal", "decision", "denial"],
    }

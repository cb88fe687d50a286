"""The JSON Schemas of what acts ask for; the desk's forms are made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.text import Text
from services.workflow.domain import delivery
from services.workflow.domain.faults import text

Json = Mapping[str, Any]

SUSPENSIONS = (
    "hearing",
    "inspection",
    "testing",
    "quarantine",
    "appraisal",
    "expert_review",
    "tender",
    "auction",
)
"""行政許可法 Art. 45: time for these is not counted."""

REASON = {"type": "string", "minLength": 1, "maxLength": 2000}
_FAULTS = {
    "type": "array",
    "minItems": 1,
    "maxItems": 100,
    "items": {
        "type": "object",
        "properties": {"field": {"type": "string", "maxLength": 200}, "message": REASON},
        "required": ["message"],
        "additionalProperties": False,
    },
}
_CONDITIONS = {**REASON, "x-ui": {"label": text("条件", "條件", "Conditions"), "widget": "textarea"}}
_BASIS = {
    "type": "string",
    "minLength": 1,
    "maxLength": 300,
    "x-ui": {
        "label": text("法律依据（名称与条款）", "法律依據（名稱與條款）", "Legal basis: law and article")
    },
}
_WAY = {
    "enum": list(delivery.WAYS),
    "x-ui": {
        "label": text("送达方式", "送達方式", "Way of service"),
        "widget": "select",
        "options": [{"value": way, "names": names} for way, names in delivery.NAMES.items()],
    },
}
_ON = {
    "type": "string",
    "minLength": 10,
    "maxLength": 10,
    "x-ui": {
        "label": text(
            "送达日期（签收、留置、公告之日）",
            "送達日期（簽收、留置、公告之日）",
            "Day: signed, left or published",
        ),
        "widget": "date",
    },
}
_COLLECTOR = {
    "type": "string",
    "maxLength": 30,
    "x-ui": {
        "label": text(
            "领取人身份证号（直接送达）", "領取人身份證號（直接送達）", "Identity number of who collects"
        )
    },
}
_EVIDENCE = {
    "type": "string",
    "maxLength": 500,
    "x-ui": {
        "label": text(
            "凭证（邮件单号、见证人、公告载体）",
            "憑證（郵件單號、見證人、公告載體）",
            "Evidence: parcel number, witnesses, place of publication",
        )
    },
}
OPTIONAL: Mapping[str, frozenset[str]] = {
    "deliver": frozenset(("collector", "evidence", "reason")),
    "tell_hearing": frozenset(("parties",)),
}


def _named(label: Text, least: int = 1, most: int = 2000) -> Json:
    """A text of several lines under this label."""
    ui = {"label": label, "widget": "textarea"}
    return {"type": "string", "minLength": least, "maxLength": most, "x-ui": ui}


NAMED: Mapping[str, Json] = {
    "correct": {"faults": _FAULTS},
    "send_back": {"faults": _FAULTS},
    "refer_up": {"reason": REASON},
    "report_up": {"opinion": _named(text("初审意见", "初審意見", "Opinion of the first review"))},
    "rectify": {"reason": REASON},
    "overturn": {"reason": REASON},
    "refuse_acceptance": {"reason": REASON},
    "deny": {"reason": REASON},
    "return": {"reason": REASON},
    "suspend": {
        "kind": {"enum": list(SUSPENSIONS)},
        "days": {"type": "integer", "minimum": 1, "maximum": 365},
        "reason": REASON,
    },
    "extend": {"days": {"type": "integer", "minimum": 1, "maximum": 15}, "reason": REASON},
    "refuse_extension": {"reason": REASON},
    "deliver": {
        "way": _WAY,
        "on": _ON,
        "collector": _COLLECTOR,
        "evidence": _EVIDENCE,
        "reason": {**REASON, "minLength": 0},
    },
    "attempt_failed": {"tried": _WAY, "tried_on": _ON, "reason": REASON},
    "tell_hearing": {"parties": _named(text("利害关系人", "利害關係人", "Interested parties"), 0)},
    "party_request": {
        "party": _named(text("申请听证的利害关系人", "申請聽證的利害關係人", "Who asks for the hearing"))
    },
    "call_hearing": {
        "held_on": {
            **_ON,
            "x-ui": {"label": text("听证日期", "聽證日期", "Day of the hearing"), "widget": "date"},
        },
        "place": _named(text("时间和地点", "時間和地點", "Hour and place")),
        "presiding": {
            "type": "string",
            "minLength": 1,
            "maxLength": 60,
            "pattern": "\\S",
            "x-ui": {
                "label": text(
                    "听证主持人（不得是审查本案的人员）",
                    "聽證主持人（不得是審查本案的人員）",
                    "Presiding officer: nobody who reviews this case",
                )
            },
        },
    },
    "record_hearing": {
        "attended": _named(text("参加人", "參加人", "Who attended")),
        "summary": _named(text("笔录", "筆錄", "Record"), 1, 20_000),
    },
    "ask_opinion": {
        "question": _named(text("征求意见的内容和理由", "徵求意見的內容和理由", "What is asked, and why")),
        "due": {
            **_ON,
            "x-ui": {"label": text("答复期限", "答覆期限", "Last day for the answer"), "widget": "date"},
        },
    },
    "withdraw_opinion": {"reason": REASON},
    "agree_with_conditions": {"conditions": _CONDITIONS},
    "object": {"reason": REASON, "basis": _BASIS},
    "ask_correction": {"faults": _FAULTS},
}


def asked_of(agencies: Sequence[Json]) -> dict[str, Any]:
    """The choice of one of these agencies, by code; each {agency, name}."""
    return {
        "enum": [each["agency"] for each in agencies],
        "x-ui": {
            "label": text("部门", "部門", "Agency"),
            "widget": "select",
            "options": [
                {"value": each["agency"], "names": each.get("name") or each["agency"]} for each in agencies
            ],
        },
    }

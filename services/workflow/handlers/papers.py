"""Documents of a case 文書: what happened, printed from the template of that name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.domain import remedies
from services.workflow.domain.case import Case, agency_name
from services.workflow.domain.faults import text
from services.workflow.ports import Room

TITLES = {
    "receipt": text("收件凭证", "收件憑證", "Receipt"),
    "acceptance": text("受理通知书", "受理通知書", "Notice of acceptance"),
    "correction": text("补正材料一次性告知书", "補正材料一次性告知書", "Notice of correction"),
    "refusal": text("不予受理决定书", "不予受理決定書", "Refusal of acceptance"),
    "decision": text("准予决定书", "准予決定書", "Decision"),
    "denial": text("不予批准决定书", "不予批准決定書", "Denial"),
    "extension": text("延期通知书", "延期通知書", "Notice of extension"),
    "suspension": text("特别程序告知书", "特別程序告知書", "Notice of special procedure"),
    "deferral": text("容缺受理通知书", "容缺受理通知書", "Notice of acceptance with materials to follow"),
    "termination": text("终止办理通知书", "終止辦理通知書", "Notice of termination"),
    "pledge": text("告知承诺书", "告知承諾書", "Notice and pledge"),
    "revocation": text("撤销决定书", "撤銷決定書", "Revocation"),
    "hearing_right": text("听证告知书", "聽證告知書", "Notice of the right to a hearing"),
    "hearing_receipt": text("听证申请收件凭证", "聽證申請收件憑證", "Receipt of the request for a hearing"),
    "hearing_notice": text("听证通知书", "聽證通知書", "Notice of hearing"),
    "hearing_record": text("听证笔录", "聽證筆錄", "Record of the hearing"),
    "referral": text("转报函", "轉報函", "Letter of referral"),
    "referral_receipt": text("转报收件凭证", "轉報收件憑證", "Receipt of the referral"),
    "transfer": text("转报告知书", "轉報告知書", "Notice of transfer"),
    "service": text("送达回证", "送達回證", "Certificate of service"),
    "result": text("办理结果", "辦理結果", "Result"),
}
PAPER_OF = {
    "submitted": "receipt",
    "accepted": "acceptance",
    "correction_requested": "correction",
    "refused_acceptance": "refusal",
    "granted": "decision",
    "denied": "denial",
    "extended": "extension",
    "suspended": "suspension",
    "deferred": "deferral",
    "deferral_lapsed": "termination",
    "hearing_told": "hearing_right",
    "hearing_requested": "hearing_receipt",
    "hearing_called": "hearing_notice",
    "hearing_recorded": "hearing_record",
    "reported_up": "referral",
    "referred_up": "transfer",
}
"""Event → the paper that the law wants in writing."""
ON_REQUEST = frozenset(("receipt",))
"""Papers whose file is made when somebody wants it: each submission has one, and they would stand before decisions."""


NAMES = (
    "title", "case_no", "item", "agency", "applicant", "answers", "date", "limits", "accepted_on", "reason", "faults",
    "licence", "facts", "automatic", "remedies",
)  # fmt: skip


def paper_for(event: str, case: Case, room: Room, facts: Mapping[str, Any]) -> None:
    """Print the paper of this event, if there is one."""
    if event in PAPER_OF:
        print_paper(case, PAPER_OF[event], room, facts)


def print_paper(case: Case, kind: str, room: Room, facts: Mapping[str, Any]) -> None:
    """Print the paper of that kind. The pack's template wins over the built-in one."""
    room.papers.put_document(_printed(case, kind, room, facts))


def print_and_name(case: Case, kind: str, room: Room, facts: Mapping[str, Any]) -> str:
    """The same; the id of the new document."""
    return room.papers.add_document(_printed(case, kind, room, facts))


def _printed(case: Case, kind: str, room: Room, facts: Mapping[str, Any]) -> dict[str, Any]:
    template = room.processes.template(kind) or {}
    title = template.get("title") or case.body["item"]["result"]["name"] or TITLES.get(kind, TITLES["result"])
    if kind != "result" and not template.get("title"):
        title = TITLES.get(kind, title)
    data = _data(case, title, room, facts)
    return {
        "case_no": case.case_no,
        "kind": kind,
        "title": title,
        "html": room.printer.html(template.get("html", ""), data),
        "at": room.work.at,
        "template_version": template.get("version", 0),
        "facts": data if template.get("layout") else None,
        "on_request": kind in ON_REQUEST,
    }


def _data(case: Case, title: Mapping[str, str], room: Room, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a template may use: NAMES, each with its value."""
    return {
        "title": title,
        "case_no": case.case_no,
        "item": case.name,
        "agency": agency_name(case),
        "applicant": case.body.get("applicant_name", ""),
        "answers": case.body.get("answers", {}),
        "date": room.work.now.date().isoformat(),
        "limits": case.body.get("limits", {}),
        "accepted_on": case.body.get("accepted_on", ""),
        "reason": facts.get("reason", ""),
        "faults": facts.get("faults", []),
        "licence": facts.get("licence", ""),
        "facts": dict(facts),
        "automatic": case.body.get("automatic"),
        "remedies": remedies.told(case.body),
    }

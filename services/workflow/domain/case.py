"""The case 辦件: its states, what an action makes of them, and how it ends (domain.md §2.4).

submitted → accepted → reviewing → decided → issuing → closed → archived, with correction_requested before acceptance,
suspended in between, and `waiting` for a member of a bundle whose turn has not come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import Conflict
from gdbos_contracts.text import Text
from services.workflow.domain.faults import text

CLOSED, ARCHIVED = OVER = ("closed", "archived")
OPEN_STATES = (
    "waiting",
    "submitted",
    "received",
    "correction_requested",
    "sent_back",
    "accepted",
    "reviewing",
    "suspended",
    "deciding",
    "decided",
    "issuing",
    "delivering",
)
OUTCOMES: Mapping[str, str] = {
    "granted": "0",
    "done": "6",
    "denied": "1",
    "refused_acceptance": "1",
    "not_corrected": "5",
    "withdrawn": "2",
    "not_required": "6",
    "transferred": "4",
    "terminated": "2",
    "partly_done": "6",
    "upheld": "6",
    "revoked": "2",
}
"""Outcome → 辦結結果 code of the national case upload: 0 出證 1 退回 2 作廢 4 轉報 5 補正不來 6 辦結."""

MINE = "mine"
"""The queue of what a clerk holds, beside the queues by role."""
GOOD = frozenset({"granted", "done", "not_required", "upheld"})
UNDECIDED = frozenset(OPEN_STATES) - {"decided", "issuing", "delivering"}

NOTES: Mapping[str, Text] = {
    "submitted": text("已提交", "已提交", "Submitted"),
    "waiting": text("等待前序事项办结", "等待前序事項辦結", "Waiting for another item of the bundle"),
    "accepted": text("已受理", "已受理", "Accepted"),
    "correction_requested": text("请补正", "請補正", "Correction requested"),
    "corrected": text("已补正", "已補正", "Corrected"),
    "refused_acceptance": text("不予受理", "不予受理", "Not accepted"),
    "not_required": text("无需许可", "無需許可", "No permission needed"),
    "passed": text("审查通过", "審查通過", "Review passed"),
    "returned": text("退回上一环节", "退回上一環節", "Returned to the step before"),
    "granted": text("准予", "准予", "Granted"),
    "denied": text("不予批准", "不予批准", "Denied"),
    "issued": text("结果已制发", "結果已製發", "Result issued"),
    "delivered": text("已送达", "已送達", "Delivered"),
    "attempt_failed": text("送达未成功", "送達未成功", "An attempt at service failed"),
    "archived": text("已归档", "已歸檔", "Archived"),
    "closed": text("已办结", "已辦結", "Closed"),
    "withdrawn": text("申请人撤回", "申請人撤回", "Withdrawn by the applicant"),
    "not_corrected": text("逾期未补正", "逾期未補正", "Not corrected in time"),
    "suspended": text("特别程序，时限中止", "特別程序，時限中止", "Suspended; the clock stands still"),
    "resumed": text("恢复办理", "恢復辦理", "Resumed"),
    "extended": text("办理期限延长", "辦理期限延長", "The limit was extended"),
    "extension_requested": text("申请延长办理期限", "申請延長辦理期限", "An extension is asked for"),
    "extension_refused": text("未批准延长期限", "未批准延長期限", "The extension was refused"),
    "deemed_accepted": text(
        "逾期未告知，自收到材料之日起视为受理",
        "逾期未告知，自收到材料之日起視為受理",
        "No notice in time: deemed accepted from the day of receipt",
    ),
    "message": text("有新留言", "有新留言", "New message"),
    "rated": text("已评价", "已評價", "Rated"),
    "terminated": text("终止", "終止", "Terminated"),
    "licence_registered": text("电子证照可用", "電子證照可用", "The electronic licence may be used"),
    "granted_automatically": text(
        "系统按规则秒批通过", "系統按規則秒批通過", "Granted at once by the published rules"
    ),
    "revoked": text("准予决定已撤销", "准予決定已撤銷", "What was granted was revoked"),
    "sent_back": text(
        "预审退回，请修改后重提", "預審退回，請修改後重提", "Sent back before receipt; change and file again"
    ),
    "deferred": text("容缺受理", "容缺受理", "Accepted with materials to follow"),
    "supplemented": text("容缺材料已补齐", "容缺材料已補齊", "The deferred materials were supplied"),
    "deferral_lapsed": text(
        "逾期未补齐容缺材料", "逾期未補齊容缺材料", "The deferred materials did not come in time"
    ),
    "reported_up": text(
        "初审通过，已转报上级机关",
        "初審通過，已轉報上級機關",
        "Passed the first review; reported up for the decision",
    ),
    "referred_up": text(
        "不属本机关决定，转报上级机关",
        "不屬本機關決定，轉報上級機關",
        "Not ours to decide: handed to the higher authority",
    ),
    "transferred": text("已转报上级机关", "已轉報上級機關", "Reported up to the higher authority"),
    "reopened": text("已重新立案", "已重新立案", "Reopened as a new case"),
    "reopens": text("由原办件重新立案", "由原辦件重新立案", "Opened again from an earlier case"),
    "hearing_told": text("已告知听证权利", "已告知聽證權利", "Told of the right to a hearing"),
    "hearing_requested": text(
        "已申请听证，时限中止", "已申請聽證，時限中止", "A hearing was asked for; the clock stands still"
    ),
    "hearing_waived": text("放弃听证", "放棄聽證", "No hearing is wanted"),
    "hearing_called": text("已通知听证", "已通知聽證", "The hearing was called"),
    "hearing_recorded": text("听证已举行", "聽證已舉行", "The hearing was held"),
    "opinion_asked": text("征求意见", "徵求意見", "Asked for an opinion"),
    "opinion_withdrawn": text("撤回征求意见", "撤回徵求意見", "The question was withdrawn"),
    "opinion_given": text("已提出意见", "已提出意見", "Gave its opinion"),
    "opinion_late": text("逾期未提出意见", "逾期未提出意見", "Gave no opinion in time"),
    "opinion_deemed": text(
        "逾期未提出意见，依规定视为同意",
        "逾期未提出意見，依規定視為同意",
        "Gave no opinion in time: deemed to agree, by rule",
    ),
    "term_moved": text("期限顺延", "期限順延", "The last day moved"),
    "incident_resolved": text(
        "流程异常已由工作人员处理，继续办理",
        "流程異常已由工作人員處理，繼續辦理",
        "A fault in the process was put right; the case goes on",
    ),
    "step": text("环节完成", "環節完成", "Step done"),
}


@dataclass(slots=True)
class Case:
    """One case. `doc` is the engine's document, `body` everything that no query asks for: answers, materials,
    limits, pauses, doers, the item's summary. `revision` is the optimistic lock; `steps` and `seal` are the number
    and the seal of the last step of its history."""

    case_no: str
    kind: str
    item: str
    item_version: int
    name: Text
    region: str
    agency: str
    applicant: str
    subject: Mapping[str, str]
    state: str
    submitted_at: str
    process: str = ""
    process_version: int = 0
    parent: str | None = None
    member: str | None = None
    outcome: str | None = None
    closed_at: str | None = None
    doc: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    revision: int = 0
    steps: int = 0
    seal: str = ""

    @property
    def open(self) -> bool:
        return self.state not in OVER

    def close(self, outcome: str, at: str) -> None:
        """Once: a closed case never opens again; reopening is a new case."""
        if not self.open:
            raise Conflict
        self.state, self.outcome, self.closed_at = CLOSED, outcome, at

    def archive(self) -> None:
        """歸檔, once, of a closed case."""
        if self.state != CLOSED:
            raise Conflict
        self.state = ARCHIVED

    def seen_by_applicant(self, principal_id: str, subject: Mapping[str, str]) -> bool:
        """The one who filed it, or who acts for the same person or firm."""
        return self.applicant == principal_id or (bool(self.subject) and dict(subject) == dict(self.subject))


def agency_name(case: Case) -> Text:
    """The name of the agency that handles the case."""
    return case.body.get("item", {}).get("agency_name", {}) or {}

"""What a clerk may do in a task: the action's label, the JSON Schema of its data, and what it means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gdbos_contracts.text import Text
from services.workflow.domain import delivery, hearing, opinions
from services.workflow.domain.act_forms import NAMED, OPTIONAL, REASON, SUSPENSIONS, asked_of
from services.workflow.domain.faults import text

Json = Mapping[str, Any]

LABELS: Mapping[str, Text] = {
    "accept": text("受理", "受理", "Accept"),
    "correct": text("一次性告知补正", "一次性告知補正", "Request correction"),
    "send_back": text("预审退回", "預審退回", "Send back for changes"),
    "refuse_acceptance": text("不予受理", "不予受理", "Refuse acceptance"),
    "not_required": text("无需许可", "無需許可", "No permission needed"),
    "pass": text("审查通过", "審查通過", "Pass"),
    "return": text("退回上一环节", "退回上一環節", "Return"),
    "grant": text("准予", "准予", "Grant"),
    "deny": text("不予批准", "不予批准", "Deny"),
    "issue": text("制发结果", "製發結果", "Issue"),
    "uphold": text("核查属实", "核查屬實", "Found true"),
    "rectify": text("责令限期整改", "責令限期整改", "Demand that it be put right"),
    "overturn": text("撤销决定", "撤銷決定", "Revoke"),
    "refer_up": text("转报上级", "轉報上級", "Report up"),
    "report_up": text("初审通过，转报上级", "初審通過，轉報上級", "First review passed: report up"),
    "deliver": text("送达", "送達", "Deliver"),
    "suspend": text("进入特别程序", "進入特別程序", "Suspend"),
    "resume": text("恢复办理", "恢復辦理", "Resume"),
    "extend": text("延长期限", "延長期限", "Extend"),
    "approve_extension": text("批准延期", "批准延期", "Approve the extension"),
    "refuse_extension": text("不同意延期", "不同意延期", "Refuse the extension"),
    "attempt_failed": text("登记送达未成功", "登記送達未成功", "Record a failed attempt"),
    "tell_hearing": text("告知听证权利", "告知聽證權利", "Tell of the right to a hearing"),
    "party_request": text("登记利害关系人听证申请", "登記利害關係人聽證申請", "Record a party's request"),
    "call_hearing": text("通知听证", "通知聽證", "Call the hearing"),
    "record_hearing": text("登记听证笔录", "登記聽證筆錄", "Record the hearing"),
    "ask_opinion": text("补充征求意见", "補充徵求意見", "Ask another agency"),
    "withdraw_opinion": text("撤回征求意见", "撤回徵求意見", "Withdraw the question"),
    "agree": text("同意", "同意", "Agree"),
    "agree_with_conditions": text("附条件同意", "附條件同意", "Agree with conditions"),
    "object": text("不同意", "不同意", "Object"),
    "ask_correction": text("提请补正", "提請補正", "Ask for a correction"),
    "done": text("完成", "完成", "Done"),
}
ASIDE = frozenset(
    {
        "suspend",
        "resume",
        "extend",
        "approve_extension",
        "refuse_extension",
        "attempt_failed",
        *hearing.ACTS,
        *opinions.ACTS,
    }
)
"""Actions that leave the task open."""

KEPT = opinions.KINDS | {"deliver"}
"""Actions whose data belong to the case and not to its process."""
STATE_AFTER: Mapping[str, str] = {
    "accept": "accepted",
    "correct": "correction_requested",
    "send_back": "sent_back",
    "grant": "decided",
    "deny": "decided",
}
EVENT_OF: Mapping[str, str] = {
    "accept": "accepted",
    "correct": "correction_requested",
    "send_back": "sent_back",
    "refuse_acceptance": "refused_acceptance",
    "not_required": "not_required",
    "pass": "passed",
    "return": "returned",
    "grant": "granted",
    "deny": "denied",
    "issue": "issued",
    "deliver": "delivered",
    "suspend": "suspended",
    "resume": "resumed",
    "extend": "extension_requested",
    "approve_extension": "extended",
    "refuse_extension": "extension_refused",
    "report_up": "reported_up",
    "refer_up": "referred_up",
    "attempt_failed": "attempt_failed",
    "tell_hearing": "hearing_told",
    "party_request": "hearing_requested",
    "call_hearing": "hearing_called",
    "record_hearing": "hearing_recorded",
}
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
ENDS: Mapping[str, str] = {"refer_up": "transferred"}
"""Actions that end the case whatever its process says next → the outcome."""


def said(action: str, data: Json) -> dict[str, Any]:
    """What the process learns of an act. Opinions and services are kept with the case and only vouched for here,
    by a digest without the identity number of who collected."""
    if action in KEPT:
        kept = {name: value for name, value in data.items() if name != "collector"}
        return {"action": action, "said": hashlib.sha256(_canonical(kept).encode()).hexdigest()}
    return {"action": action, **{name: value for name, value in data.items() if name != "faults"}}


def schema_of(action: str, form: Json, body: Json = MappingProxyType({})) -> dict[str, Any]:
    """JSON Schema 2020-12 of `data`. `form` is the composed schema of the task's own elements ({} without);
    the elements are asked when the task goes on, not when it turns back. Of several special procedures under
    way, resuming names one. A notice need not add to what other agencies want put right; a grant against an
    objection needs reasons."""
    own = dict(NAMED.get(action, {}))
    kinds = resumable(body)
    if action == "resume" and len(kinds) > 1:
        own["kind"] = {"enum": kinds}
    if action == "grant" and opinions.overruled(body):
        own["reason"] = REASON
    if action in opinions.ACTS:
        may = opinions.askable(body) if action == opinions.ASK else opinions.withdrawable(body)
        own["agency"] = asked_of(may)
    if action == "deliver" and delivery.served(body):
        own = {}
    known = action == "correct" and opinions.faults_asked(body)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": own,
        "required": [] if known else sorted(own.keys() - OPTIONAL.get(action, frozenset())),
        "additionalProperties": False,
    }
    if form and action not in NAMED and action not in ASIDE:
        schema["properties"] = {**form["properties"], **own}
        schema["required"] = sorted({*form["required"], *own})
        if "$defs" in form:
            schema["$defs"] = form["$defs"]
    return schema


def offered(actions: Sequence[str], body: Json) -> list[str]:
    """The task's actions that the case allows now."""
    if "approve_extension" in actions:
        return list(actions)
    if opinions.KINDS & set(actions):
        may = opinions.KINDS - ({opinions.CORRECTION} if body.get("correction") else set())
        return [action for action in actions if action in may]
    if open_kinds(body):
        return [*(["resume"] if resumable(body) else []), "suspend", *hearing.steps(body)]
    hidden = {"resume"}
    if body.get("correction"):
        hidden.add("correct")
    if body.get("deemed_accepted"):
        hidden |= {"refuse_acceptance", "not_required", "send_back"}
    if body.get("extension") or body.get("extension_request"):
        hidden.add("extend")
    return [action for action in (*actions, *_by_law(actions, body)) if action not in hidden]


def open_kinds(body: Json) -> list[str]:
    """The special procedures that last."""
    lasting = (pause["kind"] for pause in body.get("pauses", ()) if pause["end"] is None)
    return [kind for kind in lasting if kind in SUSPENSIONS]


def resumable(body: Json) -> list[str]:
    """Those that a clerk ends by an act of its own: a hearing ends with its record."""
    return [kind for kind in open_kinds(body) if kind != hearing.KIND or not body.get("hearing")]


def _by_law(actions: Sequence[str], body: Json) -> list[str]:
    """Between acceptance and decision every case may be suspended and extended (Art. 42, 45), whether its
    process says so or not; where the item has hearings, the next act of one."""
    undecided = body.get("accepted_on") and not body.get("decision")
    if not undecided:
        return []
    found = [action for action in ("suspend", "extend") if action not in actions]
    next_ones = (*hearing.steps(body), *opinions.steps(body))
    return [*found, *(action for action in next_ones if action not in actions)]

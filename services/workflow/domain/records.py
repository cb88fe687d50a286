"""The supervision record 監察記錄: which rule saw what, when, whose duty it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.faults import text

Json = Mapping[str, Any]
RULES: Mapping[str, str] = {
    "green": "CLOCK-GREEN",
    "yellow": "CLOCK-YELLOW",
    "red": "CLOCK-RED",
    "blue": "CLOCK-PAUSED",
    "deemed": "NOTICE-LATE",
    "silent": "OPINION-LATE",
    "hearing": "HEARING-LATE",
    "breach": "PLEDGE-BROKEN",
    "order": "ORDER-ISSUED",
    "escalation": "ORDER-LATE",
    "rating_light": "RATING-LIGHT",
    "rating_late": "RATING-LATE",
    "rating_moved": "RATING-MOVED",
    "term_moved": "TERM-MOVED",
}
"""What happened → the number of the rule 規則編號 that it falls under."""
_LIT = {
    "green": text("恢复正常", "恢復正常", "In time again"),
    "yellow": text("即将到期", "即將到期", "Soon due"),
    "red": text("已超期", "已超期", "Overdue"),
    "blue": text("时限中止", "時限中止", "The clock stands still"),
}
_DEEMED = text(
    "五个工作日内未告知补正，视为受理",
    "五個工作日內未告知補正，視為受理",
    "No notice within five working days: deemed accepted",
)


def lit(row: Json, at: str) -> dict[str, Any]:
    """A light changed; `row` is the clock with its light and the one before."""
    kept = {name: row[name] for name in ("case_no", "agency", "region", "light", "was")}
    return {**kept, "rule": RULES[row["light"]], "type": "light", "at": at, "content": _LIT[row["light"]]}


_BREACHES = {
    "false_pledge": text("承诺不实", "承諾不實", "A pledge was false"),
    "deferral_lapsed": text(
        "逾期未补齐容缺材料",
        "逾期未補齊容缺材料",
        "The pledged materials did not come in time",
    ),
}


def breach(case: Case, kind: str, at: str) -> dict[str, Any]:
    """The applicant broke a pledge 失信."""
    return {
        "rule": RULES["breach"],
        "type": "breach",
        "case_no": case.case_no,
        "agency": case.agency,
        "region": case.region,
        "at": at,
        "content": _BREACHES[kind],
    }


def deemed(case: Case, at: str) -> dict[str, Any]:
    """The agency was late with its notice."""
    return {
        "rule": RULES["deemed"],
        "type": "deemed",
        "case_no": case.case_no,
        "agency": case.agency,
        "region": case.region,
        "at": at,
        "content": _DEEMED,
    }


_SILENT = {
    False: text("逾期未提出联合审查意见", "逾期未提出聯合審查意見", "No opinion in the joint review in time"),
    True: text(
        "逾期未提出联合审查意见，视为同意",
        "逾期未提出聯合審查意見，視為同意",
        "No opinion in the joint review in time: deemed to agree",
    ),
}


def silent(case: Case, agency: str, consents: bool, at: str) -> dict[str, Any]:
    """An agency that was asked let its days go by; `consents` when its silence counts as consent."""
    return {
        "rule": RULES["silent"],
        "type": "silent",
        "case_no": case.case_no,
        "agency": agency,
        "region": case.region,
        "at": at,
        "content": _SILENT[consents],
    }


_LATE_HEARING = text(
    "听证未在二十个工作日内举行",
    "聽證未在二十個工作日內舉行",
    "The hearing is not held within twenty working days",
)


def late_hearing(case: Case, at: str) -> dict[str, Any]:
    """A hearing was called for a day after its last one."""
    return {
        "rule": RULES["hearing"],
        "type": "hearing",
        "case_no": case.case_no,
        "agency": case.agency,
        "region": case.region,
        "at": at,
        "content": _LATE_HEARING,
    }


_RATING = {
    "green": text("差评整改恢复正常", "差評整改恢復正常", "A bad rating is being put right in time again"),
    "yellow": text("差评整改即将到期", "差評整改即將到期", "A bad rating is soon to be put right"),
    "red": text("差评整改已超期", "差評整改已超期", "A bad rating was not put right in time"),
}
_RATING_LATE = text(
    "差评整改逾期，上报上一级",
    "差評整改逾期，上報上一級",
    "A bad rating was not put right in time: carried to the next level",
)


def rating_lit(row: Json, light: str, at: str) -> dict[str, Any]:
    """The light of putting right changed. The record names the rating, not the case: who rated stays unknown."""
    return {
        "rule": RULES["rating_light"],
        "type": "light",
        "case_no": row["id"],
        "agency": row["agency"],
        "region": row["region"],
        "light": light,
        "was": row["light"],
        "at": at,
        "content": _RATING[light],
    }


_TERM_MOVED = text(
    "工作日历更改，补正或补交期限由 {was} 顺延至 {due}",
    "工作日曆更改，補正或補交期限由 {was} 順延至 {due}",
    "The calendar changed: the last day to correct or supply is {due}, no longer {was}",
)


def term_words(was: str, due: str) -> dict[str, str]:
    """What the applicant reads of it."""
    return {language: words.format(was=was, due=due) for language, words in _TERM_MOVED.items()}


def term_moved(case: Case, was: str, due: str, at: str) -> dict[str, Any]:
    """A last day that the applicant was told followed a changed calendar."""
    return {
        "rule": RULES["term_moved"],
        "type": "moved",
        "case_no": case.case_no,
        "agency": case.agency,
        "region": case.region,
        "at": at,
        "content": term_words(was, due),
    }


_RATING_MOVED = text(
    "工作日历更改，差评整改期限由 {was} 顺延至 {due}",
    "工作日曆更改，差評整改期限由 {was} 順延至 {due}",
    "The calendar changed: a bad rating is to be put right by {due}, no longer {was}",
)


def rating_moved(row: Json, due: str, at: str) -> dict[str, Any]:
    """The last day of putting right followed a changed calendar."""
    days = {"was": row["rectify_by"], "due": due}
    return {
        "rule": RULES["rating_moved"],
        "type": "moved",
        "case_no": row["id"],
        "agency": row["agency"],
        "region": row["region"],
        "at": at,
        "content": {language: words.format(**days) for language, words in _RATING_MOVED.items()},
    }


def rating_late(row: Json, at: str) -> dict[str, Any]:
    """A bad rating that was not put right went up a level."""
    return {
        "rule": RULES["rating_late"],
        "type": "escalation",
        "case_no": row["id"],
        "agency": row["agency"],
        "region": row["region"],
        "at": at,
        "content": _RATING_LATE,
    }


def ordered(order: Json, kind: str, at: str) -> dict[str, Any]:
    """An order was sent (`order`), or went up a level (`escalation`)."""
    return {
        "rule": RULES[kind],
        "type": kind,
        "case_no": order["case_no"],
        "agency": order["agency"],
        "region": order["region"],
        "at": at,
        "sent_at": at,
        "content": {"zh-Hans": order["content"], "zh-Hant": order["content"], "en": order["content"]},
        "order_id": order["id"],
    }

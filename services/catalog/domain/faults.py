"""Faults of catalogue input: code → message in three languages, so that a rule only names its code."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.errors import Fault

_MESSAGES: dict[str, tuple[str, str, str]] = {
    "unknown_field": ("没有这个字段：{0}", "沒有這個欄位：{0}", "There is no field {0}"),
    "procedure": (
        "办理程序的设定有误：{0}",
        "辦理程序的設定有誤：{0}",
        "The procedure is not set right: {0}",
    ),
    "locked": ("上级已锁定此字段，不得改动", "上級已鎖定此欄位，不得改動", "Locked by the level above"),
    "unit_differs": ("时限单位与上级不同", "時限單位與上級不同", "The unit differs from the level above"),
    "promise_widened": (
        "承诺时限不得长于上级",
        "承諾時限不得長於上級",
        "The promise exceeds the level above",
    ),
    "promise_beyond_statute": (
        "承诺时限不得长于法定时限",
        "承諾時限不得長於法定時限",
        "The promise exceeds the statutory limit",
    ),
    "entry_added": (
        "不得增加上级没有的内容：{0}",
        "不得增加上級沒有的內容：{0}",
        "{0} is not asked by the level above and may not be added",
    ),
    "requirement_widened": (
        "只能放宽要求，不得加严：{0}",
        "只能放寬要求，不得加嚴：{0}",
        "{0} may be relaxed, never made stricter",
    ),
    "audience_widened": (
        "服务对象不得超出上级",
        "服務對象不得超出上級",
        "The audience exceeds the level above",
    ),
    "fee_widened": ("不得新增或提高收费", "不得新增或提高收費", "A fee may not be added or raised"),
    "chain_broken": ("上级事项不对应", "上級事項不對應", "The parent item does not match"),
    "region_outside": (
        "区划不在上级事项的范围内",
        "區劃不在上級事項的範圍內",
        "The region lies outside the parent's",
    ),
    "unknown_question": ("没有这个问题：{0}", "沒有這個問題：{0}", "There is no question {0}"),
    "unknown_option": ("没有这个选项：{0}", "沒有這個選項：{0}", "There is no option {0}"),
    "situation_invalid": ("情形不成立：{0}", "情形不成立：{0}", "The situation {0} cannot be reached"),
    "situation_open": (
        "情形尚未确定，还有问题未回答",
        "情形尚未確定，還有問題未回答",
        "Questions of the guide are still open",
    ),
    "excluded": ("不符合受理条件", "不符合受理條件", "Not eligible for this item"),
    "condition_invalid": ("条件表达式有误：{0}", "條件表達式有誤：{0}", "The condition is not valid: {0}"),
    "duplicate_id": ("编号重复：{0}", "編號重複：{0}", "The identifier {0} is used twice"),
    "dangling_id": ("引用了不存在的内容：{0}", "引用了不存在的內容：{0}", "{0} does not exist"),
    "backward_next": (
        "后续问题只能排在后面：{0}",
        "後續問題只能排在後面：{0}",
        "The next question {0} must come later in the list",
    ),
    "unreachable": ("永远走不到：{0}", "永遠走不到：{0}", "{0} can never be reached"),
    "contradiction": ("效果互相矛盾：{0}", "效果互相矛盾：{0}", "The effects on {0} contradict each other"),
    "no_options": ("问题没有选项", "問題沒有選項", "The question has no options"),
    "missing": ("缺少：{0}", "缺少：{0}", "{0} is missing"),
    "cycle": ("办理顺序出现循环：{0}", "辦理順序出現循環：{0}", "The order of the members is circular: {0}"),
    "invalid": ("格式不正确：{0}", "格式不正確：{0}", "Not valid: {0}"),
    "wrong_region": (
        "该地区不办理此事项",
        "該地區不辦理此事項",
        "This item is not offered in that region",
    ),
    "not_in_force": ("该日期没有生效的版本", "該日期沒有生效的版本", "No version is in force on that day"),
}


def fault(pointer: str, code: str, *details: object) -> Fault:
    """A Fault of a known code; KeyError for an unknown one, so a typo cannot reach a user."""
    hans, hant, english = (text.format(*details) for text in _MESSAGES[code])
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})


def text(hans: str, hant: str, english: str) -> dict[str, Any]:
    """Text in the three languages, in the order of `gdbos_contracts.text.LANGUAGES`."""
    return {"zh-Hans": hans, "zh-Hant": hant, "en": english}

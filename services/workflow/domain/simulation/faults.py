"""What is wrong with a scenario: code → message in three languages."""

from __future__ import annotations

from gdbos_contracts.errors import Fault

_MESSAGES: dict[str, tuple[str, str, str]] = {
    "object": ("应为对象", "應為物件", "An object was expected"),
    "unknown": ("未知的项目：{0}", "未知的項目：{0}", "Unknown entry: {0}"),
    "missing": ("缺少：{0}", "缺少：{0}", "{0} is missing"),
    "distribution": (
        "应为非负数，或一种分布：{0}",
        "應為非負數，或一種分布：{0}",
        "A number of at least 0, or one distribution, was expected: {0}",
    ),
    "number": ("应为 {0} 到 {1} 之间的数", "應為 {0} 到 {1} 之間的數", "A number from {0} to {1} was expected"),
    "shares": ("概率须在 0 到 1 之间，合计为 1", "概率須在 0 到 1 之間，合計為 1", "Shares lie between 0 and 1 and sum to 1"),
    "date": ("应为日期 YYYY-MM-DD", "應為日期 YYYY-MM-DD", "A date YYYY-MM-DD was expected"),
    "time": ("应为 RFC 3339 时间", "應為 RFC 3339 時間", "An RFC 3339 time was expected"),
    "hours": (
        '应为时段列表，如 [["09:00", "12:00"]]，按先后排列',
        '應為時段清單，如 [["09:00", "12:00"]]，按先後排列',
        'A list of spans in order was expected, such as [["09:00", "12:00"]]',
    ),
    "calendar": ("没有名为“{0}”的日历", "沒有名為「{0}」的日曆", "There is no calendar {0}"),
    "arrivals": ("请给出 per_day 或 times 之一", "請給出 per_day 或 times 之一", "Give either per_day or times"),
    "member": ("没有名为“{0}”的成员", "沒有名為「{0}」的成員", "There is no member {0}"),
    "cycle": ("成员互相等待", "成員互相等待", "The members wait for one another"),
    "step": ("未给出环节“{0}”所需时间", "未給出環節「{0}」所需時間", "How long the step {0} takes is not stated"),
    "role": ("未给出岗位“{0}”的人数", "未給出崗位「{0}」的人數", "How many people have the role {0} is not stated"),
    "wait": ("未给出“{0}”要等多久", "未給出「{0}」要等多久", "How long {0} takes to come is not stated"),
    "flow": ("“{0}”不是该网关的出口", "「{0}」不是該閘道的出口", "{0} does not leave that gateway"),
    "too_large": (
        "在线仿真最多 {0} 件、重复 {1} 次；更大的请用命令行",
        "線上模擬最多 {0} 件、重複 {1} 次；更大的請用命令列",
        "At most {0} arrivals and {1} replications here; larger ones run from the command line",
    ),
    "endless": ("办件循环不止，无法结束", "辦件循環不止，無法結束", "The cases go round without end"),
    "stuck": ("流程在“{0}”无法继续：{1}", "流程在「{0}」無法繼續：{1}", "The process cannot go on at {0}: {1}"),
}  # fmt: skip


def fault(pointer: str, code: str, *details: object) -> Fault:
    """A Fault of a known code; pointer: where in the scenario."""
    hans, hant, english = (text.format(*details) for text in _MESSAGES[code])
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})

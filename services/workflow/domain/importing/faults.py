"""What stands in the way of an import, and what is worth knowing of it: code → three languages."""

from __future__ import annotations

from gdbos_contracts.errors import Fault

_MESSAGES: dict[str, tuple[str, str, str]] = {
    "not_json": ("不是有效的 JSON：{0}", "不是有效的 JSON：{0}", "Not JSON: {0}"),
    "encoding": ("文字编码不是 UTF-8 或 GB 18030", "文字編碼不是 UTF-8 或 GB 18030", "The text is neither UTF-8 nor GB 18030"),
    "too_large": ("文件超过 10 MB", "檔案超過 10 MB", "The file is larger than 10 MB"),
    "format": ("没有格式“{0}”，可用：{1}", "沒有格式「{0}」，可用：{1}", "There is no format {0}; there are {1}"),
    "no_services": (
        "没有 BusinessServices",
        "沒有 BusinessServices",
        "There are no BusinessServices",
    ),
    "shape": ("“{0}”的类型不对", "「{0}」的類型不對", "{0} has the wrong type"),
    "missing": ("缺少“{0}”", "缺少「{0}」", "{0} is missing"),
    "no_start": ("没有起始状态", "沒有起始狀態", "There is no start state"),
    "many_starts": ("有多个起始状态", "有多個起始狀態", "There is more than one start state"),
    "column": ("缺少列“{0}”", "缺少欄「{0}」", "The column {0} is missing"),
    "days": ("时限“{0}”不是工作日数", "時限「{0}」不是工作日數", "The limit {0} is not a number of working days"),
    "many_states": ("状态多于 {0} 个", "狀態多於 {0} 個", "There are more than {0} states"),
    "no_end": ("“{0}”没有终止状态", "「{0}」沒有終止狀態", "{0} has no state in which it ends"),
    "state_twice": ("状态“{0}”出现两次", "狀態「{0}」出現兩次", "The state {0} is there twice"),
    "unknown_next": ("动作“{0}”指向不存在的状态“{1}”", "動作「{0}」指向不存在的狀態「{1}」", "The action {0} leads to {1}, which is no state"),
    "control": ("含有控制字符", "含有控制字元", "It has control characters in it"),
    "unreachable": ("状态“{0}”无法到达", "狀態「{0}」無法到達", "The state {0} cannot be reached"),
    "many_actions": ("状态“{0}”的动作太多", "狀態「{0}」的動作太多", "The state {0} has too many actions"),
    "renamed": ("动作“{0}”转换为“{1}”", "動作「{0}」轉換為「{1}」", "The action {0} became {1}"),
    "mapped": ("{0} 转换为 {1}：{2}", "{0} 轉換為 {1}：{2}", "{0} became {1}: {2}"),
    "several_roles": ("由多个岗位办理，取第一个：{0}", "由多個崗位辦理，取第一個：{0}", "Several roles may act; the first is taken: {0}"),
    "stays": ("动作“{0}”不离开本环节，未转换", "動作「{0}」不離開本環節，未轉換", "The action {0} leaves the state as it is; left out"),
    "no_role": ("动作“{0}”没有岗位", "動作「{0}」沒有崗位", "The action {0} names no role"),
    "unmapped": ("没有对应的含义，原样保留：{0}", "沒有對應的含義，原樣保留：{0}", "Has no counterpart and is kept as it stands: {0}"),
}  # fmt: skip


def fault(pointer: str, code: str, *details: object) -> Fault:
    """A Fault of a known code; pointer: where in the file, or the element."""
    hans, hant, english = (text.format(*details) for text in _MESSAGES[code])
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})

"""The words of the linter: code → severity and the three languages. {0} is the detail of the finding."""

from __future__ import annotations

from services.workflow.domain.bpmn.faults import Finding

_E, _W = "error", "warning"
_MESSAGES: dict[str, tuple[str, str, str, str]] = {
    "no_process": (_E, "文件中没有流程", "檔案中沒有流程", "The file has no process"),
    "not_executable": (_W, "流程未标记为可执行", "流程未標記為可執行", "The process is not marked executable"),
    "duplicate_id": (_E, "标识“{0}”重复", "識別碼「{0}」重複", "The id {0!r} is used twice"),
    "dangling_flow": (
        _E,
        "顺序流的一端“{0}”不存在于同一流程层次",
        "順序流的一端「{0}」不存在於同一流程層次",
        "The flow's end {0!r} is not in the same process level",
    ),
    "dangling_reference": (
        _E,
        "引用的“{0}”不存在",
        "引用的「{0}」不存在",
        "The reference {0!r} points to nothing",
    ),
    "dangling_lane": (_E, "泳道引用的“{0}”不存在", "泳道引用的「{0}」不存在", "The lane refers to {0!r}, which does not exist"),
    "dangling_boundary": (
        _E,
        "边界事件依附的“{0}”不是同层次的活动",
        "邊界事件依附的「{0}」不是同層次的活動",
        "The boundary event is attached to {0!r}, which is no activity here",
    ),
    "dangling_default": (
        _E,
        "默认出口“{0}”不是本节点的出口",
        "預設出口「{0}」不是本節點的出口",
        "The default flow {0!r} does not leave this element",
    ),
    "no_start": (_E, "没有起点", "沒有起點", "There is nowhere to start"),
    "no_end": (_E, "没有终点，流程永远不会结束", "沒有終點，流程永遠不會結束", "There is no end: it can never finish"),
    "many_starts": (_W, "有多个无条件起点，只用第一个", "有多個無條件起點，只用第一個", "Several none start events; only the first is used"),
    "start_with_incoming": (_E, "起始事件不能有入口", "起始事件不能有入口", "A start event cannot have an incoming flow"),
    "end_with_outgoing": (_E, "结束事件不能有出口", "結束事件不能有出口", "An end event cannot have an outgoing flow"),
    "boundary_with_incoming": (_E, "边界事件不能有入口", "邊界事件不能有入口", "A boundary event cannot have an incoming flow"),
    "boundary_without_outgoing": (
        _W,
        "边界事件没有出口，触发后该分支结束",
        "邊界事件沒有出口，觸發後該分支結束",
        "The boundary event leads nowhere: the branch ends there",
    ),
    "missing_definition": (_E, "事件没有定义触发条件", "事件沒有定義觸發條件", "The event does not say what it waits for"),
    "many_definitions": (_E, "一个事件只能有一个定义", "一個事件只能有一個定義", "An event may have one definition only"),
    "wrong_event": (_E, "这里不能用 {0} 事件", "這裡不能用 {0} 事件", "A {0} event cannot stand here"),
    "unsupported": (_E, "引擎不支持 {0}", "引擎不支援 {0}", "The engine does not run {0}"),
    "missing_name": (_E, "事件没有指明名称", "事件沒有指明名稱", "The event names no message, signal or link"),
    "unnamed_message": (_W, "发送的消息没有名称", "傳送的訊息沒有名稱", "The message that is sent has no name"),
    "timer": (_E, "定时“{0}”不是 ISO 8601 时间", "定時「{0}」不是 ISO 8601 時間", "The timer {0!r} is not ISO 8601"),
    "expression": (_E, "表达式无法解析：{0}", "運算式無法解析：{0}", "The expression does not parse: {0}"),
    "missing_expression": (_E, "缺少表达式", "缺少運算式", "The expression is missing"),
    "link_without_target": (_E, "没有名为“{0}”的链接目标", "沒有名為「{0}」的連結目標", "No link event catches {0!r}"),
    "link_twice": (_E, "链接“{0}”有多个目标", "連結「{0}」有多個目標", "The link {0!r} has several targets"),
    "handler_flows": (_E, "事件子流程不能有顺序流", "事件子流程不能有順序流", "An event subprocess cannot have sequence flows"),
    "handler_start": (
        _E,
        "事件子流程须有且只有一个带触发条件的起始事件",
        "事件子流程須有且只有一個帶觸發條件的起始事件",
        "An event subprocess needs exactly one start event with a trigger",
    ),
    "script_language": (_E, "脚本语言只支持 FEEL，不支持 {0}", "指令碼語言只支援 FEEL，不支援 {0}", "Scripts are FEEL; {0} is not run"),
    "missing_role": (_W, "人工任务没有角色也不在泳道内", "人工任務沒有角色也不在泳道內", "The user task has no role and is in no lane"),
    "missing_job": (_W, "没有说明要执行的作业", "沒有說明要執行的作業", "It does not say which job to run"),
    "missing_called": (_E, "没有说明调用哪个流程", "沒有說明呼叫哪個流程", "It does not say which process to call"),
    "unknown_mark": (_E, "取值“{0}”不在允许范围内", "取值「{0}」不在允許範圍內", "The value {0!r} is not one of those allowed"),
    "loop_source": (_E, "多实例没有次数也没有集合", "多實例沒有次數也沒有集合", "The multi-instance has neither a cardinality nor a collection"),
    "loop_endless": (_E, "循环没有条件也没有上限", "迴圈沒有條件也沒有上限", "The loop has neither a condition nor a maximum"),
    "missing_condition": (_E, "出口没有条件，也不是默认出口", "出口沒有條件，也不是預設出口", "The flow has no condition and is not the default"),
    "default_with_condition": (_W, "默认出口上的条件不起作用", "預設出口上的條件不起作用", "The condition on the default flow has no effect"),
    "ignored_condition": (_W, "该出口上的条件不起作用", "該出口上的條件不起作用", "The condition on this flow has no effect"),
    "event_gateway_target": (
        _E,
        "事件网关后只能接捕获事件或接收任务",
        "事件閘道後只能接捕獲事件或接收任務",
        "Only catch events and receive tasks may follow an event-based gateway",
    ),
    "event_gateway_outputs": (_E, "事件网关没有出口", "事件閘道沒有出口", "The event-based gateway has no outgoing flow"),
    "lonely_gateway": (_W, "网关既不分支也不汇聚", "閘道既不分支也不匯聚", "The gateway neither splits nor joins"),
    "unreachable": (_E, "从起点无法到达", "從起點無法到達", "It cannot be reached from the start"),
    "no_exit": (_E, "从这里无法到达任何终点", "從這裡無法到達任何終點", "From here no end can be reached"),
    "busy_loop": (_W, "循环中没有等待点", "迴圈中沒有等待點", "The loop has no point where it waits"),
    "deadlock": (
        _E,
        "汇聚网关等待的分支永远不会到达",
        "匯聚閘道等待的分支永遠不會到達",
        "The join always waits for a branch that cannot arrive",
    ),
    "may_deadlock": (
        _W,
        "在某些分支组合下，汇聚网关会永远等待",
        "在某些分支組合下，匯聚閘道會永遠等待",
        "With some choices of branches this join waits for ever",
    ),
    "multiplies": (_W, "令牌可能无限增多", "權杖可能無限增多", "Tokens may multiply without limit here"),
}  # fmt: skip
CODES = frozenset(_MESSAGES)


def finding(code: str, element: str, detail: str = "", line: int = 0) -> Finding:
    severity, hans, hant, english = _MESSAGES[code]
    message = {"zh-Hans": hans.format(detail), "zh-Hant": hant.format(detail), "en": english.format(detail)}
    return Finding(element, code, message, severity, line)

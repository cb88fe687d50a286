"""Why an act of a clerk, or of the applicant beside the case, cannot be done: code → message in three languages."""

from __future__ import annotations

ACTS: dict[str, tuple[str, str, str]] = {
    "second_correction": (
        "补正只能通知一次",
        "補正只能通知一次",
        "Correction may be requested only once (行政许可法 Art. 32)",
    ),
    "second_extension": ("只能延期一次", "只能延期一次", "The limit may be extended only once"),
    "extension_too_long": (
        "最多可延长 {0} 个工作日",
        "最多可延長 {0} 個工作日",
        "The law allows {0} working days at most",
    ),
    "extension_too_late": (
        "期限已过，不能再延长",
        "期限已過，不能再延長",
        "The limit has passed; it can no longer be extended",
    ),
    "already_suspended": (
        "该程序正在进行：{0}",
        "該程序正在進行：{0}",
        "The procedure {0} is already under way",
    ),
    "duplicate_day": ("日期重复：{0}", "日期重複：{0}", "{0} is given twice"),
    "past_day": ("日期已过：{0}", "日期已過：{0}", "{0} has passed"),
    "unknown_case": ("没有此办件：{0}", "沒有此辦件：{0}", "There is no case {0}"),
    "circular": ("机构不能继承自己", "機構不能繼承自己", "An agency cannot succeed itself"),
    "succeeded": ("该机构已有继承者", "該機構已有繼承者", "This agency already has a successor"),
    "not_suspended": ("办件没有中止", "辦件沒有中止", "The case is not suspended"),
    "suspended": ("办件已中止，请先恢复", "辦件已中止，請先恢復", "The case is suspended; resume it first"),
    "before_decision": ("早于决定之日 {0}", "早於決定之日 {0}", "It was decided only on {0}"),
    "service_needs": ("此送达方式须填写：{0}", "此送達方式須填寫：{0}", "This way of service needs {0}"),
    "no_service_consent": (
        "申请人未同意电子送达",
        "申請人未同意電子送達",
        "The applicant did not agree to electronic service",
    ),
    "no_attempt": (
        "其他方式无法送达的，方可公告送达；请先登记未成功的送达",
        "其他方式無法送達的，方可公告送達；請先登記未成功的送達",
        "Public notice comes only after another way failed; record the attempt first",
    ),
    "not_the_recipient": (
        "领取人既不是申请人，也不是其代办人",
        "領取人既不是申請人，也不是其代辦人",
        "This is neither the applicant nor their proxy",
    ),
    "hearing_notice": (
        "听证须提前七日通知，最早为 {0}",
        "聽證須提前七日通知，最早為 {0}",
        "A hearing is told seven days before; the first day possible is {0}",
    ),
    "hearing_late": ("听证应于 {0} 前举行", "聽證應於 {0} 前舉行", "The hearing is to be held by {0}"),
    "presiding_reviews": (
        "{0} 审查本案，不能主持听证，请另行指定主持人",
        "{0} 審查本案，不能主持聽證，請另行指定主持人",
        "{0} reviews this case and cannot preside; name somebody else",
    ),
    "hearing_not_held": ("听证尚未举行（{0}）", "聽證尚未舉行（{0}）", "The hearing is only on {0}"),
    "hearing_open": (
        "须先举行听证并制作笔录，再作决定",
        "須先舉行聽證並製作筆錄，再作決定",
        "Nothing is decided before the hearing is held and recorded",
    ),
    "hearing_not_told": (
        "作决定前须告知申请人、利害关系人听证权利",
        "作決定前須告知申請人、利害關係人聽證權利",
        "Before the decision the applicant and interested parties are told of their right to a hearing",
    ),
    "hearing_window": (
        "听证申请期限未满，不能作决定",
        "聽證申請期限未滿，不能作決定",
        "Nothing is decided while a hearing may still be asked for",
    ),
    "not_served": (
        "决定尚未送达，不能归档",
        "決定尚未送達，不能歸檔",
        "The decision is to be served before the case is archived",
    ),
    "opinion_open": (
        "联合审查意见尚未齐备，不能准予",
        "聯合審查意見尚未齊備，不能准予",
        "Nothing is granted before the opinions of the joint review are all there",
    ),
    "objection_stands": (
        "有部门不同意，按规则不能准予",
        "有部門不同意，按規則不能准予",
        "An agency objects, and by the rule of this item that stops the grant",
    ),
}

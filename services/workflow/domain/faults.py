"""Faults and timeline notes of cases: code → message in three languages."""

from __future__ import annotations

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text
from services.workflow.domain.act_faults import ACTS

_MESSAGES: dict[str, tuple[str, str, str]] = {
    **ACTS,
    "unknown_element": (
        "本次申请不需要填写：{0}",
        "本次申請不需要填寫：{0}",
        "{0} is not asked in this application",
    ),
    "required": ("必填项未填写：{0}", "必填項未填寫：{0}", "{0} is required"),
    "unknown_material": (
        "本次申请不需要此材料：{0}",
        "本次申請不需要此材料：{0}",
        "{0} is not asked in this application",
    ),
    "duplicate_material": ("材料重复：{0}", "材料重複：{0}", "{0} is given twice"),
    "missing_material": ("缺少材料：{0}", "缺少材料：{0}", "The material {0} is missing"),
    "too_many_files": (
        "此材料最多 {0} 个文件",
        "此材料最多 {0} 個檔案",
        "At most {0} file(s) for this material",
    ),
    "media_type": ("不接受此文件类型：{0}", "不接受此檔案類型：{0}", "The file type {0} is not accepted"),
    "one_way": (
        "文件、证照、承诺只能选一种",
        "檔案、證照、承諾只能選一種",
        "Answer a material by files, a licence or a pledge, and by one of them",
    ),
    "not_pledgeable": (
        "此材料不可承诺后补",
        "此材料不可承諾後補",
        "This material cannot be pledged for later",
    ),
    "licence_not_yours": ("证照不存在或不属于您", "證照不存在或不屬於您", "No such licence of yours"),
    "licence_other_type": ("证照类型不符", "證照類型不符", "The licence is of another type"),
    "licence_not_in_force": ("证照已失效", "證照已失效", "The licence is not in force"),
    "mismatch": ("与权威数据不一致：{0}", "與權威資料不一致：{0}", "{0} differs from the authentic source"),
    "audience": (
        "此事项不面向您的身份",
        "此事項不面向您的身份",
        "This item is not for your kind of applicant",
    ),
    "model_id": (
        "编号用小写字母、数字和连字符，以字母开头，最多 {0} 个字符",
        "編號用小寫字母、數字和連字號，以字母開頭，最多 {0} 個字元",
        "An id has small letters, digits and hyphens, begins with a letter, and has at most {0} characters",
    ),
    "model_taken": ("编号已被使用：{0}", "編號已被使用：{0}", "The id {0} is taken"),
    "no_template": ("没有此模板：{0}", "沒有此範本：{0}", "There is no template {0}"),
    "one_process": (
        "模板须只含一个流程，此文件有 {0} 个",
        "範本須只含一個流程，此檔案有 {0} 個",
        "A template has one process; this file has {0}",
    ),
    "no_process": ("办理流程不存在：{0}", "辦理流程不存在：{0}", "There is no process {0}"),
    "unknown_action": (
        "此任务不能执行：{0}",
        "此任務不能執行：{0}",
        "The action {0} is not possible in this task",
    ),
    "not_open": (
        "此异常不能这样处理：{0}",
        "此異常不能這樣處理：{0}",
        "This incident cannot be resolved by {0}",
    ),
    "no_variables": (
        "没有可继续的环节，不能填写变量",
        "沒有可繼續的環節，不能填寫變數",
        "No step goes on by this, so it takes no variables",
    ),
    "bpmn": ("流程有误：{0}", "流程有誤：{0}", "The process is not valid: {0}"),
    "dmn": ("决策模型有误：{0}", "決策模型有誤：{0}", "The decision model is not valid: {0}"),
    "template": ("模板有误：{0}", "範本有誤：{0}", "The template is not valid: {0}"),
    "template_name": (
        "模板不能使用：{0}",
        "範本不能使用：{0}",
        "{0} is nothing that a template may use",
    ),
    "layout_opening": (
        "版式的第一行应为：{0}",
        "版式的第一行應為：{0}",
        "The first line of a layout is {0}",
    ),
    "layout_closed": (
        "版式不能使用 {0}",
        "版式不能使用 {0}",
        "A layout may not say {0}: files, packages and code made at run time are closed to it",
    ),
    "missing_value": (
        "版式用到的值没有填写：{0}",
        "版式用到的值沒有填寫：{0}",
        "The layout shows a value that the case does not have: {0}",
    ),
    "no_glyph": (
        "文书中有本机字体无法显示的字",
        "文書中有本機字型無法顯示的字",
        "The document has a character that no font here can show",
    ),
    "not_a_colleague": (
        "不是本部门担任此岗位、可办理此任务的同事",
        "不是本部門擔任此崗位、可辦理此任務的同事",
        "No colleague of your agency who holds the role and may do this",
    ),
    "not_your_role": ("您不担任此岗位", "您不擔任此崗位", "You do not hold this role"),
    "period": (
        "起止日期有误（不早于今日，最长一年）",
        "起止日期有誤（不早於今日，最長一年）",
        "The period must end today or later, after its start, within a year",
    ),
    "too_many_filters": ("最多保存 {0} 个筛选", "最多保存 {0} 個篩選", "At most {0} filters can be kept"),
    "personal_text": (
        "此处只能填办件编号或申请人代号，不能填证件或电话号码",
        "此處只能填辦件編號或申請人代號，不能填證件或電話號碼",
        "Only a case number or an applicant code here, no identity or telephone number",
    ),
    "unknown_mark": (
        "申请中没有这一项：{0}",
        "申請中沒有這一項：{0}",
        "{0} is neither a field nor a material of this application",
    ),
    "late": ("已于 {0} 截止", "已於 {0} 截止", "The last day was {0}"),
    "supplement_open": (
        "容缺材料尚未补齐，不能出具结果",
        "容缺材料尚未補齊，不能出具結果",
        "No result before the deferred materials are supplied",
    ),
    "bad_credit": (
        "有未修复的失信记录，不适用容缺受理",
        "有未修復的失信記錄，不適用容缺受理",
        "Deferral is not open to an applicant with an unrepaired record of bad faith",
    ),
    "credit_unknown": (
        "暂时无法核实信用记录，请上传材料或稍后再试",
        "暫時無法核實信用記錄，請上傳材料或稍後再試",
        "Your record cannot be checked now; upload the material or try again later",
    ),
    "not_deferred": (
        "此材料不在容缺清单中：{0}",
        "此材料不在容缺清單中：{0}",
        "{0} is not among the deferred materials",
    ),
    "same_person": (
        "代办人不能是申请人本人",
        "代辦人不能是申請人本人",
        "The applicant cannot be their own proxy",
    ),
    "no_day": ("不是有效的日期：{0}", "不是有效的日期：{0}", "{0} is not a day"),
    "future_day": ("日期尚未到来：{0}", "日期尚未到來：{0}", "{0} is still to come"),
    "cursor": ("分页标记无效", "分頁標記無效", "The cursor is not valid"),
    "not_on_version": (
        "{0} 不在该流程版本上办理",
        "{0} 不在該流程版本上辦理",
        "{0} does not run on this version of the process",
    ),
    "moved_on": ("{0} 在迁移后已继续办理", "{0} 在遷移後已繼續辦理", "{0} has moved on since"),
}


def fault(pointer: str, code: str, *details: object) -> Fault:
    """A Fault of a known code; KeyError for an unknown one."""
    hans, hant, english = (text.format(*details) for text in _MESSAGES[code])
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})


def text(hans: str, hant: str, english: str) -> Text:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": english}


def escaped(step: str) -> str:
    """One step of a JSON Pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")

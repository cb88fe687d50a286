"""The words of identifier faults: titles of the kinds, and one sentence per reason, in three languages.

The expected check character is never told: it would help to make numbers up, and any of the characters
before it may be the wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping

from gdbos_contracts.text import Text


def _text(hans: str, hant: str, en: str) -> Text:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}


TITLES: Mapping[str, Text] = {
    "citizen_id": _text("公民身份号码", "公民身份號碼", "citizen identity number"),
    "permanent_resident_id": _text(
        "外国人永久居留身份证号码", "外國人永久居留身份證號碼", "foreign permanent resident number"
    ),
    "org_code": _text("组织机构代码", "組織機構代碼", "organisation code"),
    "uscc": _text("统一社会信用代码", "統一社會信用代碼", "unified social credit code"),
    "licence_id": _text("电子证照标识", "電子證照標識", "electronic licence identifier"),
    "catalog_code": _text("事项基本编码", "事項基本編碼", "basic item code"),
    "task_code": _text("事项实施编码", "事項實施編碼", "implementing item code"),
    "task_handle_item": _text("业务办理项编码", "業務辦理項編碼", "handling item code"),
    "case_no": _text("办件编号", "辦件編號", "case number"),
    "sichuan_item": _text("四川省事项编码", "四川省事項編碼", "Sichuan item code"),
    "guizhou_item": _text("贵州省事项编码", "貴州省事項編碼", "Guizhou item code"),
    "gb39046_catalog": _text(
        "基本编码（GB/T 39046）", "基本編碼（GB/T 39046）", "basic item code (GB/T 39046)"
    ),
    "gb39046_task": _text(
        "实施编码（GB/T 39046）", "實施編碼（GB/T 39046）", "implementing code (GB/T 39046)"
    ),
    "region_code": _text("行政区划代码", "行政區劃代碼", "administrative division code"),
    "resource_code": _text("信息资源代码", "資訊資源代碼", "information resource code"),
    "mobile": _text("手机号码", "手機號碼", "mobile number"),
    "phone": _text("电话号码", "電話號碼", "telephone number"),
    "postcode": _text("邮政编码", "郵政編碼", "postcode"),
}

WHY: Mapping[str, Text] = {
    "not_text": _text(
        "{name}应为文本，不是数字或其他类型（存为数字会丢失精度）",
        "{name}應為文字，不是數字或其他類型（存為數字會遺失精度）",
        "The {name} must be text, not a number or another type (a number would lose digits)",
    ),
    "empty": _text("请填写{name}", "請填寫{name}", "Enter the {name}"),
    "length": _text(
        "{name}应为 {expected} 位，现为 {actual} 位",
        "{name}應為 {expected} 位，現為 {actual} 位",
        "The {name} must have {expected} characters, it has {actual}",
    ),
    "space": _text(
        "{name}第 {at} 位是空格或不可见字符，请删除",
        "{name}第 {at} 位是空格或不可見字元，請刪除",
        "Character {at} of the {name} is a space or invisible: remove it",
    ),
    "full_width": _text(
        "{name}第 {at} 位“{char}”是全角字符，请改用半角“{plain}”",
        "{name}第 {at} 位「{char}」是全形字元，請改用半形「{plain}」",
        "Character {at} of the {name}, “{char}”, is full-width: type “{plain}”",
    ),
    "lower_case": _text(
        "{name}第 {at} 位“{char}”应为大写“{plain}”",
        "{name}第 {at} 位「{char}」應為大寫「{plain}」",
        "Character {at} of the {name}, “{char}”, must be the capital “{plain}”",
    ),
    "look_alike": _text(
        "{name}第 {at} 位“{char}”：该代码不使用字母 I、O、S、V、Z，是否误认了“{plain}”？请核对原件",
        "{name}第 {at} 位「{char}」：該代碼不使用字母 I、O、S、V、Z，是否誤認了「{plain}」？請核對原件",
        "Character {at} of the {name} is “{char}”: this code never uses I, O, S, V or Z; "
        "is it “{plain}”? Check the original",
    ),
    "character": _text(
        "{name}第 {at} 位“{char}”不允许，此位应为{allowed}",
        "{name}第 {at} 位「{char}」不允許，此位應為{allowed}",
        "Character {at} of the {name}, “{char}”, is not allowed here: expected {allowed}",
    ),
    "placeholder": _text(
        "{name}全部由同一字符“{char}”组成，是占位内容，不是真实号码",
        "{name}全部由同一字元「{char}」組成，是佔位內容，不是真實號碼",
        "The {name} only repeats “{char}”: that is a placeholder, not a real number",
    ),
    "number_as_float": _text(
        "{name}被表格软件存成了数字，末几位已丢失；请把该列设为文本后重新填写",
        "{name}被試算表軟體存成了數字，末幾位已遺失；請把該欄設為文字後重新填寫",
        "A spreadsheet stored the {name} as a number and lost its last digits: "
        "set the column to text and enter it again",
    ),
    "check_digit": _text(
        "{name}第 {at} 位校验码与前面各位不符，请逐位核对",
        "{name}第 {at} 位校驗碼與前面各位不符，請逐位核對",
        "Character {at} of the {name}, the check character, does not fit the others: check each of them",
    ),
    "birth_date": _text(
        "{name}第 7–14 位“{value}”不是有效的出生日期",
        "{name}第 7–14 位「{value}」不是有效的出生日期",
        "Characters 7–14 of the {name}, “{value}”, are not a date of birth",
    ),
    "province": _text(
        "{name}前两位“{value}”不是省级行政区划代码",
        "{name}前兩位「{value}」不是省級行政區劃代碼",
        "The first two digits of the {name}, “{value}”, are not a province",
    ),
    "residence_permit": _text(
        "港澳台居民居住证号码应以 810000、820000 或 830000 开头，现为“{value}”",
        "港澳臺居民居住證號碼應以 810000、820000 或 830000 開頭，現為「{value}」",
        "The number of a Hong Kong, Macao or Taiwan resident's permit begins with 810000, 820000 or 830000, "
        "not “{value}”",
    ),
    "old_card": _text(
        "这是 15 位旧号码，请填写现用的 18 位{name}（旧号码在第 6 位后加“19”，末尾加校验码）",
        "這是 15 位舊號碼，請填寫現用的 18 位{name}（舊號碼在第 6 位後加「19」，末尾加校驗碼）",
        "This is an old number of 15 digits: enter the {name} of 18 (“19” goes in after digit 6, "
        "a check character at the end)",
    ),
    "permanent_resident": _text(
        "这是外国人永久居留身份证号码，不是{name}；请把证件类型改为“外国人永久居留身份证”",
        "這是外國人永久居留身份證號碼，不是{name}；請把證件類型改為「外國人永久居留身份證」",
        "This is the number of a foreign permanent resident's card, not a {name}: change the kind of document",
    ),
    "missing_hyphen": _text(
        "{name}第 {at} 位应为“{char}”",
        "{name}第 {at} 位應為「{char}」",
        "Character {at} of the {name} must be “{char}”",
    ),
    "old_org_code": _text(
        "这是 9 位组织机构代码，请填写 18 位{name}（营业执照或登记证上的代码）",
        "這是 9 位組織機構代碼，請填寫 18 位{name}（營業執照或登記證上的代碼）",
        "This is an organisation code of 9 characters: enter the {name} of 18, as printed on the licence",
    ),
    "inner_org_code": _text(
        "{name}第 9–17 位的组织机构代码校验不符，请核对原件",
        "{name}第 9–17 位的組織機構代碼校驗不符，請核對原件",
        "Characters 9–17 of the {name} are an organisation code that fails its own check: check the original",
    ),
    "root": _text(
        "{name}应以“{value}”开头",
        "{name}應以「{value}」開頭",
        "The {name} must begin with “{value}”",
    ),
    "parts": _text(
        "{name}应由 {expected} 段组成（以“{separator}”分隔），现为 {actual} 段",
        "{name}應由 {expected} 段組成（以「{separator}」分隔），現為 {actual} 段",
        "The {name} must have {expected} parts between “{separator}”, it has {actual}",
    ),
    "part": _text(
        "{name}的{label}“{value}”不符合规则：{rule}",
        "{name}的{label}「{value}」不符合規則：{rule}",
        "The part {label} of the {name}, “{value}”, breaks its rule: {rule}",
    ),
    "shape": _text(
        "{name}格式应为：{rule}",
        "{name}格式應為：{rule}",
        "The {name} must look like: {rule}",
    ),
}

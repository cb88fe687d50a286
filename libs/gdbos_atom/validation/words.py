"""What each keyword says to people: what is wrong, and what to do, in three languages.

The value itself is never repeated: messages travel into logs and must not carry personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdbos_contracts.text import LANGUAGES, Text, pick

Words = tuple[tuple[str, str, str], tuple[str, str, str]]
"""(what is wrong, what to do), each in the order of LANGUAGES; {label}, {limit} and {instead} are filled in."""

_TYPE_AGAIN = ("请重新填写{label}", "請重新填寫{label}", "Enter {label} again")
_CHOOSE = ("请从可选项中选择", "請從可選項中選擇", "Choose one of the options")
_REMOVE = ("请删除该项，或核对名称", "請刪除該項，或核對名稱", "Remove it, or check its name")
_SHORTEN = ("请删减", "請刪減", "Shorten it")
_ADD = ("请补充", "請補充", "Add what is missing")
_CHECK = ("请核对原件后重新填写", "請核對原件後重新填寫", "Check the original and enter it again")

_CORRECT: Mapping[str, Words] = {
    "required": (
        ("缺少{label}", "缺少{label}", "{label} is missing"),
        ("请填写{label}", "請填寫{label}", "Enter {label}"),
    ),
    "type": (
        ("{label}应为{limit}", "{label}應為{limit}", "{label} must be {limit}"),
        _TYPE_AGAIN,
    ),
    "enum": (
        ("{label}不在可选范围内", "{label}不在可選範圍內", "{label} is not one of the options"),
        _CHOOSE,
    ),
    "enum.retired": (
        (
            "{label}所选代码已于 {limit} 停用",
            "{label}所選代碼已於 {limit} 停用",
            "The code chosen for {label} ended on {limit}",
        ),
        _CHOOSE,
    ),
    "enum.replaced": (
        (
            "{label}所选代码已于 {limit} 停用",
            "{label}所選代碼已於 {limit} 停用",
            "The code chosen for {label} ended on {limit}",
        ),
        ("请改选：{instead}", "請改選：{instead}", "Choose instead: {instead}"),
    ),
    "enum.not_yet": (
        (
            "{label}所选代码自 {limit} 起才生效",
            "{label}所選代碼自 {limit} 起才生效",
            "The code chosen for {label} begins on {limit}",
        ),
        _CHOOSE,
    ),
    "const": (("{label}应为 {limit}", "{label}應為 {limit}", "{label} must be {limit}"), _TYPE_AGAIN),
    "pattern": (("{label}的格式不正确", "{label}的格式不正確", "{label} has the wrong form"), _TYPE_AGAIN),
    "pattern.full_width": (
        ("{label}含有全角字符", "{label}含有全形字元", "{label} has full-width characters"),
        ("请改用半角字符", "請改用半形字元", "Type them half-width"),
    ),
    "pattern.space": (
        ("{label}首尾有空格", "{label}首尾有空格", "{label} begins or ends with a space"),
        ("请删除空格", "請刪除空格", "Remove the space"),
    ),
    "format": (
        ("{label}不是有效的{limit}", "{label}不是有效的{limit}", "{label} is not a valid {limit}"),
        _TYPE_AGAIN,
    ),
    "minLength": (
        (
            "{label}至少 {limit} 个字符",
            "{label}至少 {limit} 個字元",
            "{label} needs at least {limit} characters",
        ),
        _ADD,
    ),
    "maxLength": (
        (
            "{label}最多 {limit} 个字符",
            "{label}最多 {limit} 個字元",
            "{label} may have at most {limit} characters",
        ),
        _SHORTEN,
    ),
    "minimum": (
        ("{label}不能小于 {limit}", "{label}不能小於 {limit}", "{label} must be {limit} or more"),
        _TYPE_AGAIN,
    ),
    "maximum": (
        ("{label}不能大于 {limit}", "{label}不能大於 {limit}", "{label} must be {limit} or less"),
        _TYPE_AGAIN,
    ),
    "exclusiveMinimum": (
        ("{label}应大于 {limit}", "{label}應大於 {limit}", "{label} must be more than {limit}"),
        _TYPE_AGAIN,
    ),
    "exclusiveMaximum": (
        ("{label}应小于 {limit}", "{label}應小於 {limit}", "{label} must be less than {limit}"),
        _TYPE_AGAIN,
    ),
    "multipleOf": (
        ("{label}应为 {limit} 的倍数", "{label}應為 {limit} 的倍數", "{label} must be a multiple of {limit}"),
        _TYPE_AGAIN,
    ),
    "x-minimum": (
        ("{label}不能小于 {limit}", "{label}不能小於 {limit}", "{label} must be {limit} or more"),
        _TYPE_AGAIN,
    ),
    "x-maximum": (
        ("{label}不能大于 {limit}", "{label}不能大於 {limit}", "{label} must be {limit} or less"),
        _TYPE_AGAIN,
    ),
    "x-check": (("{label}校验不符", "{label}校驗不符", "{label} fails its check"), _CHECK),
    "minItems": (
        ("{label}至少 {limit} 项", "{label}至少 {limit} 項", "{label} needs at least {limit} entries"),
        _ADD,
    ),
    "maxItems": (
        ("{label}最多 {limit} 项", "{label}最多 {limit} 項", "{label} may have at most {limit} entries"),
        _SHORTEN,
    ),
    "uniqueItems": (
        ("{label}有重复项", "{label}有重複項", "{label} has the same entry twice"),
        ("请删除重复项", "請刪除重複項", "Remove one of them"),
    ),
    "contains": (
        ("{label}缺少一项必要内容", "{label}缺少一項必要內容", "{label} lacks an entry it must have"),
        _ADD,
    ),
    "minContains": (
        ("{label}的必要内容不足", "{label}的必要內容不足", "{label} has too few entries it must have"),
        _ADD,
    ),
    "maxContains": (
        ("{label}的某类内容过多", "{label}的某類內容過多", "{label} has too many entries of a kind"),
        _SHORTEN,
    ),
    "minProperties": (
        (
            "{label}至少 {limit} 个字段",
            "{label}至少 {limit} 個欄位",
            "{label} needs at least {limit} members",
        ),
        _ADD,
    ),
    "maxProperties": (
        (
            "{label}最多 {limit} 个字段",
            "{label}最多 {limit} 個欄位",
            "{label} may have at most {limit} members",
        ),
        _SHORTEN,
    ),
    "additionalProperties": (
        ("不认识字段“{label}”", "不認識欄位「{label}」", "{label} is not a known field"),
        _REMOVE,
    ),
    "unevaluatedProperties": (
        ("不允许字段“{label}”", "不允許欄位「{label}」", "{label} is not allowed here"),
        _REMOVE,
    ),
    "additionalItems": (("{label}项数过多", "{label}項數過多", "{label} has too many entries"), _SHORTEN),
    "unevaluatedItems": (
        ("{label}有多余的项", "{label}有多餘的項", "{label} has an entry too many"),
        _SHORTEN,
    ),
    "propertyNames": (
        (
            "{label}中有不允许的字段名",
            "{label}中有不允許的欄位名稱",
            "{label} has a member whose name is not allowed",
        ),
        _REMOVE,
    ),
    "anyOf": (
        (
            "{label}不符合任何一种允许的形式",
            "{label}不符合任何一種允許的形式",
            "{label} has none of the forms allowed",
        ),
        _TYPE_AGAIN,
    ),
    "oneOf": (
        (
            "{label}应恰好符合一种允许的形式",
            "{label}應恰好符合一種允許的形式",
            "{label} must have exactly one of the forms allowed",
        ),
        _TYPE_AGAIN,
    ),
    "not": (
        ("{label}是不允许的内容", "{label}是不允許的內容", "{label} is what is not allowed here"),
        _TYPE_AGAIN,
    ),
    "false": (("此处不允许填写{label}", "此處不允許填寫{label}", "{label} is not allowed here"), _REMOVE),
    "contentEncoding": (
        ("{label}的编码不是 {limit}", "{label}的編碼不是 {limit}", "{label} is not encoded as {limit}"),
        _TYPE_AGAIN,
    ),
    "contentMediaType": (
        ("{label}的内容不是 {limit}", "{label}的內容不是 {limit}", "{label} does not hold {limit}"),
        _TYPE_AGAIN,
    ),
    "x-content": (
        ("{label}的内容不是 {limit}", "{label}的內容不是 {limit}", "{label} does not hold {limit}"),
        _TYPE_AGAIN,
    ),
    "unreadable": (
        ("{label}不是有效的 JSON", "{label}不是有效的 JSON", "{label} is not JSON"),
        ("请重新提交", "請重新提交", "Send it again"),
    ),
    "other": (("{label}不符合要求", "{label}不符合要求", "{label} does not meet its rule"), _TYPE_AGAIN),
}
WORDS: Mapping[str, Words] = MappingProxyType(_CORRECT)

_DOCUMENT: tuple[Text, Text] = (
    {"zh-Hans": "内容", "zh-Hant": "內容", "en": "The content"},
    {"zh-Hans": "内容", "zh-Hant": "內容", "en": "the content"},
)
"""What the whole document is called, in each of the two sentences."""


def fill(words: Words, label: Text, limit: Text | str = "", instead: Text | None = None) -> tuple[Text, Text]:
    """(what is wrong, what to do) with the label, the limit and what to use `instead` put in."""
    wrong, action = (
        {
            language: template.format(
                label=pick(label, language) or nameless[language],
                limit=pick(limit, language),
                instead=pick(instead, language),
            )
            for language, template in zip(LANGUAGES, templates, strict=True)
        }
        for templates, nameless in zip(words, _DOCUMENT, strict=True)
    )
    return wrong, action

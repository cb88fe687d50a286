"""What changed, said to people: keyword → message in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from gdbos_contracts.text import Text
from services.standards.domain.compat.normal import Document

_SAID: Mapping[str, tuple[str, str, str]] = {
    "type": ("类型变窄", "類型變窄", "fewer types are allowed"),
    "enum": ("允许的取值变少", "允許的取值變少", "a value is no longer allowed"),
    "const": ("固定值改变", "固定值改變", "the fixed value changed"),
    "minimum": ("下限提高", "下限提高", "the minimum was raised"),
    "exclusiveMinimum": ("下限提高", "下限提高", "the minimum was raised"),
    "maximum": ("上限降低", "上限降低", "the maximum was lowered"),
    "exclusiveMaximum": ("上限降低", "上限降低", "the maximum was lowered"),
    "multipleOf": ("倍数要求改变", "倍數要求改變", "the step changed"),
    "minLength": ("最小长度提高", "最小長度提高", "the minimum length was raised"),
    "maxLength": ("最大长度降低", "最大長度降低", "the maximum length was lowered"),
    "pattern": ("格式要求改变", "格式要求改變", "the pattern changed"),
    "format": ("格式要求改变", "格式要求改變", "the format changed"),
    "contentEncoding": ("内容编码要求改变", "內容編碼要求改變", "the content encoding changed"),
    "contentMediaType": ("媒体类型要求改变", "媒體類型要求改變", "the media type changed"),
    "code": ("代码集 {0} 的可用代码变少", "代碼集 {0} 的可用代碼變少", "code list {0} offers fewer codes"),
    "x-check": ("校验规则改变", "校驗規則改變", "the check rule changed"),
    "minItems": ("最少项数提高", "最少項數提高", "more items are required"),
    "maxItems": ("最多项数降低", "最多項數降低", "fewer items are allowed"),
    "uniqueItems": ("不再允许重复项", "不再允許重複項", "items must now be unique"),
    "contains": ("必须包含的项改变", "必須包含的項改變", "what must be contained changed"),
    "required": ("新增必填项", "新增必填項", "a member became required"),
    "minProperties": ("最少成员数提高", "最少成員數提高", "more members are required"),
    "maxProperties": ("最多成员数降低", "最多成員數降低", "fewer members are allowed"),
    "additionalProperties": ("不再允许其他成员", "不再允許其他成員", "other members are restricted"),
    "propertyNames": ("成员名称受限", "成員名稱受限", "member names are restricted"),
    "dependentRequired": ("联动必填项增加", "聯動必填項增加", "a member now requires others"),
    "if": ("条件改变", "條件改變", "the condition changed"),
    "anyOf": ("可选形式变少", "可選形式變少", "no alternative covers all that was valid"),
    "oneOf": ("可选形式改变", "可選形式改變", "no single alternative covers all that was valid"),
    "not": ("排除范围扩大", "排除範圍擴大", "more is excluded"),
    "false": ("不再允许任何值", "不再允許任何值", "nothing is allowed any more"),
    "budget": ("比较过于复杂，未能判定", "比較過於複雜，未能判定", "too complex to be decided"),
}
Failed = tuple[str, str]
"""(keyword, pointer into the wide schema): where a proof broke off."""
_OTHER = ("要求改变：{0}", "要求改變：{0}", "{0} asks for something else")


def told(kind: str, path: str, wide: Document) -> dict[str, str | Text]:
    """{kind, path, message}: `path` is a JSON Pointer into the schema that asks for more. An `enum` that came out
    of a code list is of kind `code` and its message names the list."""
    about = kind
    if kind == "enum" and (named := _code_list(path, wide)):
        kind, about = "code", named
    hans, hant, en = (words.format(about) for words in _SAID.get(kind, _OTHER))
    return {"kind": kind, "path": path, "message": {"zh-Hans": hans, "zh-Hant": hant, "en": en}}


def unwitnessed(kinds: Iterable[str]) -> Text:
    """Why a difference that is declared has no witness: the first of the keywords that has a reason of its own."""
    hans, hant, en = next((_UNWITNESSED[kind] for kind in kinds if kind in _UNWITNESSED), _NO_VALUE)
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}


_TOGETHER = (
    "没有一种可选形式单独涵盖原有形式；几种合起来接受的值可能相同，所以没有可举的例子",
    "沒有一種可選形式單獨涵蓋原有形式；幾種合起來接受的值可能相同，所以沒有可舉的例子",
    "no single alternative covers what was declared; together they may accept the same values, so there is none to show",
)
_NO_VALUE = (
    "声明不同，但没有找到可区分两者的值",
    "宣告不同，但沒有找到可區分兩者的值",
    "what is declared differs, but no value was found that tells the two apart",
)
_UNREAD = (
    "本系统无法读取所声明的编码或媒体类型，举不出例子",
    "本系統無法讀取所宣告的編碼或媒體類型，舉不出例子",
    "the encoding or media type that is declared cannot be read here, so no text can be shown",
)
_UNWITNESSED: Mapping[str, tuple[str, str, str]] = {
    "anyOf": _TOGETHER,
    "oneOf": _TOGETHER,
    "if": (
        "条件不同；能区分两个条件的值，已被其他要求排除",
        "條件不同；能區分兩個條件的值，已被其他要求排除",
        "the conditions differ; the values that tell them apart are refused by other rules",
    ),
    "contentEncoding": _UNREAD,
    "contentMediaType": _UNREAD,
}


def _code_list(path: str, wide: Document) -> str:
    """id@version of the list whose codes stand at `path`; empty for any other enumeration."""
    at: Any = wide.root
    with suppress(KeyError, IndexError, ValueError, TypeError):
        for part in path.split("/")[1:-1]:
            at = (
                wide.resolve(at["$ref"])
                if part == "$ref"
                else at[int(part) if isinstance(at, list) else part]
            )
        named = at["x-code-list"]
        return f"{named['id']}@{named['version']}"
    return ""

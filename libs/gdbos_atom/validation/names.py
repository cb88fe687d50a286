"""What people call the types and formats of JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gdbos_contracts.text import LANGUAGES, Text


def _text(hans: str, hant: str, en: str) -> Text:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}


TYPES: Mapping[str, Text] = MappingProxyType(
    {
        "string": _text("文本", "文字", "text"),
        "number": _text("数字", "數字", "a number"),
        "integer": _text("整数", "整數", "a whole number"),
        "boolean": _text("是或否", "是或否", "yes or no"),
        "object": _text("一组字段", "一組欄位", "an object"),
        "array": _text("列表", "清單", "a list"),
        "null": _text("空", "空", "empty"),
    }
)

FORMATS: Mapping[str, Text] = MappingProxyType(
    {
        "date": _text("日期（YYYY-MM-DD）", "日期（YYYY-MM-DD）", "date (YYYY-MM-DD)"),
        "time": _text("时间", "時間", "time"),
        "date-time": _text("日期时间", "日期時間", "date and time"),
        "duration": _text("时长", "時長", "duration"),
        "email": _text("电子邮箱", "電子郵箱", "e-mail address"),
        "idn-email": _text("电子邮箱", "電子郵箱", "e-mail address"),
        "hostname": _text("主机名", "主機名稱", "host name"),
        "idn-hostname": _text("主机名", "主機名稱", "host name"),
        "ipv4": _text(" IPv4 地址", " IPv4 位址", "IPv4 address"),
        "ipv6": _text(" IPv6 地址", " IPv6 位址", "IPv6 address"),
        "uri": _text("网址", "網址", "web address"),
        "iri": _text("网址", "網址", "web address"),
        "uuid": _text(" UUID", " UUID", "UUID"),
        "regex": _text("正则表达式", "正規表示式", "regular expression"),
    }
)


def types(names: object) -> Text:
    """The words for one type or several, joined by "or"."""
    listed = [str(name) for name in names] if isinstance(names, list) else [str(names)]
    joints = {"zh-Hans": "或", "zh-Hant": "或", "en": " or "}
    return {
        language: joints[language].join(TYPES[name][language] if name in TYPES else name for name in listed)
        for language in LANGUAGES
    }


def format_name(name: str) -> Text | str:
    """The words for a format; its own name where nobody calls it anything else."""
    return FORMATS.get(name, f" {name}")

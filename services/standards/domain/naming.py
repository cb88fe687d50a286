"""The naming rules of data elements (GB/T 19488.1, ISO/IEC 11179-5), as advice: none of them forbids.

A name is object class + property + representation; the definition says what the name cannot; what identifies
a person is marked as personal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import LANGUAGES
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import normal

LONGEST_NAME = 30
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "identifier": ("号", "号码", "代码", "编号", "标识", "编码", "电话", "邮箱", "手机", "邮编", "账号"),
    "date": ("日期", "日", "年月", "年份", "时间", "期限"),
    "time": ("时间", "时刻", "时长", "日期"),
    "amount": ("金额", "额", "费", "费用", "价", "价格", "收入", "资本", "资金", "工资", "款", "税"),
    "quantity": ("数", "数量", "量", "面积", "人数", "长度", "重量", "体积", "高度", "天数", "次数", "年限"),
    "rate": ("率", "比例", "比", "占比", "比率"),
    "indicator": ("标志", "标识", "否", "是否", "情况"),
}
"""Words with which a Chinese name tells its representation (表示词)."""

PERSONAL_CHECKS = frozenset({"citizen_id", "permanent_resident_id", "mobile"})

_SAID: Mapping[str, tuple[str, str, str]] = {
    "name.language": ("缺少 {} 名称", "缺少 {} 名稱", "has no name in {}"),
    "name.long": ("名称超过 {} 个字符", "名稱超過 {} 個字元", "has a name of more than {} characters"),
    "name.ending": (
        "名称宜以表示词结尾，如：{}",
        "名稱宜以表示詞結尾，如：{}",
        "should end with a representation term such as: {}",
    ),
    "name.spacing": ("名称含有空格或标点", "名稱含有空格或標點", "has spaces or punctuation in its name"),
    "definition.circular": ("定义只是重复名称", "定義只是重複名稱", "has a definition that repeats the name"),
    "id.object": (
        "标识应以对象类“{}”开头",
        "標識應以物件類「{}」開頭",
        "should have an id that begins with its object class {}",
    ),
    "sensitivity.personal": (
        "{} 是个人信息，敏感级别应为 personal 或 sensitive",
        "{} 是個人資訊，敏感級別應為 personal 或 sensitive",
        "identifies a person by {}: mark it personal or sensitive",
    ),
    "steward.missing": ("未指明提交机构", "未指明提交機構", "names no steward"),
}


def lint(element: DataElement, pointer: str = "") -> list[Fault]:
    """Advice on one element, with pointers below `pointer`; [] when there is none to give."""
    return [*_names(element, pointer), *_meaning(element, pointer)]


def _names(element: DataElement, pointer: str) -> Iterator[Fault]:
    name = element.names.get("zh-Hans", "")
    for language in LANGUAGES:
        if not element.names.get(language):
            yield _advice(pointer + "/names", "name.language", language)
    if len(name) > LONGEST_NAME:
        yield _advice(pointer + "/names/zh-Hans", "name.long", str(LONGEST_NAME))
    if normal(name) != name.lower():
        yield _advice(pointer + "/names/zh-Hans", "name.spacing")
    endings = ENDINGS.get(element.representation, ())
    if endings and not name.endswith(endings) and not name.startswith("是否"):
        yield _advice(pointer + "/names/zh-Hans", "name.ending", " · ".join(endings[:4]))
    if element.object_class and not element.id.startswith(element.object_class + "."):
        yield _advice(pointer + "/id", "id.object", element.object_class)


def _meaning(element: DataElement, pointer: str) -> Iterator[Fault]:
    name, definition = element.names.get("zh-Hans", ""), element.definition.get("zh-Hans", "")
    if normal(definition) in (normal(name), normal(f"{name}是{name}"), normal(f"指{name}")):
        yield _advice(pointer + "/definition", "definition.circular")
    if element.check in PERSONAL_CHECKS and not element.personal:
        yield _advice(pointer + "/sensitivity", "sensitivity.personal", element.check)
    if not element.steward:
        yield _advice(pointer + "/steward", "steward.missing")


def _advice(pointer: str, code: str, value: str = "") -> Fault:
    hans, hant, en = (said.format(value) for said in _SAID[code])
    return Fault(pointer, f"naming.{code}", {"zh-Hans": hans, "zh-Hant": hant, "en": en})

"""Elements that look alike: the index over 10,000 elements, beside comparing every two (told from a sample)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from support.standards import element

from services.standards.domain.element import DataElement
from services.standards.domain.likeness import compare
from services.standards.domain.likeness_index import LikenessIndex

ELEMENTS, SAMPLE = 10_000, 100
_OBJECTS = [
    "企业",
    "个体工商户",
    "法定代表人",
    "股东",
    "自然人",
    "申请人",
    "代理人",
    "经办人",
    "房屋",
    "土地",
    "车辆",
    "船舶",
    "建设项目",
    "施工单位",
    "监理单位",
    "食品经营",
    "药品经营",
    "餐饮服务",
    "烟草零售",
    "消防设施",
    "户外广告",
    "公共场所",
    "医疗机构",
    "学校",
    "幼儿园",
    "养老机构",
    "社会团体",
    "合同",
    "发票",
]
_QUALIFIERS = (
    "",
    *["变更前", "变更后", "主要", "首次", "上一年度", "登记", "注册", "备案", "实际", "预计", "委托"],
)
_PROPERTIES = [
    "姓名",
    "名称",
    "证件号码",
    "证件类型",
    "联系电话",
    "联系地址",
    "邮政编码",
    "电子邮箱",
    "开始日期",
    "结束日期",
    "面积",
    "数量",
    "金额",
    "状态",
    "类型",
    "等级",
    "编号",
    "说明",
    "负责人",
    "负责人电话",
    "批准文号",
    "批准日期",
    "有效期",
    "备注",
    "经度",
    "纬度",
    "所在区划",
    "用途",
    "来源",
    "规模",
]
_ENGLISH = [
    "name",
    "number",
    "type",
    "phone",
    "address",
    "code",
    "date",
    "start",
    "end",
    "area",
    "amount",
    "state",
    "level",
    "note",
    "person",
    "owner",
    "firm",
    "house",
    "land",
    "vehicle",
    "project",
    "school",
    "licence",
    "tax",
    "valid",
    "issue",
    "total",
    "main",
    "first",
    "use",
    "source",
    "grade",
]


def figures() -> dict[str, Any]:
    """Seconds for all pairs of 10,000, ms for one more element, and how many times faster than comparing all."""
    elements = list(islice(_elements(), ELEMENTS))
    index, began = LikenessIndex(), time.perf_counter()
    for each in elements:
        index.put(each)
    twins = index.twins()
    whole = time.perf_counter() - began
    began = time.perf_counter()
    for each in elements[:SAMPLE]:
        index.near(each)
    one = (time.perf_counter() - began) / SAMPLE
    began = time.perf_counter()
    for each in elements[:SAMPLE]:
        for other in elements:
            compare(each, other)
    every = (time.perf_counter() - began) / SAMPLE * ELEMENTS / 2
    return {
        "likeness_seconds_of_10k": round(whole, 2),
        "likeness_ms_of_one_more": round(1000 * one, 2),
        "likeness_twins_found": len(twins),
        "likeness_every_two_seconds": round(every),
        "likeness_ratio": round(every / whole),
    }


def _elements() -> Iterator[DataElement]:
    """Names as agencies give them: object, qualifier and property; English ones of a few words."""
    chance = random.Random(19488)
    for number, parts in enumerate(product(_OBJECTS, _QUALIFIERS, _PROPERTIES)):
        draft = element(f"bench.e{number}", "".join(parts))
        draft["names"]["en"] = " ".join(chance.choices(_ENGLISH, k=3))
        yield DataElement.from_data(draft)

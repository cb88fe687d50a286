"""The words of the pages: each writing keeps to its own terms, days are written as people write them."""

from __future__ import annotations

import re

import pytest

from gateway.portal import fields
from gateway.portal.days import written
from gateway.portal.words import catalogue

MAINLAND = "搜索 文檔 接口 軟件 硬件 程序生成 用戶名 字段 仿真 數據 網關 調用 默認 服務器 爲 裏 隻 信息 打印 實時 訪問 發佈 公佈 內置 “"
"""What zh-Hant does not say: it has 搜尋 文件 介面 欄位 模擬 資料 預設 列印 即時 發布 for these."""
TRADITIONAL = "辦 證 電 請 時 書 務 資 對 後 發 這 個 開 關 續"


@pytest.mark.parametrize(
    ("language", "foreign"), [("zh-Hant", MAINLAND.split()), ("zh-Hans", TRADITIONAL.split())]
)
def test_each_chinese_writing_keeps_to_its_own_words(language: str, foreign: list[str]) -> None:
    said = {key: [word for word in foreign if word in text[language]] for key, text in catalogue().items()}
    assert {key: words for key, words in said.items() if words} == {}


def test_the_same_values_are_told_in_every_language() -> None:
    def names(text: str) -> list[str]:
        return sorted(re.findall(r"{(\w+)}", text))

    odd = [key for key, text in catalogue().items() if len({tuple(names(t)) for t in text.values()}) > 1]
    assert odd == []


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("2026-03-02", "2026年3月2日", "2 Mar 2026"),
        ("2026-03-02T10:00:00+08:00", "2026年3月2日", "2 Mar 2026"),
        ("2026-12", "2026年12月", "Dec 2026"),
        ("2026-13", "2026-13", "2026-13"),
        ("", "", ""),
    ],
)
def test_days_and_months_are_written_as_people_do(value: str, chinese: str, english: str) -> None:
    assert (written(value, "zh-Hant"), written(value, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("value", "english"),
    [
        ("1990-03-07", "7 Mar 1990"),
        ("2026-12", "Dec 2026"),
        ("2026-40", "2026-40"),
        ("0755-12345678", "0755-12345678"),
    ],
)
def test_an_answer_that_is_a_day_is_told_as_a_day(value: str, english: str) -> None:
    found = fields.told({}, "any", value)
    assert (found if isinstance(found, str) else found["en"]) == english

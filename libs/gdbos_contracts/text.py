"""Text in the three user-facing languages: 简体中文 (source), 繁體中文, English."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
DEFAULT_LANGUAGE = "zh-Hans"

Text = Mapping[str, str]


def pick(text: Text | str | None, language: str = DEFAULT_LANGUAGE) -> str:
    """The text in `language`, else in the source language, else in any; "" for None."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(DEFAULT_LANGUAGE) or next(iter(text.values()), "")

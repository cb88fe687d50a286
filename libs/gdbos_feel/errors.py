"""What is wrong with an expression: where, in Chinese and English."""

from __future__ import annotations


class FeelError(ValueError):
    """The text is not FEEL. `position` counts characters from 0; `message` is in three languages."""

    def __init__(
        self, english: str, simplified: str, traditional: str, text: str = "", position: int = 0
    ) -> None:
        self.text = text
        self.position = position
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        self.line, self.column = line, column
        self.message = {
            "zh-Hans": f"{simplified}（第 {line} 行第 {column} 个字符）",
            "zh-Hant": f"{traditional}（第 {line} 行第 {column} 個字元）",
            "en": f"{english} (line {line}, character {column})",
        }
        super().__init__(self.message["en"])


class FeelBudgetError(ValueError):
    """The evaluation takes too long, goes too deep or makes something too large."""

    def __init__(self, english: str, simplified: str, traditional: str) -> None:
        self.message = {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}
        super().__init__(english)

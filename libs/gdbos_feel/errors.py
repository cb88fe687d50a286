"""What is wrong with an expression: where, in Chinese and English."""

from __future__ import annotations


class FeelError(ValueError):
    """The text is not FEEL. `position` counts characters from 0."""

    def __init__(self, message: str, chinese: str, text: str = "", position: int = 0) -> None:
        self.message = {"en": message, "zh-Hans": chinese, "zh-Hant": chinese}
        self.text = text
        self.position = position
        super().__init__(f"{message} (at character {position + 1})")


class FeelBudgetError(ValueError):
    """The evaluation takes too long or makes something too large."""

    def __init__(self) -> None:
        self.message = {"en": "too much work", "zh-Hans": "计算量过大", "zh-Hant": "計算量過大"}
        super().__init__("the expression takes too much work")

"""FEEL in a running process: parsed once per worker, results as JSON values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

import gdbos_feel
from services.workflow.domain.engine.errors import Incident

Evaluator = Callable[[Mapping[str, Any]], Any]
_WORD = re.compile(r"[^\W\d]\w*")


@lru_cache(maxsize=8192)
def _compiled(text: str) -> tuple[Evaluator, tuple[str, ...]]:
    """The evaluator, and the words of the text: only variables that begin with one of them can matter.

    A text with names that hold blanks can be read only beside the variables: that is left to the evaluation.
    """
    words = tuple(sorted(set(_WORD.findall(text))))
    try:
        return gdbos_feel.compile(text), words
    except gdbos_feel.FeelError:
        return partial(gdbos_feel.evaluate, text), words


def _relevant(context: Mapping[str, Any], words: tuple[str, ...]) -> dict[str, Any]:
    """The evaluator looks through all that it is given, so it is given little."""
    found = {word: context[word] for word in words if word in context}
    if not all(map(str.isidentifier, context)):
        found |= {name: value for name, value in context.items() if not name.isidentifier()}
    return found


def evaluate(text: str, context: Mapping[str, Any], element: str) -> Any:
    """The FEEL value. Incident naming `element` when the text does not parse or cannot be evaluated."""
    try:
        evaluator, words = _compiled(text)
        return evaluator(_relevant(context, words))
    except (gdbos_feel.FeelError, gdbos_feel.FeelBudgetError) as error:
        cause = str(error)
        raise Incident(
            element,
            "expression",
            f"表达式“{text}”无法计算：{cause}",
            f"運算式「{text}」無法計算：{cause}",
            f"expression {text!r} fails: {cause}",
        ) from error


def holds(text: str, context: Mapping[str, Any], element: str) -> bool:
    """Whether the condition is true; null (a fact is missing) is not true."""
    return evaluate(text, context, element) is True


def problem(text: str, names: Iterable[str] = ()) -> str:
    """Why the text is not FEEL, or "". names: variables with blanks in them."""
    try:
        gdbos_feel.parse(text, names)
    except gdbos_feel.FeelError as error:
        return str(error) or "?"
    return ""


def plain(value: Any) -> Any:
    """A FEEL value as JSON: numbers as int or float, dates, times and durations as ISO 8601 text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    return str(value)

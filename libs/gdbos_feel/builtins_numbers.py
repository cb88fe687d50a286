"""Numbers and booleans."""

from __future__ import annotations

import math
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from gdbos_feel.values import DECIMAL, is_number

SCALES = range(-6111, 6177)


def negation(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


def rounded(value: Any, scale: Any, mode: str) -> Decimal | None:
    """To `scale` digits after the point (before it when negative)."""
    if not is_number(value) or not is_number(scale) or int(scale) not in SCALES:
        return None
    places = int(scale)
    if places > 34 - value.adjusted() + 1 and places > -int(value.as_tuple().exponent):
        return Decimal(value)
    result = value.quantize(Decimal(1).scaleb(-places), rounding=mode, context=DECIMAL)
    return Decimal(int(result)) if places < 0 else result


def _floor(value: Any, scale: Any = Decimal(0)) -> Decimal | None:
    return rounded(value, scale, ROUND_FLOOR)


def _ceiling(value: Any, scale: Any = Decimal(0)) -> Decimal | None:
    return rounded(value, scale, ROUND_CEILING)


def _modulo(dividend: Any, divisor: Any) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor)."""
    if not is_number(dividend) or not is_number(divisor) or not divisor:
        return None
    rest = DECIMAL.remainder(dividend, divisor)
    return rest + divisor if rest and (rest < 0) != (divisor < 0) else rest


def _sqrt(value: Any) -> Decimal | None:
    return DECIMAL.sqrt(value) if is_number(value) and value >= 0 else None


def _log(value: Any) -> Decimal | None:
    return DECIMAL.ln(value) if is_number(value) and value > 0 else None


def _exp(value: Any) -> Decimal | None:
    return DECIMAL.exp(value) if is_number(value) and value < 10_000 else None


def _odd(value: Any) -> bool | None:
    return value % 2 != 0 if is_number(value) and value == value.to_integral_value() else None


def _even(value: Any) -> bool | None:
    return value % 2 == 0 if is_number(value) and value == value.to_integral_value() else None


def _number(text: Any, grouping: Any = None, decimal: Any = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or not isinstance(text, str):
        return None
    if grouping is not None and grouping == decimal:
        return None
    plain = text.replace(grouping, "") if grouping else text
    value = Decimal(plain.replace(decimal, ".") if decimal else plain)
    return value if math.isfinite(value) and "_" not in plain else None


FUNCTIONS = [
    ("not", "negand", negation),
    ("number", "from, grouping separator?, decimal separator?", _number),
    ("decimal", "n, scale", lambda n, scale: rounded(n, scale, ROUND_HALF_EVEN)),
    ("floor", "n, scale?", _floor),
    ("ceiling", "n, scale?", _ceiling),
    ("round up", "n, scale", lambda n, scale: rounded(n, scale, ROUND_UP)),
    ("round down", "n, scale", lambda n, scale: rounded(n, scale, ROUND_DOWN)),
    ("round half up", "n, scale", lambda n, scale: rounded(n, scale, ROUND_HALF_UP)),
    ("round half down", "n, scale", lambda n, scale: rounded(n, scale, ROUND_HALF_DOWN)),
    ("abs", "n", lambda n: abs(n) if not isinstance(n, (bool, str)) else None),
    ("modulo", "dividend, divisor", _modulo),
    ("sqrt", "number", _sqrt),
    ("log", "number", _log),
    ("exp", "number", _exp),
    ("odd", "number", _odd),
    ("even", "number", _even),
    ("is defined", "value", lambda value: value is not None),
]

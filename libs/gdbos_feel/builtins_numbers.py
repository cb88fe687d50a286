"""Numbers and booleans."""

from __future__ import annotations

import re
from collections.abc import Callable
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

from gdbos_feel.moments import DaysTime, YearsMonths
from gdbos_feel.values import DECIMAL

SCALES = range(-6111, 6177)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def rounded(value: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """To `scale` digits after the point (before it when negative)."""
    places = int(scale)
    if places not in SCALES:
        return None
    if places >= -int(value.as_tuple().exponent) or value.adjusted() + places > 33:
        return value
    result = value.quantize(Decimal(1).scaleb(-places), rounding=mode, context=DECIMAL)
    return Decimal(int(result)) if places < 0 else result + 0


def _rounding(mode: str) -> Callable[..., Decimal | None]:
    return lambda value, scale=Decimal(0): rounded(value, scale, mode)


def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """dividend - divisor * floor(dividend / divisor)."""
    rest = DECIMAL.remainder(dividend, divisor)
    return rest + divisor if rest and (rest < 0) != (divisor < 0) else rest


def _abs(value: Any) -> Any:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    return DaysTime(abs(value.nanos)) if isinstance(value, DaysTime) else abs(value)


def _remainder_of_two(value: Decimal) -> Decimal:
    return DECIMAL.remainder(value, Decimal(2))


def _even(value: Decimal) -> bool | None:
    return _remainder_of_two(value) == 0 if value == value.to_integral_value() else None


def _odd(value: Decimal) -> bool | None:
    return _remainder_of_two(value) != 0 if value == value.to_integral_value() else None


def _log(value: Decimal) -> Decimal | None:
    return DECIMAL.ln(value) if value > 0 else None


def _exp(value: Decimal) -> Decimal | None:
    return DECIMAL.exp(value) if value < 14_200 else None


def _number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        return None
    if grouping is not None and grouping == point:
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    return DECIMAL.create_decimal(plain) if _NUMBER.fullmatch(plain) else None


def _all(entries: list[Any]) -> bool | None:
    if any(each is False for each in entries):
        return False
    return None if any(each is not True for each in entries) else True


def _any(entries: list[Any]) -> bool | None:
    if any(each is True for each in entries):
        return True
    return None if any(each is not False for each in entries) else False


def _not(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


FUNCTIONS: list[tuple[str, str, Callable[..., Any]]] = [
    ("not", "negand", _not),
    ("number", "from: string, grouping separator?: string|Null, decimal separator?: string|Null", _number),
    ("decimal", "n: number, scale: number", _rounding(ROUND_HALF_EVEN)),
    ("floor", "n: number, scale?: number", _rounding(ROUND_FLOOR)),
    ("ceiling", "n: number, scale?: number", _rounding(ROUND_CEILING)),
    ("round up", "n: number, scale: number", _rounding(ROUND_UP)),
    ("round down", "n: number, scale: number", _rounding(ROUND_DOWN)),
    ("round half up", "n: number, scale: number", _rounding(ROUND_HALF_UP)),
    ("round half down", "n: number, scale: number", _rounding(ROUND_HALF_DOWN)),
    ("abs", "n: number|days and time duration|years and months duration", _abs),
    ("modulo", "dividend: number, divisor: number", _modulo),
    ("sqrt", "number: number", lambda n: DECIMAL.sqrt(n) if n >= 0 else None),
    ("log", "number: number", _log),
    ("exp", "number: number", _exp),
    ("odd", "number: number", _odd),
    ("even", "number: number", _even),
    ("all", "*list", _all),
    ("any", "*list", _any),
    ("is defined", "value", lambda value: value is not None),
]

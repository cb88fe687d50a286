"""Functions whose body lies outside FEEL (Java, PMML). A model brings no code into this process: a closed table
of methods without side effects stands in for Java's; any other gives null and the error "unsupported"."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gdbos_feel.env import Env, Function
from gdbos_feel.types import Type
from gdbos_feel.values import number


def external_function(
    names: tuple[str, ...], types: tuple[Type | None, ...], body: Any, env: Env
) -> Function:
    """`body`: {"java": {"class": …, "method signature": …}}."""
    java = body.get("java") if isinstance(body, dict) else None
    described = java if isinstance(java, dict) else {}
    signature = str(described.get("method signature")).replace(" ", "")
    where = f"{described.get('class')}.{signature}"
    method = _METHODS.get(where)

    def run(inner: Env) -> Any:
        if method is None:
            inner.budget.fault(f"unsupported external function {where}")
            return None
        try:
            return method(*(inner.names[name] for name in names))
        except (TypeError, ValueError, ArithmeticError) as error:
            inner.budget.fault(f"{where}: {error}")
            return None

    return Function(names, types, run, env)


def _real(function: Callable[[float], float]) -> Callable[[Any], Decimal]:
    return lambda value: number(function(float(value)))


def _whole(value: Any) -> Decimal:
    return Decimal(int(value))


def _character(value: str) -> str:
    if not isinstance(value, str) or len(value) != 1:
        raise TypeError("one character was expected")
    return value


def _format(pattern: str, *values: Any) -> str:
    """Only %s."""
    if pattern.count("%") != pattern.count("%s"):
        raise ValueError("only %s is supported")
    return pattern % values


def _methods() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {
        "java.lang.String.valueOf(char)": _character,
        "java.lang.String.format(java.lang.String,[Ljava.lang.Object;)": _format,
    }
    for kind in ("double", "float", "int", "long"):
        found[f"java.lang.Math.max({kind},{kind})"] = max
        found[f"java.lang.Math.min({kind},{kind})"] = min
        found[f"java.lang.Math.abs({kind})"] = abs
    for name in ("cos", "sin", "tan", "acos", "asin", "atan", "exp", "log", "sqrt"):
        found[f"java.lang.Math.{name}(double)"] = _real(getattr(math, name))
    for owner, kind in (("Short", "short"), ("Byte", "byte"), ("Integer", "int"), ("Long", "long")):
        found[f"java.lang.{owner}.valueOf({kind})"] = _whole
        found[f"java.lang.{owner}.valueOf(java.lang.String)"] = _whole
    for owner in ("Float", "Double"):
        found[f"java.lang.{owner}.valueOf(java.lang.String)"] = number
    return found


_METHODS = _methods()

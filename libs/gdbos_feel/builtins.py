"""The built-in functions of FEEL 1.5, by name, with the parameter names that a call may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gdbos_feel import builtins_lists, builtins_numbers, builtins_ranges, builtins_strings, builtins_temporal
from gdbos_feel.errors import FeelBudgetError


class Builtin:
    """A function with one or more signatures; a call that fits none gives None."""

    __slots__ = ("name", "signatures", "variadic", "wants_env")

    def __init__(self, name: str, variadic: bool = False) -> None:
        self.name = name
        self.variadic = variadic
        self.signatures: list[tuple[tuple[str, ...], int, Callable[..., Any]]] = []

    def add(self, parameters: str, function: Callable[..., Any]) -> None:
        """`a, b?`: a question mark says that the parameter may be left out."""
        names = [name.strip() for name in parameters.split(",") if name.strip()]
        needed = sum(not name.endswith("?") for name in names)
        self.signatures.append((tuple(name.rstrip("?") for name in names), needed, function))

    def call(self, values: list[Any], env: Any) -> Any:
        if self.variadic:
            if len(values) == 1 and isinstance(values[0], list):
                values = values[0]
            return _guarded(self.signatures[0][2], [values])
        for names, needed, function in self.signatures:
            if needed <= len(values) <= len(names):
                return _guarded(function, values)
        return None

    def by_name(self, keywords: Mapping[str, Any], env: Any) -> Any:
        for names, needed, function in self.signatures:
            if set(keywords) <= set(names) and set(names[:needed]) <= set(keywords):
                return _guarded(function, [keywords.get(name) for name in names])
        return None

    def __call__(self, *values: Any) -> Any:
        return self.call(list(values), None)


def _guarded(function: Callable[..., Any], values: list[Any]) -> Any:
    """A wrong type or value gives null; the budget is not a wrong value."""
    try:
        return function(*values)
    except FeelBudgetError:
        raise
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, OverflowError):
        return None


def _tables() -> dict[str, Builtin]:
    found: dict[str, Builtin] = {}
    modules = (builtins_numbers, builtins_strings, builtins_lists, builtins_temporal, builtins_ranges)
    for module in modules:
        for name, parameters, function in module.FUNCTIONS:
            found.setdefault(name, Builtin(name, parameters == "*")).add(parameters, function)
    return found


BUILTINS: Mapping[str, Builtin] = _tables()

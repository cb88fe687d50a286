"""The built-in functions of FEEL 1.5, by name, with the parameter names and types of the standard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_feel import builtins_lists, builtins_numbers, builtins_ranges, builtins_strings, builtins_temporal
from gdbos_feel.errors import FeelBudgetError
from gdbos_feel.types import ANY, BUILTIN_TYPES, Type, convert

_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `types`: it takes any of them; empty for anything, null too."""

    name: str
    types: tuple[Type, ...]
    optional: bool

    @classmethod
    def read(cls, text: str) -> Parameter:
        """`scale?: number`, `time: time|Null`, `item` (anything)."""
        name, _, types = text.partition(":")
        names = [each.strip() for each in types.split("|") if each.strip()]
        return cls(name.strip().rstrip("?"), tuple(BUILTIN_TYPES[n] for n in names), "?" in name)

    def fitted(self, value: Any) -> Any:
        """The value as one of the types has it; TypeError when none does."""
        if not self.types:
            return value
        for declared in self.types:
            if declared.holds(value):
                return value
        if value is not None:
            for declared in self.types:
                found, fits = convert(value, declared)
                if fits:
                    return found
        raise TypeError(self.name)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. Text: `string: string, start position: number, length?: number`; a last
    parameter `*item` takes any number of values, `*list: list` a list or its entries."""

    parameters: tuple[Parameter, ...]
    spread: str
    function: Callable[..., Any]

    @classmethod
    def read(cls, text: str, function: Callable[..., Any]) -> Signature:
        plain, _, spread = text.partition("*")
        parts = [part for part in plain.split(",") if part.strip()]
        return cls(tuple(map(Parameter.read, parts)), spread.strip(), function)

    def call(self, values: tuple[Any, ...]) -> Any:
        """_MISSING when the values do not fit this signature."""
        fixed = len(self.parameters)
        needed = sum(not parameter.optional for parameter in self.parameters)
        if len(values) < needed or (not self.spread and len(values) > fixed):
            return _MISSING
        if self.spread and len(values) == fixed:
            return _MISSING
        return self._fitted(values, values[fixed:])

    def by_name(self, values: Mapping[str, Any]) -> Any:
        names = [parameter.name for parameter in self.parameters]
        if self.spread:
            return self._fitted((), (values["list"],)) if set(values) == {"list"} and not names else _MISSING
        needed = {parameter.name for parameter in self.parameters if not parameter.optional}
        if not needed <= set(values) <= set(names):
            return _MISSING
        given = [name for name in names if name in values]
        if given != names[: len(given)]:
            return self._run([self._named(p, values) for p in self.parameters])
        return self._fitted(tuple(values[name] for name in given), ())

    def _named(self, parameter: Parameter, values: Mapping[str, Any]) -> Any:
        return parameter.fitted(values[parameter.name]) if parameter.name in values else None

    def _fitted(self, values: tuple[Any, ...], rest: tuple[Any, ...]) -> Any:
        try:
            fitted = [p.fitted(v) for p, v in zip(self.parameters, values, strict=False)]
        except TypeError:
            return _MISSING
        if self.spread:
            whole = len(rest) == 1 and isinstance(rest[0], list) and self.spread == "list"
            fitted.append(rest[0] if whole else list(rest))
        return self._run(fitted)

    def _run(self, values: list[Any]) -> Any:
        return self.function(*values)


class Builtin:
    """A built-in function. A call that fits no signature, or whose values have no result, gives null."""

    __slots__ = ("name", "result", "signatures")

    def __init__(self, name: str) -> None:
        self.name = name
        self.result = ANY
        self.signatures: list[Signature] = []

    @property
    def types(self) -> tuple[Type | None, ...]:
        """Of the parameters, for `instance of`."""
        first = self.signatures[0].parameters
        return tuple(p.types[0] if p.types else None for p in first)

    def __call__(self, *values: Any) -> Any:
        return self._first(lambda signature: signature.call(values))

    def by_name(self, values: Mapping[str, Any]) -> Any:
        """The call `f(a: 1, b: 2)`."""
        return self._first(lambda signature: signature.by_name(values))

    def _first(self, call: Callable[[Signature], Any]) -> Any:
        for signature in self.signatures:
            try:
                found = call(signature)
            except FeelBudgetError:
                raise
            except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
                return None
            if found is not _MISSING:
                return found
        return None


def _tables() -> dict[str, Builtin]:
    found: dict[str, Builtin] = {}
    modules = (builtins_numbers, builtins_strings, builtins_lists, builtins_temporal, builtins_ranges)
    for module in modules:
        for name, parameters, function in module.FUNCTIONS:
            made = found.setdefault(name, Builtin(name))
            made.signatures.append(Signature.read(parameters, function))
    return found


BUILTINS: Mapping[str, Builtin] = _tables()

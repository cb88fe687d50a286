"""FEEL's types: whether a value conforms to one, and the standard's implicit conversions to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_feel.moments import Date, DateTime, Time
from gdbos_feel.values import KINDS, Range, kind

MIDNIGHT = Time(0, 0)


class Type:
    """`Any` itself, and what the others are."""

    def holds(self, value: Any) -> bool:
        """`value instance of` this type. null is an instance of Null only."""
        return value is not None

    def admits(self, value: Any) -> bool:
        """Whether the value may stand where this type is declared: null may, in a context too."""
        return value is None or self.holds(value)

    @property
    def is_list(self) -> bool:
        return False


ANY = Type()


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """number, string, boolean, the temporal types; Null."""

    name: str

    def holds(self, value: Any) -> bool:
        return KINDS.get(type(value)) == self.name

    def admits(self, value: Any) -> bool:
        return value is None or KINDS.get(type(value)) == self.name

    def __str__(self) -> str:
        return self.name


class Unknown(Type):
    """A name that nothing declares: `instance of` has no answer, a declaration checks nothing."""

    def admits(self, value: Any) -> bool:
        return True


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    entry: Type

    def holds(self, value: Any) -> bool:
        return isinstance(value, list) and all(each is None or self.entry.holds(each) for each in value)

    def admits(self, value: Any) -> bool:
        return value is None or (isinstance(value, list) and all(map(self.entry.admits, value)))

    @property
    def is_list(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    end: Type

    def holds(self, value: Any) -> bool:
        return isinstance(value, Range) and self.end.admits(value.low) and self.end.admits(value.high)


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    """A context with at least these members."""

    members: Mapping[str, Type] = field(default_factory=dict)

    def holds(self, value: Any) -> bool:
        return isinstance(value, dict) and all(
            name in value and member.admits(value[name]) for name, member in self.members.items()
        )

    def admits(self, value: Any) -> bool:
        """A member may be null; it may not be left out."""
        return value is None or (
            isinstance(value, dict)
            and all(name in value and member.admits(value[name]) for name, member in self.members.items())
        )


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """`function<number> -> string`: conforms what takes so many parameters and declares no other types."""

    parameters: tuple[Type, ...] | None = None
    result: Type = ANY

    def holds(self, value: Any) -> bool:
        if kind(value) != "function":
            return False
        types = getattr(value, "types", None)
        return self.parameters is None or types is None or self._fits(value, types)

    def _fits(self, value: Any, types: tuple[Type | None, ...]) -> bool:
        wanted = self.parameters or ()
        result = getattr(value, "result", None)
        return (
            len(types) == len(wanted)
            and all(conforms(mine, theirs or ANY) for mine, theirs in zip(wanted, types, strict=True))
            and (result is None or conforms(result, self.result))
        )


@dataclass(frozen=True, slots=True)
class Restricted(Type):
    """An item definition with allowed values. `text`: the unary tests as the author wrote them."""

    base: Type
    test: Callable[[Any], Any]
    text: str = ""

    def holds(self, value: Any) -> bool:
        """`instance of` asks for the type alone, whatever values are allowed."""
        return self.base.holds(value)

    def admits(self, value: Any) -> bool:
        return value is None or (self.base.admits(value) and self.test(value) is True)

    @property
    def is_list(self) -> bool:
        return self.base.is_list


def sure(declared: Type | None) -> frozenset[type]:
    """Python types of which the declaration admits every value, so that nobody need ask; others may fit as well."""
    if declared is None:
        return frozenset(KINDS)
    names = ("Null", declared.name) if isinstance(declared, Simple) else ("Null",)
    return frozenset(each for each, name in KINDS.items() if name in names)


def bare(declared: Type) -> Type:
    """The type without its allowed values."""
    return bare(declared.base) if isinstance(declared, Restricted) else declared


def conforms(one: Type, other: Type) -> bool:
    """Whether every value of `one` is a value of `other`."""
    one, other = bare(one), bare(other)
    if type(other) is Type or one == other or one == Simple("Null"):
        return True
    if isinstance(one, ListOf) and isinstance(other, ListOf):
        return conforms(one.entry, other.entry)
    if isinstance(one, RangeOf) and isinstance(other, RangeOf):
        return conforms(one.end, other.end)
    if isinstance(one, ContextOf) and isinstance(other, ContextOf):
        return all(
            name in one.members and conforms(one.members[name], t) for name, t in other.members.items()
        )
    if isinstance(one, FunctionOf) and isinstance(other, FunctionOf):
        mine, theirs = one.parameters or (), other.parameters or ()
        fit = len(mine) == len(theirs) and all(conforms(b, a) for a, b in zip(mine, theirs, strict=True))
        return fit and conforms(one.result, other.result)
    return False


def convert(value: Any, declared: Type) -> tuple[Any, bool]:
    """(the value as the type has it, True), or (None, False): a single entry leaves its list, a value becomes
    a list of one, a date becomes its midnight in Greenwich (DMN 1.5, 10.3.2.9.4)."""
    if declared.admits(value):
        return value, True
    if isinstance(value, list) and len(value) == 1 and declared.admits(value[0]) and not declared.is_list:
        return value[0], True
    if not isinstance(value, list) and declared.is_list and declared.admits([value]):
        return [value], True
    if isinstance(value, Date) and bare(declared) == Simple("date and time"):
        moment = DateTime(value, MIDNIGHT)
        return (moment, True) if declared.admits(moment) else (None, False)
    return None, False


_NAMES = (
    "number", "string", "boolean", "date", "time", "date and time", "days and time duration",
    "years and months duration",
)  # fmt: skip
BUILTIN_TYPES: Mapping[str, Type] = {
    **{name: Simple(name) for name in _NAMES},
    "Any": ANY,
    "Null": Simple("Null"),
    "null": Simple("Null"),
    "list": ListOf(ANY),
    "context": ContextOf(),
    "range": RangeOf(ANY),
    "function": FunctionOf(),
    "dateTime": Simple("date and time"),
    "dayTimeDuration": Simple("days and time duration"),
    "yearMonthDuration": Simple("years and months duration"),
}

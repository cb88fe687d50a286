"""What is known of a value: the flat schemas that all hold for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.standards.domain.compat.normal import Document
from services.standards.domain.compat.patterns import matcher

Json = Any
Flat = Mapping[str, Json]
TYPES = ("null", "boolean", "number", "string", "array", "object")
MOST_FACTS = 48


@dataclass(frozen=True, slots=True)
class Facts:
    """A conjunction. `never` when nothing satisfies it for a reason seen without looking deeper."""

    flat: tuple[Flat, ...] = ()
    never: bool = False

    def of(self, keyword: str) -> list[Json]:
        return [each[keyword] for each in self.flat if keyword in each]

    @property
    def types(self) -> frozenset[str]:
        """Types that a value may have; integer counts as number."""
        left = frozenset(TYPES)
        for wanted in self.of("type"):
            names = [wanted] if isinstance(wanted, str) else wanted
            left &= {"number" if name == "integer" else name for name in names}
        for denied in self.of("not"):
            if isinstance(denied, dict) and set(denied) == {"type"}:
                left -= set([denied["type"]] if isinstance(denied["type"], str) else denied["type"])
        for values in self.finite():
            left &= {type_of(value) for value in values}
        return left

    def finite(self) -> list[list[Json]]:
        """The enumerations, each of which holds all values there can be."""
        return [list(values) for values in self.of("enum")] + [[value] for value in self.of("const")]

    def values(self) -> list[Json] | None:
        """The fewest values that an enumeration leaves; None without one."""
        return min(self.finite(), key=len, default=None)

    @property
    def integral(self) -> bool:
        whole = any(
            wanted == "integer"
            or (isinstance(wanted, list) and "number" not in wanted and "integer" in wanted)
            for wanted in self.of("type")
        )
        return whole or any(Fraction(str(step)).denominator == 1 for step in self.of("multipleOf"))

    def lowest(self) -> tuple[Fraction, bool] | None:
        """The greatest lower bound and whether it is itself excluded."""
        bounds = [(Fraction(str(v)), False) for v in self.of("minimum")]
        bounds += [(Fraction(str(v)), True) for v in self.of("exclusiveMinimum")]
        return max(bounds, default=None)

    def highest(self) -> tuple[Fraction, bool] | None:
        bounds = [(Fraction(str(v)), False) for v in self.of("maximum")]
        bounds += [(Fraction(str(v)), True) for v in self.of("exclusiveMaximum")]
        return min(bounds, key=lambda bound: (bound[0], not bound[1]), default=None)

    def texts(self) -> tuple[tuple[str, ...], tuple[int, int | None]]:
        """The patterns of a text, and its least and most characters."""
        return tuple(sorted(set(self.of("pattern")))), (self.least("minLength"), self.most("maxLength"))

    def least(self, keyword: str) -> int:
        return max((int(v) for v in self.of(keyword)), default=0)

    def most(self, keyword: str) -> int | None:
        return min((int(v) for v in self.of(keyword)), default=None)


def type_of(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def gather(schemas: Iterable[Json], document: Document) -> Facts:
    """Facts of a conjunction of subschemas: `allOf` and `$ref` opened, as far as they lead."""
    flat: list[Flat] = []
    seen: set[int] = set()
    waiting = list(schemas)
    while waiting:
        schema = waiting.pop()
        if schema is False:
            return Facts(never=True)
        if schema is True or id(schema) in seen or len(flat) >= MOST_FACTS:
            continue
        seen.add(id(schema))
        flat.append(schema)
        waiting.extend(schema.get("allOf", ()))
        if isinstance(schema.get("$ref"), str):
            try:
                waiting.append(document.resolve(schema["$ref"]))
            except (KeyError, IndexError, ValueError, TypeError):
                continue
    return Facts(tuple(flat))


def children(facts: Facts, name: str) -> list[Json]:
    """Subschemas that hold for the member `name` of an object."""
    found: list[Json] = []
    for flat in facts.flat:
        found += member(flat, name)
    return found


def member(flat: Flat, name: str) -> list[Json]:
    own = [flat["properties"][name]] if name in flat.get("properties", {}) else []
    own += [s for pattern, s in flat.get("patternProperties", {}).items() if matches(pattern, name)]
    if not own and "additionalProperties" in flat:
        own.append(flat["additionalProperties"])
    return own


def elements(facts: Facts, index: int) -> list[Json]:
    """Subschemas that hold for the element at `index` of an array."""
    found: list[Json] = []
    for flat in facts.flat:
        found += element(flat, index)
    return found


def element(flat: Flat, index: int) -> list[Json]:
    first: Sequence[Json] = flat.get("prefixItems", ())
    if index < len(first):
        return [first[index]]
    return [flat["items"]] if "items" in flat else []


def matches(pattern: str, name: str) -> bool:
    return matcher(pattern)(name)

"""Code lists (代码集): versions, validity, hierarchy, extra columns, languages, and what replaced a code.

A code is never deleted: it gets `valid_to` and, where there is one, `replaced_by`; it stays readable for
ever, because old cases and cards keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from gdbos_atom.reading import Reader
from gdbos_contracts.text import Text
from services.standards.domain import codelist_faults

ID_PATTERN = r"[a-z][a-z0-9_.]*"


@dataclass(frozen=True, slots=True)
class Column:
    """An extra column of a list, such as the abbreviation of a division."""

    id: str
    names: Text

    def to_data(self) -> dict[str, Any]:
        return {"id": self.id, "names": dict(self.names)}


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `valid_to` is the first day on which it no longer holds; None is open."""

    value: str
    names: Text
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def holds(self, on: date | None) -> bool:
        """Whether the code is in force on that day; without a day, whether it was never retired."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "value": self.value,
            "names": dict(self.names),
            "parent": self.parent,
            "valid_from": self.valid_from.isoformat() if self.valid_from else "",
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
            "replaced_by": list(self.replaced_by),
            "columns": dict(self.columns),
        }
        return {key: value for key, value in data.items() if value not in ("", [], {})}


@dataclass(frozen=True)
class CodeList:
    """One immutable version of a list. Codes keep their order; values are unique within it."""

    id: str
    version: int
    names: Text
    codes: tuple[Code, ...]
    standard: str = ""
    steward: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    columns: tuple[Column, ...] = ()

    @cached_property
    def by_value(self) -> Mapping[str, Code]:
        return {code.value: code for code in self.codes}

    def in_force(self, on: date | None = None) -> Iterator[Code]:
        """Codes that hold on that day, in order."""
        return (code for code in self.codes if code.holds(on))

    def children(self, value: str) -> Iterator[Code]:
        """Codes directly below `value`; "" gives the top."""
        return (code for code in self.codes if code.parent == value)

    def on(self, day: date) -> CodeList:
        """The same version with the codes of that day alone; what they refer to may be left out with the others."""
        return replace(self, codes=tuple(self.in_force(day)))

    def ancestors(self, value: str) -> list[Code]:
        """The codes above `value`, the nearest first. Raises KeyError for an unknown code."""
        found = []
        code = self.by_value[value]
        while code.parent:
            code = self.by_value[code.parent]
            found.append(code)
        return found

    def successors(self, value: str, on: date | None = None) -> list[Code]:
        """The codes in force that stand for `value` today: itself, or what replaced it, however often."""
        found: dict[str, Code] = {}
        waiting = [value]
        while waiting:
            code = self.by_value[waiting.pop()]
            if code.holds(on):
                found.setdefault(code.value, code)
            else:
                waiting.extend(reversed(code.replaced_by))
        return list(found.values())

    def carried_on(self, on: date | None) -> frozenset[str]:
        """The values in force on that day, and those with a successor that is."""
        replaced: dict[str, list[str]] = {}
        for code in self.codes:
            for value in code.replaced_by:
                replaced.setdefault(value, []).append(code.value)
        found: set[str] = set()
        waiting = [code.value for code in self.in_force(on)]
        while waiting:
            value = waiting.pop()
            if value not in found:
                found.add(value)
                waiting.extend(replaced.get(value, ()))
        return frozenset(found)

    @classmethod
    def from_data(cls, data: object, pointer: str = "") -> CodeList:
        """Reads what `to_data` writes. Raises BadInput with every fault and its pointer."""
        reader = Reader(data, pointer)
        found = cls(
            id=reader.string("id", pattern=ID_PATTERN),
            version=reader.integer("version", minimum=1),
            names=reader.text("names"),
            codes=reader.each("codes", _read_code),
            standard=reader.string("standard", ""),
            steward=reader.string("steward", ""),
            valid_from=reader.day("valid_from"),
            valid_to=reader.day("valid_to"),
            columns=reader.each("columns", _read_column),
        )
        if not reader.faults:
            reader.faults.extend(codelist_faults.between(found, pointer))
        reader.finish()
        return found

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "names": dict(self.names),
            "standard": self.standard,
            "steward": self.steward,
            "valid_from": self.valid_from.isoformat() if self.valid_from else "",
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
            "columns": [column.to_data() for column in self.columns],
            "codes": [code.to_data() for code in self.codes],
        }
        return {key: value for key, value in data.items() if key == "codes" or value not in ("", [])}


def _read_code(reader: Reader) -> Code:
    columns = reader.value("columns", {})
    if not isinstance(columns, Mapping) or not all(isinstance(v, str) for v in columns.values()):
        reader.fault(
            "columns", "type", "各列的值应为文本", "各欄的值應為文字", "column values must be strings"
        )
        columns = {}
    code = Code(
        value=reader.string("value", pattern=r"\S(.{0,126}\S)?"),
        names=reader.text("names"),
        parent=reader.string("parent", ""),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        replaced_by=reader.strings("replaced_by"),
        columns=dict(columns),
    )
    reader.close()
    return code


def _read_column(reader: Reader) -> Column:
    column = Column(reader.string("id", pattern=ID_PATTERN), reader.text("names"))
    reader.close()
    return column


def facts(found: CodeList) -> dict[str, Any]:
    """What is told of a version without its codes: {id, version, names, standard, …, size, retired}."""
    said = {key: value for key, value in found.to_data().items() if key not in ("codes", "columns")}
    return {**said, "size": len(found.codes), "retired": sum(1 for c in found.codes if c.valid_to)}


def rows(codes: Iterable[Code]) -> list[dict[str, Any]]:
    """Codes as choices for a form: value and names."""
    return [{"value": code.value, "names": dict(code.names)} for code in codes]

"""Code lists (代码集): versions, validity, hierarchy, extra columns, languages, and what replaced a code.

A code is never deleted: it gets `valid_to` and, where there is one, `replaced_by`; it stays readable for
ever, because old cases and cards keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from gdbos_atom.reading import Reader
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text

ID_PATTERN = r"[a-z][a-z0-9_.]*"
MOST_CODES = 100_000


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
        code = self.by_value[value]
        if code.holds(on) or not code.replaced_by:
            return [code] if code.holds(on) else []
        found = [next_code for value in code.replaced_by for next_code in self.successors(value, on)]
        return list({code.value: code for code in found}.values())

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
            reader.faults.extend(faults(found, pointer))
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


def faults(found: CodeList, pointer: str = "") -> list[Fault]:
    """What is wrong between the codes: duplicates, unknown or circular parents and successors, dates."""
    if len(found.codes) > MOST_CODES:
        return [_fault(pointer + "/codes", "too_many", f"{MOST_CODES}")]
    return [
        *_duplicates(found, pointer),
        *_links(found, pointer),
        *_cycles(found, pointer, "parent", lambda code: (code.parent,) if code.parent else ()),
        *_cycles(found, pointer, "replaced_by", lambda code: code.replaced_by),
        *_dates(found, pointer),
    ]


def require(found: CodeList) -> CodeList:
    """The list itself. Raises BadInput when `faults` finds any."""
    problems = faults(found)
    if problems:
        raise BadInput(faults=problems)
    return found


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


_SAID: Mapping[str, tuple[str, str, str]] = {
    "too_many": ("代码超过 {}", "代碼超過 {}", "more than {} codes"),
    "duplicate": ("代码“{}”重复", "代碼「{}」重複", "code {} occurs twice"),
    "dangling": ("“{}”不在本代码集中", "「{}」不在本代碼集中", "{} is not in this list"),
    "cycle": ("代码“{}”循环引用自身", "代碼「{}」循環引用自身", "code {} leads back to itself"),
    "dates": (
        "代码“{}”的失效日期不晚于生效日期",
        "代碼「{}」的失效日期不晚於生效日期",
        "code {} ends before it begins",
    ),
    "column": ("未声明的列“{}”", "未聲明的欄「{}」", "column {} is not declared"),
    "alive": (
        "代码“{}”有替代代码但未失效",
        "代碼「{}」有替代代碼但未失效",
        "code {} is replaced but never ends",
    ),
}


def _fault(pointer: str, code: str, value: str) -> Fault:
    hans, hant, en = (said.format(value) for said in _SAID[code])
    return Fault(pointer, f"code_list.{code}", {"zh-Hans": hans, "zh-Hant": hant, "en": en})


def _duplicates(found: CodeList, pointer: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, code in enumerate(found.codes):
        if code.value in seen:
            yield _fault(f"{pointer}/codes/{index}/value", "duplicate", code.value)
        seen.add(code.value)


def _links(found: CodeList, pointer: str) -> Iterator[Fault]:
    declared = {column.id for column in found.columns}
    for index, code in enumerate(found.codes):
        at = f"{pointer}/codes/{index}"
        if code.parent and code.parent not in found.by_value:
            yield _fault(f"{at}/parent", "dangling", code.parent)
        for number, value in enumerate(code.replaced_by):
            if value not in found.by_value:
                yield _fault(f"{at}/replaced_by/{number}", "dangling", value)
        for column in code.columns:
            if column not in declared:
                yield _fault(f"{at}/columns/{column}", "column", column)


def _cycles(found: CodeList, pointer: str, key: str, links: Any) -> Iterator[Fault]:
    """Depth-first search with three colours, without recursion: a list may be a chain of 100,000."""
    done: set[str] = set()
    for index, start in enumerate(found.codes):
        if _leads_back(found, start.value, links, done):
            yield _fault(f"{pointer}/codes/{index}/{key}", "cycle", start.value)


def _leads_back(found: CodeList, start: str, links: Any, done: set[str]) -> bool:
    open_path: set[str] = set()
    stack: list[tuple[str, Iterator[str]]] = []

    def enter(value: str) -> None:
        open_path.add(value)
        code = found.by_value.get(value)
        stack.append((value, iter(links(code) if code else ())))

    enter(start)
    while stack:
        value, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            open_path.discard(value)
            done.add(value)
        elif following in open_path:
            done.update(open_path)
            return True
        elif following not in done:
            enter(following)
    return False


def _dates(found: CodeList, pointer: str) -> Iterator[Fault]:
    for index, code in enumerate(found.codes):
        at = f"{pointer}/codes/{index}"
        if code.valid_from and code.valid_to and code.valid_to <= code.valid_from:
            yield _fault(f"{at}/valid_to", "dates", code.value)
        if code.replaced_by and code.valid_to is None:
            yield _fault(f"{at}/replaced_by", "alive", code.value)


def rows(codes: Iterable[Code]) -> list[dict[str, Any]]:
    """Codes as choices for a form: value and names."""
    return [{"value": code.value, "names": dict(code.names)} for code in codes]

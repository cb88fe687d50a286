"""Crosswalks (代码对照): what a code of one list is in another, from which day, to how many codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from gdbos_atom.reading import Reader
from gdbos_contracts.text import Text
from services.standards.domain import crosswalk_faults
from services.standards.domain.codelist import ID_PATTERN


@dataclass(frozen=True, slots=True)
class ListRef:
    """One version of a code list."""

    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    def to_data(self) -> dict[str, Any]:
        return {"id": self.id, "version": self.version}


@dataclass(frozen=True, slots=True)
class Entry:
    """`source` is `targets` from `valid_from` until before `valid_to`; no target says that there is none."""

    source: str
    targets: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    note: Text = field(default_factory=dict)

    def holds(self, on: date | None) -> bool:
        """Whether it is in force on that day; without a day, whether it never ended."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from or date.min) <= on < (self.valid_to or date.max)

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "source": self.source,
            "targets": list(self.targets),
            "valid_from": self.valid_from.isoformat() if self.valid_from else "",
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
            "note": dict(self.note),
        }
        return {key: value for key, value in data.items() if key == "targets" or value not in ("", {})}


@dataclass(frozen=True, slots=True)
class Translation:
    """`stated` is false where the crosswalk does not speak of the value at all."""

    targets: tuple[str, ...]
    stated: bool
    notes: tuple[Text, ...] = ()

    @property
    def answer(self) -> str:
        """`one`, `several` (a person or another fact must choose) or `none`."""
        return ("none", "one")[len(self.targets)] if len(self.targets) < 2 else "several"

    def to_data(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "targets": list(self.targets),
            "stated": self.stated,
            "notes": [dict(note) for note in self.notes],
        }


@dataclass(frozen=True)
class Crosswalk:
    """One immutable version of a crosswalk from one version of a list to one of another."""

    id: str
    version: int
    names: Text
    source: ListRef
    target: ListRef
    entries: tuple[Entry, ...]
    basis: str = ""
    steward: str = ""

    def translate(self, value: str, on: date | None = None) -> Translation:
        """What `value` is in the target list on that day."""
        found = [entry for entry in self._forward.get(value, ()) if entry.holds(on)]
        return _told(found, [target for entry in found for target in entry.targets])

    def back(self, value: str, on: date | None = None) -> Translation:
        """Which codes of the source list `value` of the target list stands for on that day."""
        found = [entry for entry in self._backward.get(value, ()) if entry.holds(on)]
        return _told(found, [entry.source for entry in found])

    @cached_property
    def _forward(self) -> Mapping[str, Sequence[Entry]]:
        return _by((entry.source, entry) for entry in self.entries)

    @cached_property
    def _backward(self) -> Mapping[str, Sequence[Entry]]:
        return _by((target, entry) for entry in self.entries for target in entry.targets)

    @classmethod
    def from_data(cls, data: object, pointer: str = "") -> Crosswalk:
        """Reads what `to_data` writes. Raises BadInput with every fault that shows without the lists."""
        reader = Reader(data, pointer)
        found = cls(
            id=reader.string("id", pattern=ID_PATTERN),
            version=reader.integer("version", minimum=1),
            names=reader.text("names"),
            source=_read_ref(reader.child("source")),
            target=_read_ref(reader.child("target")),
            entries=reader.each("entries", _read_entry),
            basis=reader.string("basis", ""),
            steward=reader.string("steward", ""),
        )
        if not reader.faults:
            reader.faults.extend(crosswalk_faults.within(found, pointer))
        reader.finish()
        return found

    def facts(self) -> dict[str, Any]:
        """What is told of a version without its entries."""
        said = {key: value for key, value in self.to_data().items() if key != "entries"}
        return {**said, "size": len(self.entries)}

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "names": dict(self.names),
            "source": self.source.to_data(),
            "target": self.target.to_data(),
            "basis": self.basis,
            "steward": self.steward,
            "entries": [entry.to_data() for entry in self.entries],
        }
        return {key: value for key, value in data.items() if key == "entries" or value != ""}


def _told(found: Sequence[Entry], values: Sequence[str]) -> Translation:
    notes = tuple(entry.note for entry in found if entry.note)
    return Translation(tuple(dict.fromkeys(values)), bool(found), notes)


def _by(pairs: Iterator[tuple[str, Entry]]) -> Mapping[str, Sequence[Entry]]:
    found: dict[str, list[Entry]] = {}
    for value, entry in pairs:
        found.setdefault(value, []).append(entry)
    return found


def _read_ref(reader: Reader) -> ListRef:
    ref = ListRef(reader.string("id", pattern=ID_PATTERN), reader.integer("version", minimum=1))
    reader.close()
    return ref


def _read_entry(reader: Reader) -> Entry:
    entry = Entry(
        source=reader.string("source"),
        targets=reader.strings("targets"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        note=reader.text("note", required=False),
    )
    reader.close()
    return entry

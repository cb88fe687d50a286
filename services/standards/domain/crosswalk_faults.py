"""What may be wrong in a crosswalk: by itself, and against the two lists that it joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from gdbos_contracts.errors import Fault

if TYPE_CHECKING:
    from services.standards.domain.codelist import CodeList
    from services.standards.domain.crosswalk import Crosswalk

MOST_ENTRIES = 100_000

_SAID: Mapping[str, tuple[str, str, str]] = {
    "too_many": ("对照超过 {} 条", "對照超過 {} 條", "more than {} entries"),
    "dates": (
        "“{}”的失效日期不晚于生效日期",
        "「{}」的失效日期不晚於生效日期",
        "the entry of {} ends before it begins",
    ),
    "repeated": ("目标代码“{}”重复", "目標代碼「{}」重複", "target {} is given twice"),
    "overlap": (
        "源代码“{}”在同一天有两条对照",
        "來源代碼「{}」在同一天有兩條對照",
        "two entries of {} hold on the same day",
    ),
    "unknown": ("“{}”不在所引代码集中", "「{}」不在所引代碼集中", "{} is not in that list"),
    "uncovered": (
        "源代码“{}”没有对照",
        "來源代碼「{}」沒有對照",
        "code {} of the source list is not spoken of",
    ),
    "unreached": (
        "目标代码“{}”没有来源",
        "目標代碼「{}」沒有來源",
        "no entry leads to code {} of the target list",
    ),
    "retired": (
        "对照生效期间目标代码“{}”已失效",
        "對照生效期間目標代碼「{}」已失效",
        "target {} does not hold while the entry does",
    ),
}


def within(found: Crosswalk, pointer: str = "") -> list[Fault]:
    """Faults that show without the lists: dates, targets given twice, entries of one code that overlap."""
    if len(found.entries) > MOST_ENTRIES:
        return [_fault(pointer + "/entries", "too_many", f"{MOST_ENTRIES}")]
    return [*_dates(found, pointer), *_repeated(found, pointer), *_overlaps(found, pointer)]


def against(found: Crosswalk, source: CodeList, target: CodeList, pointer: str = "") -> list[Fault]:
    """Codes that are in neither list."""
    faults = []
    for index, entry in enumerate(found.entries):
        at = f"{pointer}/entries/{index}"
        if entry.source not in source.by_value:
            faults.append(_fault(f"{at}/source", "unknown", entry.source))
        for number, value in enumerate(entry.targets):
            if value not in target.by_value:
                faults.append(_fault(f"{at}/targets/{number}", "unknown", value))
    return faults


def advice(found: Crosswalk, source: CodeList, target: CodeList, pointer: str = "") -> list[Fault]:
    """What is left open: codes that no entry speaks of or leads to, targets retired while an entry holds."""
    spoken = {entry.source for entry in found.entries}
    reached = {value for entry in found.entries for value in entry.targets}
    at = pointer + "/entries"
    return [
        *(_fault(at, "uncovered", code.value) for code in source.codes if code.value not in spoken),
        *(_fault(at, "unreached", code.value) for code in target.codes if code.value not in reached),
        *_retired(found, target, pointer),
    ]


def unknown(pointer: str, value: str) -> Fault:
    """A value that its list does not have."""
    return _fault(pointer, "unknown", value)


def _fault(pointer: str, code: str, value: str) -> Fault:
    hans, hant, en = (said.format(value) for said in _SAID[code])
    return Fault(pointer, f"crosswalk.{code}", {"zh-Hans": hans, "zh-Hant": hant, "en": en})


def _dates(found: Crosswalk, pointer: str) -> Iterator[Fault]:
    for index, entry in enumerate(found.entries):
        if entry.valid_from and entry.valid_to and entry.valid_to <= entry.valid_from:
            yield _fault(f"{pointer}/entries/{index}/valid_to", "dates", entry.source)


def _repeated(found: Crosswalk, pointer: str) -> Iterator[Fault]:
    for index, entry in enumerate(found.entries):
        for number, value in enumerate(entry.targets):
            if value in entry.targets[:number]:
                yield _fault(f"{pointer}/entries/{index}/targets/{number}", "repeated", value)


def _overlaps(found: Crosswalk, pointer: str) -> Iterator[Fault]:
    """Several targets of one day stand in one entry, so that nobody reads half of the answer."""
    spans: dict[str, list[tuple[date, date, int]]] = {}
    for index, entry in enumerate(found.entries):
        span = (entry.valid_from or date.min, entry.valid_to or date.max, index)
        spans.setdefault(entry.source, []).append(span)
    for source, held in spans.items():
        latest = date.min
        for number, (begins, ends, index) in enumerate(sorted(held)):
            if number and begins < latest:
                yield _fault(f"{pointer}/entries/{index}", "overlap", source)
            latest = max(latest, ends)


def _retired(found: Crosswalk, target: CodeList, pointer: str) -> Iterator[Fault]:
    for index, entry in enumerate(found.entries):
        for number, value in enumerate(entry.targets):
            ends = target.by_value[value].valid_to
            if ends is not None and (entry.valid_to or date.max) > ends:
                yield _fault(f"{pointer}/entries/{index}/targets/{number}", "retired", value)

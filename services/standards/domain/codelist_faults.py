"""What may be wrong between the codes of one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gdbos_contracts.errors import Fault

if TYPE_CHECKING:
    from services.standards.domain.codelist import CodeList

MOST_CODES = 100_000


def between(found: CodeList, pointer: str = "") -> list[Fault]:
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

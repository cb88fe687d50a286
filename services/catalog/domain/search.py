"""Words of the search index. Chinese has no blanks: a name is found by its single characters and pairs of
characters, in traditional or simplified writing alike, and by the initials of its pinyin.

`食品經營許可` → 食 品 … 食品 品经 … and the suffixes of `spjyxk`, so that any run of initials is a prefix of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from gdbos_contracts.hanzi import normalise

_RUNS = re.compile(r"(?P<han>[㐀-鿿豈-﫿\U00020000-\U0003ffff]+)|(?P<latin>[^\W_㐀-鿿]+)")
MAX_INITIALS = 40


@lru_cache(maxsize=1)
def _traditionaliser() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str) -> str:
    """繁體 of a simplified text, for sources that have only one language."""
    return cast(str, _traditionaliser().convert(text))


def initials(text: str) -> str:
    """First letters of the pinyin of the Chinese characters: `户口登记` → `hkdj`."""
    han = "".join(run["han"] or "" for run in _RUNS.finditer(normalise(text)))
    return "".join(lazy_pinyin(han, style=Style.FIRST_LETTER)).lower() if han else ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a query asks for: `words` must be in the index as they are, `prefixes` must begin a word."""

    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    text: str

    def __bool__(self) -> bool:
        return bool(self.words or self.prefixes)


def document(name: str, others: Iterable[str] = ()) -> list[str]:
    """The words under which an item is found: its name, other texts (agency, codes), its initials."""
    words: dict[str, None] = {}
    for text in (name, *others):
        words.update(dict.fromkeys(_words(normalise(text))))
    letters = initials(name)[:MAX_INITIALS]
    words.update(dict.fromkeys(letters[start:] for start in range(len(letters) - 1)))
    return list(words)


def _words(text: str) -> Iterator[str]:
    for run in _RUNS.finditer(text):
        if run["latin"]:
            yield run["latin"]
            continue
        han = run["han"]
        yield from han
        yield from pairs(han)


def pairs(han: str) -> Iterator[str]:
    """Neighbouring characters two by two."""
    return (han[start : start + 2] for start in range(len(han) - 1))


def query(text: str) -> Terms:
    """The terms of what somebody typed: one character is looked up itself, more by their pairs, Latin
    letters and digits as prefixes. Without any of them the Terms are false."""
    normal = normalise(text)
    words: list[str] = []
    prefixes: list[str] = []
    for run in _RUNS.finditer(normal):
        if run["latin"]:
            prefixes.append(run["latin"])
        else:
            words += list(pairs(run["han"])) or [run["han"]]
    return Terms(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(prefixes)), normal)


def rank(name: str, text: str) -> int:
    """3 when the name is the query, 2 when it begins with it, 1 when it holds it, else 0."""
    if name == text:
        return 3
    return 2 if name.startswith(text) else int(text in name)

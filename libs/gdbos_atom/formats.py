"""The format grammar of data elements (数据类型及格式, GB/T 18391 / 19488), as a value.

    a n an          letters · digits · any characters, one or more
    n6              exactly six                   an3..8   three to eight
    an..200         one to two hundred            n..17,2  a decimal of up to 17 digits, 2 of them decimals
    ul              text without a limit          boolean  true or false
    YYYYMMDD, YYYY-MM-DD, YYYYMMDDThhmmss, YYYY-MM-DDThh:mm:ss, YYYY-MM-DDThh:mm:ssTZD, YYYY, YYYYMM,
    YYYY-MM, hhmmss, hh:mm        moments, written exactly so (TZD: an offset or Z, RFC 3339)

Lengths count Unicode characters. `a` excludes digits only: names hold "·", "-" and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gdbos_atom.identifiers.calendar_date import DATE_PATTERN, date_pattern
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text

_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"

MOMENTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "YYYY": {"pattern": "^(?:18|19|20)[0-9]{2}$"},
        "YYYYMM": {"pattern": "^(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])$"},
        "YYYY-MM": {"pattern": "^(?:18|19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$"},
        "YYYYMMDD": {"pattern": f"^{DATE_PATTERN}$"},
        "YYYY-MM-DD": {"format": "date"},
        "hhmmss": {"pattern": f"^{_TIME}$"},
        "hh:mm": {"pattern": f"^{_CLOCK}$"},
        "YYYYMMDDThhmmss": {"pattern": f"^{DATE_PATTERN}T{_TIME}$"},
        "YYYY-MM-DDThh:mm:ss": {"pattern": f"^{date_pattern('-')}T{_CLOCK}:[0-5][0-9]$"},
        "YYYY-MM-DDThh:mm:ssTZD": {"format": "date-time"},
    }
)
"""JSON Schema keywords of each way to write a moment; patterns know the calendar, leap days included."""

_CONTROL = "\\u0000-\\u001F\\u007F-\\u009F"
_CHARACTERS = {"a": f"[^0-9{_CONTROL}]", "n": "[0-9]", "an": f"[^{_CONTROL}]"}
_LENGTHS = re.compile(
    r"(?P<kind>an|a|n)(?P<low>\d{1,7})?(?:(?P<to>\.\.)(?P<high>\d{1,7})?)?(?:,(?P<decimals>\d{1,2}))?",
    re.ASCII,
)
_LONGEST = 1_000_000
_MOST_DIGITS = 38


@dataclass(frozen=True, slots=True)
class Format:
    """A parsed format. `kind` is a, n, an, ul, boolean or the text of a moment; `high` None: no limit."""

    kind: str
    low: int = 1
    high: int | None = None
    decimals: int = 0

    def __str__(self) -> str:
        """The canonical text: `parse(str(f)) == f`."""
        if self.kind not in _CHARACTERS or (self.low, self.high, self.decimals) == (1, None, 0):
            return self.kind
        decimals = f",{self.decimals}" if self.decimals else ""
        if self.high is None:
            return f"{self.kind}{self.low}..{decimals}"
        if self.low == self.high:
            return f"{self.kind}{self.high}{decimals}"
        low = "" if self.low == 1 else str(self.low)
        return f"{self.kind}{low}..{self.high}{decimals}"

    @property
    def is_moment(self) -> bool:
        return self.kind in MOMENTS

    def to_schema(self, *, numeric: bool = False) -> dict[str, Any]:
        """The JSON Schema 2020-12 fragment.

        `numeric` writes n-formats as JSON numbers (quantities); otherwise digits are text, which keeps leading
        zeros (codes) and decimals exact (money).
        """
        if self.kind == "boolean":
            return {"type": "boolean"}
        if self.is_moment:
            return {"type": "string", **MOMENTS[self.kind]}
        if self.kind == "ul":
            return {"type": "string", "minLength": 1}
        if self.kind == "n" and numeric:
            return self._number()
        if self.decimals:
            return {"type": "string", "pattern": self._decimal_pattern()}
        return self._text()

    def _text(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "minLength": self.low}
        if self.high is not None:
            schema["maxLength"] = self.high
        return {**schema, "pattern": f"^{_CHARACTERS[self.kind]}+$"}

    def _number(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "integer"}
        if self.decimals:
            schema = {"type": "number", "multipleOf": float(f"1e-{self.decimals}")}
        if self.high is not None:
            limit = 10 ** (self.high - self.decimals)
            schema |= {"exclusiveMinimum": -limit, "exclusiveMaximum": limit}
        return schema

    def _decimal_pattern(self) -> str:
        whole = "" if self.high is None else str(max(self.high - self.decimals - 1, 0))
        if self.high is not None and self.low == self.high:
            return f"^-?[0-9]{{{self.high - self.decimals}}}\\.[0-9]{{{self.decimals}}}$"
        return f"^-?(?:0|[1-9][0-9]{{0,{whole}}})(?:\\.[0-9]{{1,{self.decimals}}})?$"

    def describe(self) -> Text:
        """What to type, in three languages, as the predicate of a sentence."""
        return _describe(self)


def parse(text: str, pointer: str = "") -> Format:
    """The Format that `text` writes. Raises BadInput with one precise fault at `pointer`."""
    if not isinstance(text, str) or not text.strip():
        raise _bad(pointer, "empty", "格式不能为空", "格式不能為空", "the format is empty")
    if text in MOMENTS or text in ("ul", "boolean"):
        return Format(text)
    match = _LENGTHS.fullmatch(text)
    if match is None:
        raise _unknown(text, pointer)
    found = _read(match)
    for why, (hans, hant, en) in _nonsense(found):
        raise _bad(pointer, why, f"“{text}”：{hans}", f"「{text}」：{hant}", f"{text}: {en}")
    return found


def _read(match: re.Match[str]) -> Format:
    low, high = match["low"], match["high"]
    if match["to"] is None:
        high = low
    return Format(
        match["kind"], int(low) if low else 1, int(high) if high else None, int(match["decimals"] or 0)
    )


_Words = tuple[str, str, str]


def _nonsense(found: Format) -> Iterator[tuple[str, _Words]]:
    """What a well-written format says that cannot be meant."""
    high = found.high
    if found.low < 1 or high == 0:
        yield "zero", ("长度至少为 1", "長度至少為 1", "a length is at least 1")
    if high is not None and found.low > high:
        yield "order", ("下限大于上限", "下限大於上限", "the lower bound exceeds the upper")
    if (high or 0) > (_MOST_DIGITS if found.decimals else _LONGEST):
        yield "too_long", ("长度超出允许的上限", "長度超出允許的上限", "the length is out of range")
    if found.decimals and found.kind != "n":
        yield "decimals", ("只有 n 可以带小数位", "只有 n 可以帶小數位", "only n takes decimals")
    if found.decimals and high is not None and found.decimals >= high:
        yield (
            "decimals",
            (
                "小数位数应小于总位数",
                "小數位數應小於總位數",
                "decimals must be fewer than all digits",
            ),
        )


def _unknown(text: str, pointer: str) -> BadInput:
    if text.upper().startswith(("YYYY", "HH")):
        known = " ".join(MOMENTS)
        return _bad(
            pointer,
            "moment",
            f"“{text}”不是可用的日期时间写法，可用：{known}",
            f"「{text}」不是可用的日期時間寫法，可用：{known}",
            f"{text} is no known way to write a moment; known: {known}",
        )
    match = _LENGTHS.match(text)
    at = 1 + (match.end() if match else 0)
    return _bad(
        pointer,
        "unknown",
        f"格式“{text}”从第 {at} 个字符起无法识别，例：{_EXAMPLES}",
        f"格式「{text}」從第 {at} 個字元起無法識別，例：{_EXAMPLES}",
        f"format {text} cannot be read from character {at}; examples: {_EXAMPLES}",
    )


_EXAMPLES = "n6 an..200 an3..8 n..17,2 ul boolean YYYYMMDD"


def _bad(pointer: str, why: str, hans: str, hant: str, en: str) -> BadInput:
    message = {"zh-Hans": hans, "zh-Hant": hant, "en": en}
    return BadInput(message, [Fault(pointer, f"format.{why}", message)])


_KIND_WORDS: Mapping[str, _Words] = {
    "a": ("个不含数字的字符", "個不含數字的字元", "characters without digits"),
    "n": ("位数字", "位數字", "digits"),
    "an": ("个字符", "個字元", "characters"),
}


def _describe(found: Format) -> Text:
    if found.kind == "boolean":
        return {"zh-Hans": "是或否", "zh-Hant": "是或否", "en": "yes or no"}
    if found.kind == "ul":
        return {"zh-Hans": "文字", "zh-Hant": "文字", "en": "text"}
    if found.is_moment:
        return {
            "zh-Hans": f"按 {found} 书写的有效日期或时间",
            "zh-Hant": f"按 {found} 書寫的有效日期或時間",
            "en": f"a valid date or time written {found}",
        }
    if found.decimals:
        return {
            "zh-Hans": f"小数不超过 {found.decimals} 位的数值",
            "zh-Hant": f"小數不超過 {found.decimals} 位的數值",
            "en": f"a number with at most {found.decimals} decimals",
        }
    hans, hant, en = _KIND_WORDS[found.kind]
    count = _count(found)
    return {"zh-Hans": f"{count} {hans}", "zh-Hant": f"{count} {hant}", "en": f"{count} {en}"}


def _count(found: Format) -> str:
    if found.high is None:
        return f"≥ {found.low}"
    return str(found.high) if found.low == found.high else f"{found.low}–{found.high}"

"""Case numbers 辦件編號 by a scheme that is data: its parts, its serial and its check character.

`{"parts": ["agency", {"text": "-"}, "year", "serial", "check"], "serial": {"width": 6, "reset": "year"},
"check": "mod_37_36"}`. The parts are `item`, `agency`, `region`, `year`, `month`, `day`, `serial`, `check` and literal
text. A serial begins again when the period of `reset` ends; past its width it grows by a digit and repeats nothing,
which is why it stands last, before the check character alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gdbos_atom.identifiers import citizen_id, licence_id
from gdbos_atom.identifiers.characters import A36, DIGITS
from gdbos_contracts.errors import Fault

Json = Mapping[str, Any]
TEXT = "text"
GIVEN = ("item", "agency", "region")
DATES: Mapping[str, str] = {"year": "%Y", "month": "%m", "day": "%d"}
RESETS: Mapping[str, tuple[str, ...]] = {
    "day": ("year", "month", "day"),
    "month": ("year", "month"),
    "year": ("year",),
    "never": (),
}
"""Period of the serial → the parts that tell one period from the next."""
LEAST_WIDTH: Mapping[str, int] = {"day": 3, "month": 5, "year": 6, "never": 8}
"""Room for a thousand cases a day; a reset of `never` for 270 years of them."""
WIDEST, LONGEST = 12, 50
"""Digits of a serial; characters of a number: varchar(50) of the national upload (domain facts §2.6)."""
GROWTH = 2
"""Digits that a serial may outgrow its width by and still fit."""
CHECKS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "mod_37_36": (A36, licence_id.check_character),
    "mod_11_2": (DIGITS, citizen_id.check_character),
}
"""ISO/IEC 7064 check by name → what it can count, and the character over it; hyphens are left out."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """`parts` are (kind, literal); the literal is "" but for text."""

    parts: tuple[tuple[str, str], ...]
    width: int
    reset: str
    check: str = ""

    @classmethod
    def from_data(cls, data: Json) -> Scheme:
        """A scheme that `lint` found nothing wrong with."""
        serial = data.get("serial", {})
        return cls(
            tuple((p, "") if isinstance(p, str) else (TEXT, p[TEXT]) for p in data["parts"]),
            serial.get("width", DEFAULT_WIDTH),
            serial.get("reset", DEFAULT_RESET),
            data.get("check", ""),
        )

    def key(self, facts: Mapping[str, str], on: date) -> str:
        """What numbers of one serial have in common: two numbers of one key never have one serial."""
        kept = RESETS[self.reset]
        return "".join(
            _shown(kind, literal, facts, on)
            for kind, literal in self.parts
            if kind not in ("serial", "check") and (kind not in DATES or kind in kept)
        )

    def number(self, facts: Mapping[str, str], on: date, serial: int) -> str:
        """`facts` give item, agency and region; `serial` counts from 1."""
        shown = dict(facts) | {"serial": f"{serial:0{self.width}d}", "check": ""}
        body = "".join(_shown(kind, literal, shown, on) for kind, literal in self.parts)
        return body + CHECKS[self.check][1](body.replace("-", "")) if self.check else body


DEFAULT_WIDTH, DEFAULT_RESET = 4, "day"
DEFAULT = Scheme(
    (("item", ""), ("year", ""), ("month", ""), ("day", ""), ("serial", "")), DEFAULT_WIDTH, DEFAULT_RESET
)
"""實施編碼 + YYYYMMDD + serial of the day, as the national platform numbers its cases."""


def lint(data: Any, facts: Mapping[str, str]) -> list[Fault]:
    """Everything that would let two cases have one number, break the format early, or not fit the columns of others;
    `facts` are those of the item that would be numbered."""
    faults = list(_shape(data))
    if faults:
        return faults
    scheme = Scheme.from_data(data)
    return [*_order(scheme), *_period(scheme), *_check(scheme, facts), *_length(scheme, facts)]


def _shown(kind: str, literal: str, facts: Mapping[str, str], on: date) -> str:
    if kind == TEXT:
        return literal
    return on.strftime(DATES[kind]) if kind in DATES else facts[kind]


def _shape(data: Any) -> Iterator[Fault]:
    if not isinstance(data, Mapping) or not isinstance(data.get("parts"), list) or not data["parts"]:
        yield _fault("/parts", "scheme_parts")
        return
    known = (*GIVEN, *DATES, "serial", "check")
    for index, part in enumerate(data["parts"]):
        literal = part.get(TEXT) if isinstance(part, Mapping) and set(part) == {TEXT} else None
        text = isinstance(literal, str) and re.fullmatch("[0-9A-Z-]{1,20}", literal)
        if part not in known and not text:
            yield _fault(f"/parts/{index}", "scheme_part", str(part)[:40])
    serial = data.get("serial", {})
    if not isinstance(serial, Mapping) or serial.get("reset", DEFAULT_RESET) not in tuple(RESETS):
        yield _fault("/serial/reset", "scheme_reset")
    elif type(serial.get("width", DEFAULT_WIDTH)) is not int or not 1 <= serial.get("width", 1) <= WIDEST:
        yield _fault("/serial/width", "scheme_width", WIDEST)
    if data.get("check", "") not in ("", *CHECKS):
        yield _fault("/check", "scheme_check", ", ".join(CHECKS))


def _order(scheme: Scheme) -> Iterator[Fault]:
    kinds = [kind for kind, _ in scheme.parts]
    tail = ["serial", "check"] if scheme.check else ["serial"]
    if kinds[-len(tail) :] != tail or kinds.count("serial") != 1 or kinds.count("check") != len(tail) - 1:
        yield _fault("/parts", "scheme_order", " + ".join(tail))
    for kind in {kind for kind in kinds if kind in DATES and kinds.count(kind) > 1}:
        yield _fault("/parts", "scheme_part", kind)


def _period(scheme: Scheme) -> Iterator[Fault]:
    kinds = {kind for kind, _ in scheme.parts}
    absent = [kind for kind in RESETS[scheme.reset] if kind not in kinds]
    if absent:
        yield _fault("/serial/reset", "scheme_collides", scheme.reset, ", ".join(absent))
    if scheme.width < LEAST_WIDTH[scheme.reset]:
        yield _fault("/serial/width", "scheme_overflows", scheme.reset, LEAST_WIDTH[scheme.reset])


def _check(scheme: Scheme, facts: Mapping[str, str]) -> Iterator[Fault]:
    if scheme.check:
        body = "".join(
            literal or facts.get(kind, "") for kind, literal in scheme.parts if kind in (TEXT, *GIVEN)
        )
        strange = sorted(set(body) - set(CHECKS[scheme.check][0]) - {"-"})
        if strange:
            yield _fault("/check", "scheme_alphabet", scheme.check, "".join(strange))


def _length(scheme: Scheme, facts: Mapping[str, str]) -> Iterator[Fault]:
    spread = {"year": 4, "month": 2, "day": 2, "serial": scheme.width + GROWTH, "check": 1}
    longest = sum(
        len(literal) if kind == TEXT else spread.get(kind, len(facts.get(kind, "")))
        for kind, literal in scheme.parts
    )
    if longest > LONGEST:
        yield _fault("/parts", "scheme_long", longest, LONGEST)


_MESSAGES: Mapping[str, tuple[str, str, str]] = {
    "scheme_parts": (
        "编号规则应列出组成部分",
        "編號規則應列出組成部分",
        "A numbering scheme lists its parts",
    ),
    "scheme_part": ("不能使用这一部分：{0}", "不能使用這一部分：{0}", "{0} cannot be a part here"),
    "scheme_reset": (
        "流水号周期应为 day、month、year 或 never",
        "流水號週期應為 day、month、year 或 never",
        "The serial begins again by day, month, year or never",
    ),
    "scheme_width": (
        "流水号应为 1 至 {0} 位",
        "流水號應為 1 至 {0} 位",
        "The serial has 1 to {0} digits",
    ),
    "scheme_check": ("校验位应为：{0}", "校驗位應為：{0}", "The check character is one of {0}"),
    "scheme_order": (
        "编号应以 {0} 结尾，且只出现一次：流水号超长时才不会重号",
        "編號應以 {0} 結尾，且只出現一次：流水號超長時才不會重號",
        "A number ends with {0}, once: only then a serial that outgrows its width repeats no number",
    ),
    "scheme_collides": (
        "流水号按 {0} 重新开始，编号中却没有 {1}，会重号",
        "流水號按 {0} 重新開始，編號中卻沒有 {1}，會重號",
        "The serial begins again by {0}, but the number does not show {1}: numbers would repeat",
    ),
    "scheme_overflows": (
        "按 {0} 重新开始的流水号至少要 {1} 位，否则会溢出",
        "按 {0} 重新開始的流水號至少要 {1} 位，否則會溢出",
        "A serial by {0} overflows under {1} digits",
    ),
    "scheme_alphabet": (
        "校验算法 {0} 不能计算这些字符：{1}",
        "校驗算法 {0} 不能計算這些字元：{1}",
        "{0} cannot count the characters {1}",
    ),
    "scheme_long": (
        "编号最长 {0} 个字符，超过上报所容的 {1} 个",
        "編號最長 {0} 個字元，超過上報所容的 {1} 個",
        "A number of {0} characters does not fit the {1} of the national upload",
    ),
}


def _fault(pointer: str, code: str, *details: object) -> Fault:
    hans, hant, english = (text.format(*details) for text in _MESSAGES[code])
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})

"""Numbers and strings: each keyword of the wide side, shown from the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from gdbos_atom.validation.declared import CONTENT
from services.standards.domain.compat.facts import Facts, Flat
from services.standards.domain.compat.languages import ANY, Span, empty, outside
from services.standards.domain.compat.patterns import matcher

Check = Callable[[Any, Facts, Flat, str], bool]


def ranges_apart(one: Facts, other: Facts) -> bool:
    """Numbers that cannot meet, when both hold nothing but numbers; or texts of other lengths."""
    if one.types == other.types == {"number"}:
        return _below(one.highest(), other.lowest()) or _below(other.highest(), one.lowest())
    if one.types == other.types == {"string"}:
        return _shorter(one, other) or _shorter(other, one)
    return False


def _below(high: tuple[Fraction, bool] | None, low: tuple[Fraction, bool] | None) -> bool:
    if high is None or low is None:
        return False
    return high[0] < low[0] or (high[0] == low[0] and (high[1] or low[1]))


def _shorter(one: Facts, other: Facts) -> bool:
    most = one.most("maxLength")
    return most is not None and most < other.least("minLength")


def _minimum(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    low = facts.lowest()
    return low is not None and low[0] >= Fraction(str(wide["minimum"]))


def _maximum(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    high = facts.highest()
    return high is not None and high[0] <= Fraction(str(wide["maximum"]))


def _over(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    low, bound = facts.lowest(), Fraction(str(wide["exclusiveMinimum"]))
    return low is not None and (low[0] > bound or (low[0] == bound and low[1]))


def _under(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    high, bound = facts.highest(), Fraction(str(wide["exclusiveMaximum"]))
    return high is not None and (high[0] < bound or (high[0] == bound and high[1]))


def _multiple(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    step = Fraction(str(wide["multipleOf"]))
    held = [Fraction(str(each)) for each in facts.of("multipleOf")] + (
        [Fraction(1)] if facts.integral else []
    )
    return any((each / step).denominator == 1 for each in held)


def _longer(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    least = int(wide["minLength"])
    return facts.least("minLength") >= least or _spelt(facts, "", (least, None))


def _at_most(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    most, bound = facts.most("maxLength"), int(wide["maxLength"])
    return (most is not None and most <= bound) or _spelt(facts, "", (0, bound))


def _spelt(facts: Facts, pattern: str, span: Span) -> bool:
    """What the patterns say, read as the languages that they are."""
    patterns, own = facts.texts()
    return bool(patterns or pattern) and outside(patterns, own, pattern, span) is False


def no_text(facts: Facts) -> bool:
    """The patterns and lengths of the facts exclude each other."""
    return bool(facts.of("pattern")) and empty(*facts.texts())


def _same(keyword: str) -> Check:
    return lambda _, facts, wide, at: wide[keyword] in facts.of(keyword)


def _decimal_least(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return any(Fraction(held) >= Fraction(wide["x-minimum"]) for held in facts.of("x-minimum"))


def _decimal_most(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return any(Fraction(held) <= Fraction(wide["x-maximum"]) for held in facts.of("x-maximum"))


def _pattern(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    """The same pattern, one that every text matches (it finds the empty text and looks at nothing around), or one that
    takes in all texts of those that are given."""
    pattern = wide["pattern"]
    plain = not any(sign in pattern for sign in ("^", "$", "\\", "(?"))
    return pattern in facts.of("pattern") or (plain and matcher(pattern)("")) or _spelt(facts, pattern, ANY)


def _content(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    """The same, or more: what must hold JSON in base64 is base64."""
    encoding, media_type = wide[CONTENT]
    held = [media for code, media in facts.of(CONTENT) if code == encoding]
    if media_type in held or (held and not media_type):
        return True
    keyword = "contentMediaType" if held or not encoding else "contentEncoding"
    return bool(prover.fail(keyword, at.removesuffix(CONTENT) + keyword))


NUMBER: Mapping[str, Check] = {
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _over,
    "exclusiveMaximum": _under,
    "multipleOf": _multiple,
}
STRING: Mapping[str, Check] = {
    "minLength": _longer,
    "maxLength": _at_most,
    "pattern": _pattern,
    "format": _same("format"),
    "x-check": _same("x-check"),
    "x-minimum": _decimal_least,
    "x-maximum": _decimal_most,
    CONTENT: _content,
}

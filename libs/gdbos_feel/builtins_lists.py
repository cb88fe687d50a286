"""Lists and contexts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import cmp_to_key
from statistics import median, multimode
from typing import Any

from gdbos_feel.values import DECIMAL, compare, equal, is_number


def _extreme(sign: int) -> Callable[[list[Any]], Any]:
    def pick(entries: list[Any]) -> Any:
        if not entries or compare(entries[0], entries[0]) is None:
            return None
        best = entries[0]
        for each in entries[1:]:
            order = compare(each, best)
            if order is None:
                return None
            best = each if order * sign > 0 else best
        return best

    return pick


def _of_numbers(function: Callable[[list[Decimal]], Any]) -> Callable[[list[Any]], Any]:
    """null for an empty list and for entries that are no numbers."""

    def only(entries: list[Any]) -> Any:
        if not entries or not all(is_number(each) for each in entries):
            return None
        with localcontext(DECIMAL):
            return function(entries)

    return only


def _product(numbers: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for each in numbers:
        result *= each
    return result


def _deviation(numbers: list[Decimal]) -> Decimal | None:
    """Of a sample."""
    if len(numbers) < 2:
        return None
    mean = sum(numbers, Decimal(0)) / len(numbers)
    return (sum(((n - mean) ** 2 for n in numbers), Decimal(0)) / (len(numbers) - 1)).sqrt()


def _mode(entries: list[Any]) -> list[Decimal] | None:
    return sorted(multimode(entries)) if all(is_number(each) for each in entries) else None


def _place(entries: list[Any], position: Decimal) -> int:
    """The index; LookupError for a position that the list does not have."""
    place = int(position)
    if place != position or place == 0 or abs(place) > len(entries):
        raise LookupError(place)
    return place - 1 if place > 0 else len(entries) + place


def _sublist(entries: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    begin = _place(entries, start)
    if length is None:
        return entries[begin:]
    return entries[begin : begin + int(length)] if 0 < length <= len(entries) - begin else None


def _insert(entries: list[Any], position: Decimal, item: Any) -> list[Any]:
    place = _place(entries, position)
    return [*entries[:place], item, *entries[place:]]


def _remove(entries: list[Any], position: Decimal) -> list[Any]:
    place = _place(entries, position)
    return entries[:place] + entries[place + 1 :]


def _replace(entries: list[Any], position: Decimal, item: Any) -> list[Any]:
    place = _place(entries, position)
    return [*entries[:place], item, *entries[place + 1 :]]


def _replace_matching(entries: list[Any], match: Callable[..., Any], item: Any) -> list[Any] | None:
    found = [match(each, item) for each in entries]
    if not all(isinstance(each, bool) for each in found):
        return None
    return [item if hit else each for each, hit in zip(entries, found, strict=True)]


def _concatenate(lists: list[Any]) -> list[Any]:
    if None in lists:
        raise TypeError
    return [each for entries in lists for each in (entries if isinstance(entries, list) else [entries])]


def _distinct(entries: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in entries:
        if not any(equal(each, held) is True for held in found):
            found.append(each)
    return found


def _flatten(entries: list[Any]) -> list[Any]:
    return [inner for each in entries for inner in (_flatten(each) if isinstance(each, list) else [each])]


def _sort(entries: list[Any], precedes: Callable[..., Any] | None = None) -> list[Any] | None:
    if precedes is None:
        if any(compare(each, entries[0]) is None for each in entries):
            return None
        return sorted(entries, key=cmp_to_key(lambda a, b: compare(a, b) or 0))
    decide = precedes
    return sorted(
        entries,
        key=cmp_to_key(lambda a, b: -1 if decide(a, b) is True else 1 if decide(b, a) is True else 0),
    )


def _value(context: dict[str, Any], key: str) -> Any:
    return context.get(key)


def _value_along(context: Any, keys: list[Any]) -> Any:
    for key in keys:
        context = context.get(key) if isinstance(context, dict) else None
    return context if keys else None


def _entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[Any]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for each in entries:
        if not isinstance(each.get("key"), str) or "value" not in each or each["key"] in made:
            return None
        made[each["key"]] = each["value"]
    return made


def _put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any] | None:
    return {**context, key: value} if isinstance(key, str) else None


def _put_along(context: Any, keys: list[Any], value: Any) -> dict[str, Any] | None:
    if not keys or not isinstance(keys[0], str) or not isinstance(context, dict):
        return None
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = _put_along(context.get(keys[0], {}), keys[1:], value)
    return None if inner is None else {**context, keys[0]: inner}


def _merge(contexts: list[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for each in contexts:
        merged.update(dict(each.items()))
    return merged


FUNCTIONS: list[tuple[str, str, Callable[..., Any]]] = [
    ("list contains", "list: list, element", lambda e, x: any(equal(each, x) is True for each in e)),
    ("count", "list: list", lambda entries: Decimal(len(entries))),
    ("min", "*list", _extreme(-1)),
    ("max", "*list", _extreme(1)),
    ("sum", "*list", _of_numbers(lambda numbers: sum(numbers, Decimal(0)))),
    ("mean", "*list", _of_numbers(lambda numbers: sum(numbers, Decimal(0)) / len(numbers))),
    ("product", "*list", _of_numbers(_product)),
    ("median", "*list", _of_numbers(median)),
    ("stddev", "*list", _of_numbers(_deviation)),
    ("mode", "*list", _mode),
    ("sublist", "list: list, start position: number, length?: number", _sublist),
    ("append", "list: list, *item", lambda entries, items: [*entries, *items]),
    ("concatenate", "*lists", _concatenate),
    ("insert before", "list: list, position: number, newItem", _insert),
    ("remove", "list: list, position: number", _remove),
    ("list replace", "list: list, position: number, newItem", _replace),
    ("list replace", "list: list, match: function, newItem", _replace_matching),
    ("reverse", "list: list", lambda entries: entries[::-1]),
    ("index of", "list: list, match",
     lambda e, x: [Decimal(i) for i, each in enumerate(e, 1) if equal(each, x) is True]),
    ("union", "*lists", lambda lists: _distinct(_concatenate(lists))),
    ("distinct values", "list: list", _distinct),
    ("flatten", "list: list", _flatten),
    ("sort", "list: list, precedes?: function", _sort),
    ("get value", "m: context, key: string", _value),
    ("get value", "m: context, keys: list", _value_along),
    ("get entries", "m: context", _entries),
    ("context", "entries: list", _context),
    ("context put", "context: context, key: string, value", _put),
    ("context put", "context: context, keys: list, value", _put_along),
    ("context merge", "contexts: list", _merge),
]  # fmt: skip

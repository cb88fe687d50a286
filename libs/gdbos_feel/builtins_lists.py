"""Lists and contexts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import cmp_to_key
from statistics import median, multimode
from typing import Any

from gdbos_feel.values import DECIMAL, arithmetic, compare, equal, is_number


def _listed(value: Any) -> list[Any]:
    if value is None:
        raise TypeError
    return value if isinstance(value, list) else [value]


def _contains(entries: Any, element: Any) -> bool:
    return any(equal(each, element) is True for each in _listed(entries))


def _extreme(sign: int) -> Callable[[list[Any]], Any]:
    def pick(entries: list[Any]) -> Any:
        if not entries:
            return None
        best = entries[0]
        for each in entries[1:]:
            order = compare(each, best)
            if order is None:
                return None
            best = each if order * sign > 0 else best
        return best if compare(best, best) is not None else None

    return pick


def _sum(entries: list[Any]) -> Any:
    if not entries:
        return None
    total = entries[0]
    for each in entries[1:]:
        total = arithmetic("+", total, each)
    return total if is_number(total) or len(entries) > 1 else total if not isinstance(total, str) else None


def _mean(entries: list[Any]) -> Any:
    total = _numbers(entries)
    with localcontext(DECIMAL):
        return sum(total, Decimal(0)) / len(total) if total else None


def _numbers(entries: list[Any]) -> list[Decimal]:
    if not all(is_number(each) for each in entries):
        raise TypeError
    return entries


def _product(entries: list[Any]) -> Decimal | None:
    result = Decimal(1)
    for each in _numbers(entries):
        result = DECIMAL.multiply(result, each)
    return result if entries else None


def _median(entries: list[Any]) -> Decimal | None:
    return median(_numbers(entries)) if entries else None


def _stddev(entries: list[Any]) -> Decimal | None:
    numbers = _numbers(entries)
    if len(numbers) < 2:
        return None
    with localcontext(DECIMAL):
        mean = sum(numbers, Decimal(0)) / len(numbers)
        spread = sum(((n - mean) ** 2 for n in numbers), Decimal(0)) / (len(numbers) - 1)
        return spread.sqrt()


def _mode(entries: list[Any]) -> list[Decimal]:
    return sorted(multimode(_numbers(entries)))


def _all(entries: list[Any]) -> bool | None:
    if any(each is False for each in entries):
        return False
    return None if any(each is not True for each in entries) else True


def _any(entries: list[Any]) -> bool | None:
    if any(each is True for each in entries):
        return True
    return None if any(each is not False for each in entries) else False


def _sublist(entries: Any, start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    items, place = _listed(entries), int(start)
    if place == 0 or abs(place) > len(items):
        return None
    begin = place - 1 if place > 0 else len(items) + place
    if length is None:
        return items[begin:]
    return items[begin : begin + int(length)] if begin + int(length) <= len(items) and length > 0 else None


def _append(entries: Any, *items: Any) -> list[Any]:
    return [*(entries if isinstance(entries, list) else [entries]), *items]


def _concatenate(*lists: Any) -> list[Any]:
    return [each for entries in lists for each in (entries if isinstance(entries, list) else [entries])]


def _insert(entries: Any, position: Decimal, item: Any) -> list[Any] | None:
    items, place = list(_listed(entries)), int(position)
    if place == 0 or abs(place) > len(items):
        return None
    items.insert(place - 1 if place > 0 else len(items) + place, item)
    return items


def _remove(entries: Any, position: Decimal) -> list[Any] | None:
    items, place = list(_listed(entries)), int(position)
    if place == 0 or abs(place) > len(items):
        return None
    del items[place - 1 if place > 0 else place]
    return items


def _replace(entries: Any, where: Any, item: Any) -> list[Any] | None:
    items = list(_listed(entries))
    if callable(where):
        found = [where(each, item) for each in items]
        if not all(isinstance(each, bool) for each in found):
            return None
        return [item if hit else each for each, hit in zip(items, found, strict=True)]
    place = int(where)
    if place == 0 or abs(place) > len(items):
        return None
    items[place - 1 if place > 0 else place] = item
    return items


def _index_of(entries: Any, match: Any) -> list[Decimal]:
    return [Decimal(i) for i, each in enumerate(_listed(entries), 1) if equal(each, match) is True]


def _distinct(entries: Any) -> list[Any]:
    found: list[Any] = []
    for each in _listed(entries):
        if not any(equal(each, held) is True for held in found):
            found.append(each)
    return found


def _union(*lists: Any) -> list[Any]:
    return _distinct(_concatenate(*lists))


def _flatten(entries: Any) -> list[Any]:
    return [
        inner for each in _listed(entries) for inner in (_flatten(each) if isinstance(each, list) else [each])
    ]


def _sort(entries: Any, precedes: Any = None) -> list[Any] | None:
    items = list(_listed(entries))
    if precedes is None:
        if any(compare(a, items[0]) is None for a in items):
            return None
        return sorted(items, key=cmp_to_key(lambda a, b: compare(a, b) or 0))
    return sorted(
        items,
        key=cmp_to_key(lambda a, b: -1 if precedes(a, b) is True else 1 if precedes(b, a) is True else 0),
    )


def _entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: Any) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for each in _listed(entries):
        if not isinstance(each.get("key"), str) or "value" not in each or each["key"] in made:
            return None
        made[each["key"]] = each["value"]
    return made


def _put(context: dict[str, Any], key: Any, value: Any) -> dict[str, Any] | None:
    if isinstance(key, str):
        return {**context, key: value}
    if not isinstance(key, list) or not key or not isinstance(context, dict):
        return None
    if len(key) == 1:
        return {**context, key[0]: value}
    inner = _put(context.get(key[0]) or {}, key[1:], value)
    return None if inner is None else {**context, key[0]: inner}


def _merge(contexts: Any) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for each in _listed(contexts):
        merged.update(dict(each.items()))
    return merged


FUNCTIONS = [
    ("list contains", "list, element", _contains),
    ("count", "list", lambda entries: Decimal(len(_listed(entries)))),
    ("min", "*", _extreme(-1)),
    ("max", "*", _extreme(1)),
    ("sum", "*", _sum),
    ("mean", "*", _mean),
    ("product", "*", _product),
    ("median", "*", _median),
    ("stddev", "*", _stddev),
    ("mode", "*", _mode),
    ("all", "*", _all),
    ("any", "*", _any),
    ("and", "*", _all),
    ("or", "*", _any),
    ("sublist", "list, start position, length?", _sublist),
    ("append", "list, item, i2?, i3?, i4?, i5?, i6?, i7?, i8?", _append),
    ("concatenate", "list, l2?, l3?, l4?, l5?, l6?, l7?, l8?", _concatenate),
    ("insert before", "list, position, newItem", _insert),
    ("remove", "list, position", _remove),
    ("list replace", "list, position, newItem", _replace),
    ("list replace", "list, match, newItem", _replace),
    ("reverse", "list", lambda entries: _listed(entries)[::-1]),
    ("index of", "list, match", _index_of),
    ("union", "list, l2?, l3?, l4?, l5?, l6?, l7?, l8?", _union),
    ("distinct values", "list", _distinct),
    ("flatten", "list", _flatten),
    ("sort", "list, precedes?", _sort),
    ("get value", "m, key", lambda m, key: m.get(key)),
    ("get value", "context, key", lambda m, key: m.get(key)),
    ("get entries", "m", _entries),
    ("get entries", "context", _entries),
    ("context", "entries", _context),
    ("context put", "context, key, value", _put),
    ("context put", "context, keys, value", _put),
    ("context merge", "contexts", _merge),
]

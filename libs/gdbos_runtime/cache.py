"""Caches: for ever for what never changes, for seconds for what may."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
_ALL: WeakSet[PublishedCache[Any]] = WeakSet()


def forget() -> None:
    """All that this process remembers: for when something was read that turns out never to have been written."""
    for each in tuple(_ALL):
        each.clear()


class PublishedCache(Generic[Value]):
    """Published versions never change, so only size ends their stay (least recently used goes)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        _ALL.add(self)

    def get(self, key: Hashable, load: Callable[[], Value]) -> Value:
        try:
            self._held.move_to_end(key)
            return self._held[key]
        except KeyError:
            value = self._held[key] = load()
            if len(self._held) > self._size:
                self._held.popitem(last=False)
            return value

    def drop(self, key: Hashable) -> None:
        self._held.pop(key, None)

    def clear(self) -> None:
        self._held.clear()


class TtlCache(Generic[Value]):
    """Values that may be `seconds` old."""

    def __init__(self, seconds: float, size: int) -> None:
        self._seconds = seconds
        self._held: PublishedCache[tuple[float, Value]] = PublishedCache(size)

    def get(self, key: Hashable, load: Callable[[], Value]) -> Value:
        def stamped() -> tuple[float, Value]:
            return time.monotonic() + self._seconds, load()

        until, value = self._held.get(key, stamped)
        if until <= time.monotonic():
            self._held.drop(key)
            value = self._held.get(key, stamped)[1]
        return value

    def clear(self) -> None:
        self._held.clear()

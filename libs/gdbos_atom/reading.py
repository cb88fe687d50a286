"""Strict reading of plain data into domain objects: every fault with its JSON Pointer, unknown keys included."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from gdbos_atom.pointers import escape
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import LANGUAGES, Text

T = TypeVar("T")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Reader:
    """Reads one JSON object key by key and gathers faults instead of stopping at the first.

    Call the typed readers for every key that is known, then `finish()`, which reports the keys that were not
    and raises BadInput when anything was wrong.
    """

    def __init__(self, data: object, pointer: str = "", faults: list[Fault] | None = None) -> None:
        self.pointer = pointer
        self.faults: list[Fault] = [] if faults is None else faults
        self._seen: set[str] = set()
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.fault("", "type", "应为对象", "應為物件", "must be an object")

    def fault(self, key: str | int, code: str, hans: str, hant: str, en: str) -> None:
        pointer = f"{self.pointer}/{escape(key)}" if key != "" else self.pointer
        self.faults.append(Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": en}))

    def string(self, key: str, default: str | None = None, *, pattern: str | None = None) -> str:
        """A string; required unless `default` is given."""
        value = self._take(key, default)
        if value is None or value is default:
            return default or ""
        if not isinstance(value, str):
            self.fault(key, "type", "应为文本", "應為文字", "must be a string")
            return ""
        if pattern and not re.fullmatch(pattern, value, re.ASCII):
            self.fault(key, "pattern", f"应符合 {pattern}", f"應符合 {pattern}", f"must match {pattern}")
        return value

    def integer(self, key: str, default: int | None = None, *, minimum: int = 0) -> int:
        """A whole number of at least `minimum`; required unless `default` is given."""
        value = self._take(key, default)
        if value is None:
            return minimum
        if isinstance(value, bool) or not isinstance(value, int) or value < minimum:
            self.fault(
                key,
                "integer",
                f"应为不小于 {minimum} 的整数",
                f"應為不小於 {minimum} 的整數",
                f"must be an integer ≥ {minimum}",
            )
            return minimum
        return value

    def boolean(self, key: str, default: bool = False) -> bool:
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self.fault(key, "type", "应为 true 或 false", "應為 true 或 false", "must be true or false")
        return default

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of `choices`; required unless `default` is given."""
        value = self.string(key, default)
        if value not in choices and (value or default is None) and not self._faulty(key):
            known = " · ".join(sorted(choices))
            self.fault(
                key, "choice", f"应为其中之一：{known}", f"應為其中之一：{known}", f"must be one of: {known}"
            )
        return value

    def text(self, key: str, *, required: bool = True) -> Text:
        """Text in three languages; the source language zh-Hans must be there."""
        value = self._take(key, None if required else {})
        if not value:
            return {}
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            self.fault(key, "type", "应为多语言文本", "應為多語言文字", "must be text by language")
            return {}
        inner = Reader(value, f"{self.pointer}/{escape(key)}", self.faults)
        for language in value:
            if language not in LANGUAGES:
                inner.fault(language, "language", "不支持的语言", "不支援的語言", "not a supported language")
        if not str(value.get("zh-Hans", "")).strip():
            self.fault(key, "language", "缺少简体中文（zh-Hans）", "缺少簡體中文（zh-Hans）", "lacks zh-Hans")
        return dict(value)

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty when absent."""
        return tuple(v for v in self._list(key) if self._is_string(key, v))

    def day(self, key: str) -> date | None:
        """An ISO date YYYY-MM-DD, None when absent."""
        value = self._take(key, "")
        if value == "":
            return None
        try:
            if isinstance(value, str) and _DATE.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fault(
            key, "date", "应为有效日期 YYYY-MM-DD", "應為有效日期 YYYY-MM-DD", "must be a date YYYY-MM-DD"
        )
        return None

    def value(self, key: str, default: Any = None) -> Any:
        """Whatever is there, unchecked."""
        return self._take(key, default)

    def has(self, key: str) -> bool:
        return key in self._data

    def child(self, key: str) -> Reader:
        """The reader of a nested object; its faults are gathered here."""
        return Reader(self._take(key, {}), f"{self.pointer}/{escape(key)}", self.faults)

    def each(self, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
        """`read` over a list of objects."""
        rows = self._list(key)
        base = f"{self.pointer}/{escape(key)}"
        return tuple(read(Reader(row, f"{base}/{i}", self.faults)) for i, row in enumerate(rows))

    def close(self) -> None:
        """Reports the keys that nobody asked for."""
        for key in self._data:
            if key not in self._seen:
                self.fault(key, "unknown", f"未知字段“{key}”", f"未知欄位「{key}」", f"unknown key {key}")

    def finish(self) -> None:
        """`close`, then BadInput with every fault if there is one."""
        self.close()
        if self.faults:
            raise BadInput(faults=self.faults)

    def _take(self, key: str, default: Any) -> Any:
        self._seen.add(key)
        if key in self._data and self._data[key] is not None:
            return self._data[key]
        if default is None:
            self.fault(key, "required", f"缺少“{key}”", f"缺少「{key}」", f"{key} is required")
        return default

    def _list(self, key: str) -> Sequence[Any]:
        value = self._take(key, [])
        if isinstance(value, (list, tuple)):
            return value
        self.fault(key, "type", "应为列表", "應為列表", "must be a list")
        return ()

    def _is_string(self, key: str, value: object) -> bool:
        if isinstance(value, str):
            return True
        self.fault(key, "type", "列表项应为文本", "列表項應為文字", "list items must be strings")
        return False

    def _faulty(self, key: str) -> bool:
        pointer = f"{self.pointer}/{escape(key)}"
        return any(f.pointer == pointer for f in self.faults)

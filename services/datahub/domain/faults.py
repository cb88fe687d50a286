"""Reading of declarative data with a JSON Pointer for everything wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_atom.pointers import escape
from gdbos_contracts.errors import Fault


class Reader:
    """Takes typed fields out of one JSON object and collects the faults."""

    def __init__(self, data: Mapping[str, Any], pointer: str = "") -> None:
        self._data = data
        self._pointer = pointer
        self._known: set[str] = set()
        self.faults: list[Fault] = []

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The field, its default, or a fault when it is missing or of another type."""
        self._known.add(name)
        value = self._data.get(name, default)
        if value is ...:
            self._fault(name, "required", "必填", "必填", "is required")
            return None
        if value is not default and not isinstance(value, kind):
            self._fault(name, "type", "类型不符", "類型不符", "has the wrong type")
            return None
        return value

    def choice(self, name: str, options: tuple[str, ...], default: Any = ...) -> Any:
        """A string that must be one of `options`."""
        value = self.take(name, str, default)
        if value is not None and value not in options:
            listed = ", ".join(options)
            self._fault(name, "choice", f"应为 {listed}", f"應為 {listed}", f"must be one of {listed}")
        return value

    def texts(self, name: str) -> Any:
        """An object whose values are text, none of it empty."""
        value = self.take(name, dict)
        for key in [key for key, own in (value or {}).items() if not isinstance(own, str) or not own]:
            self._fault(f"{name}/{escape(key)}", "type", "类型不符", "類型不符", "has the wrong type")
        return value

    def finish(self) -> list[Fault]:
        """All faults, with one for each field that nobody asked for."""
        for name in sorted(set(self._data) - self._known):
            self._fault(name, "unknown", "未知字段", "未知欄位", "is not known")
        return self.faults

    def _fault(self, name: str, code: str, hans: str, hant: str, en: str) -> None:
        self.faults.append(
            Fault(
                f"{self._pointer}/{name}",
                code,
                {"zh-Hans": f"{name}：{hans}", "zh-Hant": f"{name}：{hant}", "en": f"{name} {en}"},
            )
        )

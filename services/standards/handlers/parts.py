"""A handler as one part of a larger work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.standards.ports import Work


class Part:
    """One part of a larger work: what it commits is committed with the whole."""

    def __init__(self, whole: Work) -> None:
        self._whole = whole

    @property
    def now(self) -> datetime:
        return self._whole.now

    @property
    def at(self) -> str:
        return self._whole.at

    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None:
        self._whole.emit(type, subject, data)

    def audit(self, action: str, object: str, **facts: Any) -> None:
        self._whole.audit(action, object, **facts)

    def commit(self) -> None:
        """Left to the whole."""

"""The values of a scenario file: each read where it stands, with its fault, and a harmless one in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from gdbos_contracts.errors import Fault
from services.workflow.domain.simulation.distributions import FAMILIES, Distribution
from services.workflow.domain.simulation.faults import fault

Part = TypeVar("Part")


class Reader:
    """Collects the faults; gives a harmless value where it found one."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def note(self, pointer: str, code: str, *details: object) -> None:
        self.faults.append(fault(pointer, code, *details))

    def object(self, data: Any, pointer: str, allowed: frozenset[str] | None = None) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            self.note(pointer, "object")
            return {}
        known = {str(name): value for name, value in data.items()}
        for name in [name for name in known if allowed is not None and name not in allowed]:
            self.note(f"{pointer}/{name}", "unknown", name)
            del known[name]
        return known

    def table(self, data: Any, pointer: str, part: Callable[[Reader, Any, str], Part]) -> dict[str, Part]:
        return {
            name: part(self, value, f"{pointer}/{name}") for name, value in self.object(data, pointer).items()
        }

    def number(self, value: Any, pointer: str, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.note(pointer, "number", low, high)
            return low
        return value


def whole(low: int, high: int) -> Callable[[Reader, Any, str], int]:
    def part(reader: Reader, value: Any, pointer: str) -> int:
        number = reader.number(value, pointer, low, high)
        if number != int(number):
            reader.note(pointer, "number", low, high)
        return int(number)

    return part


def share(reader: Reader, value: Any, pointer: str) -> float:
    return float(reader.number(value, pointer, 0, 1))


def distribution(reader: Reader, value: Any, pointer: str) -> Distribution:
    try:
        return Distribution.of(value)
    except (ValueError, TypeError):
        reader.note(pointer, "distribution", ", ".join(FAMILIES))
        return Distribution("constant", (0.0,))


def shares(reader: Reader, value: Any, pointer: str) -> dict[str, float]:
    found = reader.table(value, pointer, share)
    if found and abs(sum(found.values()) - 1) > 1e-6:
        reader.note(pointer, "shares")
    return found


def day(reader: Reader, value: Any, pointer: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):  # YAML reads it so
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        reader.note(pointer, "date")
        return date.min


def text(reader: Reader, value: Any, pointer: str) -> str:
    if not isinstance(value, str) or len(value) > 200:
        reader.note(pointer, "unknown", value)
        return ""
    return value

"""Places in a diagram, as DI writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_DD = "{http://www.omg.org/spec/DD/20100524/DI}"


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


def box_of(shape: Any) -> Box | None:
    bounds = shape.find(f"{_DC}Bounds")
    if bounds is None:
        return None
    return Box(*(float(bounds.get(name) or 0) for name in ("x", "y", "width", "height")))


def points_of(edge: Any) -> list[tuple[float, float]]:
    return [(float(p.get("x") or 0), float(p.get("y") or 0)) for p in edge.iter(f"{_DD}waypoint")]

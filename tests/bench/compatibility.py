"""Compatibility checks per second on the public suite, beside compiling both schemas of each pair."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from support.house import SHARED

from gdbos_atom.validation import Validator
from services.standards.domain.compat import compare, compare_history
from services.standards.domain.compat.normal import DIALECT, normal

FILE = SHARED / "compat-apicurio" / "cases.json"
ROUNDS = 5


def figures() -> dict[str, float]:
    """{checks_per_second, declared_per_second, floor_per_second, transitive_ms}; {} where the suite is absent."""
    if not FILE.exists():
        return {}
    pairs = [(c["original"], c["updated"]) for c in json.loads(FILE.read_text(encoding="utf-8"))["tests"]]
    both = pairs + [(new, old) for old, new in pairs]
    versions = [
        {
            "type": "object",
            "properties": {f"e{n}": {"type": "string", "maxLength": 10 + v} for n in range(12)},
        }
        for v in range(100)
    ]
    newest = {
        "type": "object",
        "properties": {f"e{n}": {"type": "string", "maxLength": 200} for n in range(12)},
    }
    return {
        "checks_per_second": round(_rate(both, lambda old, new: compare(old, new, "backward"))),
        "declared_per_second": round(
            _rate(both, lambda old, new: compare(old, new, "backward", reading="declared"))
        ),
        "floor_per_second": round(_rate(both, _compiled)),
        "transitive_ms": round(
            1000 / _rate([(versions, newest)], lambda v, n: compare_history(v, n, "backward_transitive")), 1
        ),
    }


def _compiled(old: Any, new: Any) -> None:
    for schema in (old, new):
        form = normal(schema)
        Validator({"$schema": DIALECT, **form} if isinstance(form, dict) else form)


def _rate(pairs: list[tuple[Any, Any]], check: Callable[[Any, Any], Any]) -> float:
    began = time.perf_counter()
    for _ in range(ROUNDS):
        for old, new in pairs:
            check(old, new)
    return ROUNDS * len(pairs) / (time.perf_counter() - began)

"""What `gdbos dmn run` calls."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from gdbos_feel import dmn
from gdbos_feel.boundary import feel
from gdbos_feel.builtins_strings import text


def run_dmn(file: Path, decision: str, inputs: dict[str, Any], explain: bool) -> dict[str, Any]:
    """{"value", "errors"} of a decision, with "trace" when it is to be explained. Models that it imports are
    looked for beside the file. DmnError, FeelBudgetError, OSError."""
    definitions = dmn.read(file.read_bytes())
    others = []
    if definitions.imports:
        others = [dmn.read(p.read_bytes()) for p in sorted(file.parent.glob("*.dmn")) if p.name != file.name]
    result = dmn.compile(definitions, others).evaluate(decision, inputs)
    told = shown(result)
    return told if explain else {name: told[name] for name in ("value", "errors")}


def shown(result: dmn.Result) -> dict[str, Any]:
    """{"value", "errors", "trace"} as JSON."""
    trace = _json(feel(result.trace))
    return {"value": _json(feel(result.value)), "errors": result.errors, "trace": trace}


def _json(value: Any) -> Any:
    """Numbers as JSON has them; dates, durations, ranges as their FEEL text."""
    if isinstance(value, dict):
        return {key: _json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value is None or isinstance(value, (bool, str)) else text(value)

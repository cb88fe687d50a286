"""What `gdbos dmn run` calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gdbos_feel import dmn


def run_dmn(file: Path, decision: str, inputs: dict[str, Any], explain: bool) -> dict[str, Any]:
    """{"value", "errors"} of a decision, with "trace" when it is to be explained. Models that it imports are
    looked for beside the file. DmnError, FeelBudgetError, OSError."""
    definitions = dmn.read(file.read_bytes())
    others = []
    if definitions.imports:
        others = [dmn.read(p.read_bytes()) for p in sorted(file.parent.glob("*.dmn")) if p.name != file.name]
    result = dmn.compile(definitions, others).evaluate(decision, inputs)
    shown = {"value": result.value, "errors": result.errors}
    return {**shown, "trace": result.trace} if explain else shown

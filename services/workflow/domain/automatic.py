"""秒批: a decision table over trusted data grants, or a person decides. It never refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import gdbos_feel
from gdbos_feel.dmn import DmnError, Model
from gdbos_feel.open import answer_of
from services.workflow.domain.engine.expressions import plain

Json = Mapping[str, Any]
GRANT = "grant"
"""The one value that grants; every other one, and none, leads to a person."""
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` a person must decide: "", "unknown" (it hangs on facts that nobody vouches for), "undecided" or "fault".
    `unknown`: the elements on which it hangs. `explanation`: [{table, inputs, matched: [{row, cells, notes}]}]; the
    notes are the articles."""

    granted: bool
    why: str = ""
    unknown: tuple[str, ...] = ()
    explanation: Sequence[Json] = ()


def judge(
    model: Model, decision: str, inputs: Mapping[str, str], answers: Json, trusted: Json, today: date
) -> Verdict:
    """`inputs`: the model's input → data element; `trusted`: the elements whose value its source confirmed.

    What nobody vouches for is unknown: where the decision hangs on it a person decides, and is told which facts
    are missing; where the confirmed facts alone decide, it is not asked for.
    """
    unknown = {name for name, e in inputs.items() if e not in trusted or answers.get(e) in (None, "")}
    facts = {name: answers[element] for name, element in inputs.items() if name not in unknown}
    try:
        found, result = answer_of(model, decision, {**facts, TODAY: today}, unknown)
    except (DmnError, gdbos_feel.FeelError, gdbos_feel.FeelBudgetError):
        return Verdict(False, "fault")
    tables = [plain(entry) for entry in result.trace if "table" in entry]
    if not found.known:
        return Verdict(False, "unknown", tuple(sorted(inputs[name] for name in found.missing)), tables)
    if result.errors:
        return Verdict(False, "fault", explanation=tables)
    return Verdict(True, "", (), tables) if result.value == GRANT else Verdict(False, "undecided", (), tables)


def sampled(case_no: str, percent: float) -> bool:
    """Whether the case is looked at again: by its number alone, so that nobody can choose, and anybody can check."""
    place = int.from_bytes(hashlib.sha256(case_no.encode()).digest()[:8], "big")
    return place < percent / 100 * 2**64

"""Whether every document that one side writes is one that the other reads: by meaning, or as declared.

By *meaning* the values are compared that each schema accepts: a proof, a witness, or undecided where neither is found.
As *declared* it is what the authors wrote, where that asks for more than validation does:

1. What is declared is asserted (`gdbos_atom.validation.declared`): a pattern without an anchor describes the whole text,
   an encoding and a media type hold, a listed value is of the type beside it.
2. Two proofs are needed: of the values as they are validated, and of those that keep what is declared. So what breaks by
   meaning breaks as declared too; but for `oneOf`, whose branches are declared to be disjoint: one of them is enough.
3. An alternative is covered as a whole by one alternative, and what a condition asks is met under the same condition or
   under none; not by what several of them happen to accept together.
4. What does not follow from what is written is a difference: refused, and undecided only when it takes too long.

A refusal carries a witness, `confirmed` by `validity` or by `declaration` (`Validator(schema, declared=True)`). Where no
value was found that tells the two apart, `unwitnessed` says why the verdict stands all the same, and `parts` tells what
is written differently: pairs of subschemas, each with a value that is valid under exactly one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.standards.domain.compat import sampling
from services.standards.domain.compat.changes import Failed, told, unwitnessed
from services.standards.domain.compat.parts import told_apart
from services.standards.domain.compat.proving import Prover, TooLong
from services.standards.domain.compat.sides import Side

Json = Any
Verdict = dict[str, Any]
MOST_CHANGES = 50
_BUDGET: Failed = ("budget", "")


def alright() -> Verdict:
    return {"compatible": True, "changes": []}


def by_meaning(narrow: Side, wide: Side) -> Verdict:
    failed = _unproven(narrow, wide).failed
    if not failed:
        return alright()
    witness, changes = _witness(narrow, wide), _told(failed, wide)
    if witness is None:
        return {"compatible": None, "changes": changes}
    return {"compatible": False, "changes": changes, "witness": witness[0]}


def as_declared(narrow: Side, wide: Side) -> Verdict:
    proofs = [_unproven(narrow, wide, declared=True)]
    if _BUDGET not in proofs[0].failed:
        proofs.append(_unproven(narrow.asserting, wide.asserting, declared=True))
    failed = [each for proof in proofs for each in proof.failed]
    if not failed:
        return alright()
    changes = _told(failed, wide)
    for confirmed, sides in (
        ("validity", (narrow, wide)),
        ("declaration", (narrow.asserting, wide.asserting)),
    ):
        witness = _witness(*sides)
        if witness is not None:
            return {"compatible": False, "changes": changes, "witness": witness[0], "confirmed": confirmed}
    if _BUDGET in failed:
        return {"compatible": None, "changes": changes}
    shown = next((proof for proof in proofs if proof.parts), proofs[0])
    parts = told_apart(shown.parts, shown.narrow, shown.wide)
    reason = unwitnessed(kind for kind, _ in failed)
    return {"compatible": False, "changes": changes, "unwitnessed": reason, "parts": parts}


READINGS: Mapping[str, Callable[[Side, Side], Verdict]] = {"meaning": by_meaning, "declared": as_declared}


def _unproven(narrow: Side, wide: Side, *, declared: bool = False) -> Prover:
    """The attempt: nothing `failed` in a proof."""
    inner, outer = narrow.written, wide.read
    prover = Prover(inner, outer, declared=declared)
    try:
        if prover.within([inner.root], outer.root):
            prover.failed.clear()  # of ways that led nowhere, before another did
        elif not prover.failed:
            prover.fail("false", "")
    except (TooLong, RecursionError):
        prover.failed.append(_BUDGET)
    return prover


def _told(failed: list[Failed], wide: Side) -> list[dict[str, Any]]:
    return [told(kind, path, wide.read) for kind, path in list(dict.fromkeys(failed))[:MOST_CHANGES]]


def _witness(narrow: Side, wide: Side) -> tuple[Json] | None:
    """A value that the schemas tell apart as they were given; a lenient one has named members only."""
    inner, outer = narrow.written, wide.read
    before, after = narrow.validator(), wide.validator()
    closed = narrow.closed() if narrow.lenient else None
    for value in sampling.values([(inner.root, inner), (outer.root, outer)]):
        if before.verdict(value) and not after.verdict(value) and (closed is None or closed.verdict(value)):
            return (value,)
    return None

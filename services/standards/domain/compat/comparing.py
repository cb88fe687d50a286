"""Compatible in a mode: the proof, the witness, or neither.

Backward: what was valid stays valid; forward: what will be valid was valid; full: both. `transitive` compares
with every version and not with the last one only. `lenient` reads an object without `additionalProperties` as
closed for those who write: nobody wrote a member that the schema does not name, so a new optional member
breaks nobody. It is the safe default for schemas of ours, whose writers are validated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import sampling
from services.standards.domain.compat.changes import told
from services.standards.domain.compat.normal import DIALECT, Document
from services.standards.domain.compat.proving import Prover, TooLong

Json = Any
MODES: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "backward": ("backward",),
    "forward": ("forward",),
    "full": ("backward", "forward"),
}
MOST_CHANGES = 50


def compare(old: Json, new: Json, mode: str, *, lenient: bool = False) -> dict[str, Any]:
    """{compatible: true | false | null, changes: [{kind, path, message}], witness?}; null is undecided.
    Raises KeyError for an unknown mode and BadInput for what is no schema."""
    found = [
        _contained(old, new, lenient) if direction == "backward" else _contained(new, old, lenient)
        for direction in MODES[mode]
    ]
    refused = next((each for each in found if each["compatible"] is False), None)
    if refused is not None:
        return refused
    open_ones = [each for each in found if each["compatible"] is None]
    return open_ones[0] if open_ones else {"compatible": True, "changes": []}


def compare_history(
    versions: Sequence[Json], new: Json, mode: str, *, lenient: bool = False
) -> dict[str, Any]:
    """Transitive: with every earlier version, newest first; the first refusal, with `version` (from 1)."""
    undecided: dict[str, Any] | None = None
    for number in range(len(versions), 0, -1):
        found = compare(versions[number - 1], new, mode, lenient=lenient)
        if found["compatible"] is False:
            return {**found, "version": number}
        if found["compatible"] is None:
            undecided = undecided or {**found, "version": number}
    return undecided or {"compatible": True, "changes": []}


def _contained(narrow: Json, wide: Json, lenient: bool) -> dict[str, Any]:
    """Whether every document of `narrow` is one of `wide`."""
    inner, outer = Document(narrow), Document(wide)
    if lenient:
        _close(inner.root)
    prover = Prover(inner, outer)
    try:
        if prover.within([inner.root], outer.root):
            return {"compatible": True, "changes": []}
    except (TooLong, RecursionError):
        prover.failed.append(("budget", ""))
    witness = _witness(inner, outer, narrow if not lenient else None, wide)
    changes = [told(kind, path) for kind, path in list(dict.fromkeys(prover.failed))[:MOST_CHANGES]]
    if witness is None:
        return {"compatible": None, "changes": changes}
    return {"compatible": False, "changes": changes or [told("false", "")], "witness": witness[0]}


def _witness(inner: Document, outer: Document, narrow: Json, wide: Json) -> tuple[Json] | None:
    before = _validator(inner.root, narrow)
    after = _validator(outer.root, wide)
    for value in sampling.values([(inner.root, inner), (outer.root, outer)]):
        if before.verdict(value) and not after.verdict(value):
            return (value,)
    return None


def _validator(root: Json, given: Json) -> Validator:
    """Of the schema as it was given; of its 2020-12 form where it is written in a way that no engine reads."""
    try:
        if given is not None:
            return Validator(given)
    except BadInput:
        pass
    return Validator({"$schema": DIALECT, **root} if isinstance(root, dict) else root)


def _close(schema: Json) -> None:
    """Admit no member that is not named, where nothing is said about others."""
    if isinstance(schema, dict):
        named = "properties" in schema or "patternProperties" in schema
        if named and "additionalProperties" not in schema and "unevaluatedProperties" not in schema:
            schema["additionalProperties"] = False
        for value in schema.values():
            _close(value)
    elif isinstance(schema, list):
        for value in schema:
            _close(value)

"""Compatible in a mode: the proof, the witness, or neither.

Backward: what was valid stays valid; forward: what will be valid was valid; full: both. A `_transitive` mode
compares with every earlier version and not with the last one only. `lenient` is the safe default for schemas of
ours, whose writers are validated: nobody writes a member that the schema does not name (`openness`), so a new
optional member breaks nobody; a strict comparison takes an open object for what it is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.modes import MODES as NAMES
from gdbos_contracts.modes import TRANSITIVE
from services.standards.domain.compat import sampling
from services.standards.domain.compat.changes import told
from services.standards.domain.compat.normal import DIALECT, Document, normal
from services.standards.domain.compat.openness import close
from services.standards.domain.compat.proving import Prover, TooLong

Json = Any
_DIRECTIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "backward": ("backward",),
    "forward": ("forward",),
    "full": ("backward", "forward"),
}
MODES: Mapping[str, tuple[str, ...]] = {name: _DIRECTIONS[name.removesuffix(TRANSITIVE)] for name in NAMES}
"""Mode → directions that must hold between two versions."""
MOST_CHANGES = 50


def compare(old: Json, new: Json, mode: str, *, lenient: bool = False) -> dict[str, Any]:
    """{compatible: true | false | null, changes: [{kind, path, message}], witness?}; null is undecided.
    Raises KeyError for an unknown mode and BadInput for what is no schema."""
    return _compare(old, Side(new, lenient), mode, lenient)


def compare_history(
    versions: Sequence[Json], new: Json, mode: str, *, lenient: bool = False
) -> dict[str, Any]:
    """With the last version, or in a transitive mode with every one, newest first; a refusal tells its
    `version`, counted from 1."""
    undecided: dict[str, Any] | None = None
    newest = Side(new, lenient)
    first = 0 if mode.endswith(TRANSITIVE) else max(len(versions) - 1, 0)
    for number in range(len(versions), first, -1):
        found = _compare(versions[number - 1], newest, mode, lenient)
        if found["compatible"] is False:
            return {**found, "version": number}
        if found["compatible"] is None:
            undecided = undecided or {**found, "version": number}
    return undecided or {"compatible": True, "changes": []}


def _compare(old: Json, new: Side, mode: str, lenient: bool) -> dict[str, Any]:
    held = _side(old, lenient)
    found = [
        _contained(held, new) if direction == "backward" else _contained(new, held)
        for direction in MODES[mode]
    ]
    refused = next((each for each in found if each["compatible"] is False), None)
    if refused is not None:
        return refused
    open_ones = [each for each in found if each["compatible"] is None]
    return open_ones[0] if open_ones else {"compatible": True, "changes": []}


class Side:
    """One schema, as its readers and as its writers take it; each is made once, when it is asked for."""

    def __init__(self, schema: Json, lenient: bool) -> None:
        self.schema, self.lenient = schema, lenient

    @cached_property
    def read(self) -> Document:
        return Document(self.schema)

    @cached_property
    def written(self) -> Document:
        if not self.lenient:
            return self.read
        document = Document(self.schema)
        close(document)
        return document


_SIDES: OrderedDict[tuple[int, bool], Side] = OrderedDict()
"""Earlier versions, which are compared again with each that follows: as long as they are held, so is their id."""
_MOST_SIDES, _SMALL = 64, 2000


def _side(schema: Json, lenient: bool) -> Side:
    key = (id(schema), lenient)
    if key in _SIDES:
        _SIDES.move_to_end(key)
        return _SIDES[key]
    made = Side(schema, lenient)
    if made.read.size <= _SMALL:
        _SIDES[key] = made
        if len(_SIDES) > _MOST_SIDES:
            _SIDES.popitem(last=False)
    return made


def faults_of(schema: Json) -> list[Fault]:
    """What is wrong with `schema`; [] too for draft 4 forms under another dialect, whose meaning is plain."""
    found = validate_schema(schema)
    if found and isinstance(schema, dict) and not validate_schema({"$schema": DIALECT, **normal(schema)}):
        return []
    return found


def _contained(narrow: Side, wide: Side) -> dict[str, Any]:
    """Whether every document that is written by `narrow` is one of `wide`."""
    inner, outer = narrow.written, wide.read
    prover = Prover(inner, outer)
    try:
        if prover.within([inner.root], outer.root):
            return {"compatible": True, "changes": []}
    except (TooLong, RecursionError):
        prover.failed.append(("budget", ""))
    witness = _witness(narrow, wide)
    changes = [told(kind, path, outer) for kind, path in list(dict.fromkeys(prover.failed))[:MOST_CHANGES]]
    if witness is None:
        return {"compatible": None, "changes": changes}
    return {"compatible": False, "changes": changes or [told("false", "", outer)], "witness": witness[0]}


def _witness(narrow: Side, wide: Side) -> tuple[Json] | None:
    """A value that the schemas tell apart as they were given; a lenient one has named members only."""
    inner, outer = narrow.written, wide.read
    before, after = _validator(inner.root, narrow.schema), _validator(outer.root, wide.schema)
    closed = _validator(inner.root, None) if narrow.lenient else None
    for value in sampling.values([(inner.root, inner), (outer.root, outer)]):
        if before.verdict(value) and not after.verdict(value) and (closed is None or closed.verdict(value)):
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

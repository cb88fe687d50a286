"""Compatible in a mode: the proof, the witness, or neither.

Backward: what was valid stays valid; forward: what will be valid was valid; full: both. A `_transitive` mode
compares with every earlier version and not with the last one only. `lenient` is the safe default for schemas of
ours, whose writers are validated: nobody writes a member that the schema does not name (`openness`), so a new
optional member breaks nobody; a strict comparison takes an open object for what it is. What it is that is compared,
the meaning or what is declared, is a `reading` (`containing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_atom.validation import validate_schema
from gdbos_contracts.errors import Fault
from gdbos_contracts.modes import BY_MEANING, TRANSITIVE
from gdbos_contracts.modes import MODES as NAMES
from services.standards.domain.compat.containing import READINGS, alright
from services.standards.domain.compat.normal import DIALECT, normal
from services.standards.domain.compat.proving import one_text
from services.standards.domain.compat.sides import Side, side_of

Json = Any
_DIRECTIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "backward": ("backward",),
    "forward": ("forward",),
    "full": ("backward", "forward"),
}
MODES: Mapping[str, tuple[str, ...]] = {name: _DIRECTIONS[name.removesuffix(TRANSITIVE)] for name in NAMES}
"""Mode → directions that must hold between two versions."""


def compare(
    old: Json, new: Json, mode: str, *, lenient: bool = False, reading: str = BY_MEANING
) -> dict[str, Any]:
    """{compatible: true | false | null, changes: [{kind, path, message}], witness?}; null is undecided. As declared
    also confirmed?, or unwitnessed? and parts?. Raises KeyError for an unknown mode or reading and BadInput for what is no schema."""
    return _compare(old, Side(new, lenient), mode, lenient, reading)


def compare_history(
    versions: Sequence[Json], new: Json, mode: str, *, lenient: bool = False, reading: str = BY_MEANING
) -> dict[str, Any]:
    """With the last version, or in a transitive mode with every one, newest first; a refusal tells its
    `version`, counted from 1."""
    undecided: dict[str, Any] | None = None
    newest = Side(new, lenient)
    first = 0 if mode.endswith(TRANSITIVE) else max(len(versions) - 1, 0)
    for number in range(len(versions), first, -1):
        found = _compare(versions[number - 1], newest, mode, lenient, reading)
        if found["compatible"] is False:
            return {**found, "version": number}
        if found["compatible"] is None:
            undecided = undecided or {**found, "version": number}
    return undecided or alright()


def _compare(old: Json, new: Side, mode: str, lenient: bool, reading: str) -> dict[str, Any]:
    held, contained, directions = side_of(old, lenient), READINGS[reading], MODES[mode]
    if old == new.schema and one_text(old, new.schema):  # what says the same is the same; true is not 1
        return alright()
    found = [contained(held, new) if way == "backward" else contained(new, held) for way in directions]
    refused = next((each for each in found if each["compatible"] is False), None)
    if refused is not None:
        return refused
    open_ones = [each for each in found if each["compatible"] is None]
    return open_ones[0] if open_ones else alright()


def faults_of(schema: Json) -> list[Fault]:
    """What is wrong with `schema`; [] too for draft 4 forms under another dialect, whose meaning is plain."""
    found = validate_schema(schema)
    if found and isinstance(schema, dict) and not validate_schema({"$schema": DIALECT, **normal(schema)}):
        return []
    return found

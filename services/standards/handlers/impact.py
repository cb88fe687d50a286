"""Before publication: whom would it break?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.standards.domain import impact
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.impact import Break
from services.standards.domain.lifecycle import IN_FORCE
from services.standards.domain.migration import MigrationRule
from services.standards.domain.use import Use, schema_name
from services.standards.ports import Compatibility, Registry, Subjects, Uses

Codes = Callable[[DataElement], CodeList | None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is asked before something comes into force, how versions are compared, and which day it is."""

    registry: Registry
    uses: Uses
    check: Compatibility
    today: date


def breaks(
    elements: Iterable[DataElement], lists: Iterable[CodeList], codes: Codes, watch: Watch
) -> list[Break]:
    """What the new versions would break, on any day from today on; what nobody lives by breaks nobody."""
    found = [each for e in elements for each in _of_element(e, codes, watch)]
    return found + [each for c in lists for each in _of_list(c, watch)]


def unmended(found: Iterable[Break], rules: Sequence[MigrationRule]) -> list[Break]:
    """Those that no migration rule takes care of; a rule must carry over whatever may have been written."""
    return [left for each in found if (left := each.unless_mended(rules)) is not None]


def in_force(elements: Iterable[DataElement]) -> list[DataElement]:
    """A draft binds nobody yet: it is looked at again when it comes into force."""
    return [element for element in elements if element.status in IN_FORCE]


def of_schema(id: str, version: int, schema: Any, subjects: Subjects, watch: Watch) -> list[Break]:
    """What the next version of a subject would break of the documents of those who are noted as its users."""
    name = schema_name(id)
    found = []
    for old, users in _by_version(watch.uses.living_by(name, watch.today), version).items():
        verdict = watch.check([subjects.schema(id, old)], schema, "backward", lenient=True)
        if verdict["compatible"] is not True:
            lost, before = _witness(verdict), subjects.schema(id, old)
            found.append(Break(name, old, version, verdict, users, watch.today, lost, before, schema))
    return found


def _witness(found: Mapping[str, Any]) -> tuple[Any, ...]:
    return (found["witness"],) if "witness" in found else ()


def _of_element(new: DataElement, codes: Codes, watch: Watch) -> Iterator[Break]:
    own = codes(new)
    for version, users in _by_version(watch.uses.living_by(new.id, watch.today), new.version).items():
        old = watch.registry.element(new.id, version)
        if old is None:
            continue
        taken = codes(old)
        for day in impact.days((taken, own), watch.today):
            before, now = impact.taken(old, taken, day), impact.taken(new, own, day, True)
            held, after = impact.value_schema(old, before), impact.value_schema(new, now)
            found = watch.check([held], after, "backward", lenient=True)
            if found["compatible"] is not True:
                lost = impact.gone(before, now, new.id) if before and now else _witness(found)
                yield Break(new.id, version, new.version, found, users, day, lost, held, after, new.id)
                break


def _of_list(new: CodeList, watch: Watch) -> Iterator[Break]:
    through, whole = _through(new.id, watch)
    direct = [*through, *watch.uses.living_by(new.id, watch.today)]
    for version, users in _by_version(direct, new.version).items():
        old = watch.registry.code_list(new.id, version)
        for day in impact.days((old, new), watch.today) if old else ():
            before, after = impact.on_day(old, day), impact.on_day(new, day, True)  # type: ignore[arg-type]
            found = _lost(before, after, users, day, watch)
            if found:
                yield found
                break
    for version, users in _by_version(whole, new.version).items():
        old = watch.registry.code_list(new.id, version)
        found = _lost(old, new, users, watch.today, watch) if old else None
        if found:
            yield found


def _lost(before: CodeList, after: CodeList, users: Sequence[Use], day: date, watch: Watch) -> Break | None:
    """The break when `after` has not every code of `before`."""
    schema = impact.codes_schema(after)
    found = watch.check([impact.codes_schema(before)], schema, "backward", lenient=True)
    if found["compatible"] is True:
        return None
    lost = impact.gone(before, after, impact.CODE)
    sides = (_coded(impact.codes_schema(before)), _coded(schema))
    return Break(after.id, before.version, after.version, found, users, day, lost, *sides, impact.CODE)


def _coded(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A document of one code, which it has."""
    return {"properties": {impact.CODE: schema}, "required": [impact.CODE]}


def _through(id: str, watch: Watch) -> tuple[list[Use], list[Use]]:
    """Who lives by a list through an element: by the codes in force, and by all codes, retired ones too."""
    in_force: list[Use] = []
    whole: list[Use] = []
    for bound in watch.registry.bound_to(id, None):
        element = watch.registry.element(bound.id, int(bound.version))
        every = element is not None and element.code_list is not None and element.code_list.retired
        for use in watch.uses.living_by(bound.id, watch.today):
            if str(use.element_version) == bound.version:
                own = Use(use.kind, use.id, use.version, id, bound.element_version, use.cases)
                (whole if every else in_force).append(own)
    return in_force, whole


def _by_version(users: Iterable[Use], before: int) -> Mapping[int, list[Use]]:
    """Users of versions older than `before`, each once."""
    found: dict[int, dict[Use, None]] = {}
    for use in users:
        if use.element_version < before:
            found.setdefault(use.element_version, {})[use] = None
    return {version: list(own) for version, own in sorted(found.items())}


def report(found: Sequence[Break]) -> list[dict[str, Any]]:
    return [each.to_data() for each in found]

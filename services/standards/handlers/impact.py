"""Before publication: whom would it break?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.impact import Break, codes_schema, element_schema
from services.standards.domain.lifecycle import IN_FORCE
from services.standards.domain.migration import MigrationRule
from services.standards.domain.use import Use
from services.standards.ports import Compatibility, Registry, Uses

Codes = Callable[[DataElement], CodeList | None]


def breaks(
    elements: Iterable[DataElement],
    lists: Iterable[CodeList],
    codes: Codes,
    registry: Registry,
    uses: Uses,
    check: Compatibility,
) -> list[Break]:
    """What the new versions would break; what nobody lives by breaks nobody."""
    found = [each for e in elements for each in _of_element(e, codes, registry, uses, check)]
    return found + [each for c in lists for each in _of_list(c, registry, uses, check)]


def unmended(
    found: Sequence[Break], elements: Iterable[DataElement], codes: Codes, rules: Sequence[MigrationRule]
) -> list[Break]:
    """Those that no migration rule takes care of; a rule for an element must give values that are valid."""
    schemas = {(e.id, e.version): element_schema(e, codes(e)) for e in elements}
    return [each for each in found if not each.mended_by(rules, schemas.get((each.id, each.new), {}))]


def in_force(elements: Iterable[DataElement]) -> list[DataElement]:
    """A draft binds nobody yet: it is looked at again when it comes into force."""
    return [element for element in elements if element.status in IN_FORCE]


def _of_element(
    new: DataElement, codes: Codes, registry: Registry, uses: Uses, check: Compatibility
) -> Iterator[Break]:
    after = element_schema(new, codes(new))
    for version, users in _by_version(uses.living_by(new.id), new.version).items():
        old = registry.element(new.id, version)
        if old is None:
            continue
        found = check([element_schema(old, codes(old))], after, "backward", lenient=True)
        if found["compatible"] is not True:
            yield Break(new.id, version, new.version, found, users)


def _of_list(new: CodeList, registry: Registry, uses: Uses, check: Compatibility) -> Iterator[Break]:
    bound = registry.bound_to(new.id, None)
    living = [use for b in bound for use in uses.living_by(b.id) if str(use.element_version) == b.version]
    by_element = {(b.id, int(b.version)): b.element_version for b in bound}
    through = [
        Use(use.kind, use.id, use.version, new.id, by_element[use.element, use.element_version])
        for use in living
    ]
    users_of = _by_version([*through, *uses.living_by(new.id)], new.version)
    for version, users in users_of.items():
        old = registry.code_list(new.id, version)
        if old is None:
            continue
        found = check([codes_schema(old)], codes_schema(new, taken_over=True), "backward", lenient=True)
        if found["compatible"] is not True:
            yield Break(new.id, version, new.version, found, users)


def _by_version(users: Iterable[Use], before: int) -> Mapping[int, list[Use]]:
    """Users of versions older than `before`, each once."""
    found: dict[int, dict[Use, None]] = {}
    for use in users:
        if use.element_version < before:
            found.setdefault(use.element_version, {})[use] = None
    return {version: list(own) for version, own in sorted(found.items())}


def report(found: Sequence[Break]) -> list[dict[str, Any]]:
    return [each.to_data() for each in found]

"""Who has come to depend on which version: noted by those who publish, told both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, NotFound
from services.standards.domain import mapping
from services.standards.domain.coverage import Holder
from services.standards.domain.element import ElementRef
from services.standards.domain.use import Use, schema_name
from services.standards.ports import Holders, Registry, Subjects, Uses, Work


def note_uses(
    rows: Sequence[Mapping[str, Any]], registry: Registry, uses: Uses, holders: Holders, work: Work
) -> dict[str, Any]:
    """{noted}: what each version of a user (an item, a source, a form) refers to, in place of what was noted.

    A reference without a version, as in a mapping, is to the newest there is. BadInput, with one fault for each,
    for what is neither `id` nor `id@version`.
    """
    read = [_references(row, registry, f"/uses/{index}") for index, row in enumerate(rows)]
    faults = [fault for _, found in read for fault in found]
    if faults:
        raise BadInput(faults=faults)
    for row, (references, _) in zip(rows, read, strict=True):
        _note(row, references, registry, uses, holders)
    work.commit()
    return {"noted": len(rows)}


def note_told(
    rows: Sequence[Mapping[str, Any]], registry: Registry, uses: Uses, holders: Holders, work: Work
) -> None:
    """`elements.used`: as `note_uses`, less the names that are no elements, such as fields of a foreign form."""
    for row in rows:
        _note(row, _references(row, registry, "")[0], registry, uses, holders)
    work.commit()


def _note(
    row: Mapping[str, Any],
    references: Sequence[ElementRef],
    registry: Registry,
    uses: Uses,
    holders: Holders,
) -> None:
    user = (row["kind"], row["id"], row["version"])
    schemas = (named.rpartition("@") for named in row["schemas"])
    known = [Use(*user, schema_name(id), int(version)) for id, _, version in schemas]
    span = (_day(row["valid_from"]), _day(row["valid_to"]))
    uses.replace(*user, [*(Use(*user, ref.id, ref.version) for ref in references), *known], span)
    if row["agency"]:
        columns = tuple(mapping.spelled(row["unmapped"], registry.newest())) if row["unmapped"] else ()
        holders.note(Holder(*user, row["agency"], row["names"], row["field_count"], unmapped=columns))


def note_names(ids: Sequence[str], registry: Registry, holders: Holders, work: Work) -> None:
    """`names.published`: what is proposed for columns that nobody mapped is what it would be if they were noted now."""
    published = [element for id in ids if (element := registry.element(id)) is not None]
    for holder, columns in holders.unmapped().items():
        if mapping.concerned(columns, published):
            names = [each.column for each in columns]
            holders.propose(holder, mapping.spelled(names, registry.newest()))
    work.commit()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def note_running(told: Mapping[str, Any], uses: Uses, work: Work) -> None:
    """`cases.running`: how many cases are under way on which versions; on others of `ids`, by default of every user
    of that kind, there are none."""
    cases = {(row["id"], row["version"]): row["cases"] for row in told["versions"]}
    uses.run(told["kind"], told["ids"], cases)
    work.commit()


def where_used(
    id: str, version: int | None, registry: Registry, subjects: Subjects, uses: Uses, holders: Holders
) -> dict[str, Any]:
    """{uses: [{kind, id, version, element, element_version, names?}]} of an element or a published schema; of a code
    list its elements and the schemas that name it. `version` None means every version. NotFound when there is nothing
    of that name.
    """
    if registry.element(id) is not None:
        return {"uses": _named(uses.of_element(id, version), holders)}
    if registry.code_list(id) is None:
        if subjects.subject(id) is None:
            raise NotFound
        return {"uses": _named(uses.of_element(schema_name(id), version), holders)}
    return {"uses": _named([*registry.bound_to(id, version), *uses.of_element(id, version)], holders)}


def _named(found: Sequence[Use], holders: Holders) -> list[dict[str, Any]]:
    names = holders.names({(use.kind, use.id) for use in found})
    rows = [(use.to_data(), names.get((use.kind, use.id))) for use in found]
    return [{**row, "names": dict(called)} if called else row for row, called in rows]


def elements_of(kind: str, id: str, version: str, uses: Uses) -> dict[str, Any]:
    """{elements: ["person.name@1", …], schemas: […]} that one version of a user refers to; empty for an unknown user."""
    found = [(use.element, f"{use.element}@{use.element_version}") for use in uses.of_user(kind, id, version)]
    mark = schema_name("")
    return {
        "elements": [name for id, name in found if not id.startswith(mark)],
        "schemas": [name.removeprefix(mark) for id, name in found if id.startswith(mark)],
    }


def _references(
    row: Mapping[str, Any], registry: Registry, place: str
) -> tuple[list[ElementRef], list[Fault]]:
    found: dict[ElementRef, None] = {}
    faults = []
    for position, text in enumerate(row["elements"]):
        try:
            found[ElementRef.parse(text if "@" in text else f"{text}@{_newest(text, registry)}")] = None
        except ValueError as problem:
            message = {
                "zh-Hans": "应写作 id 或 id@版本",
                "zh-Hant": "應寫作 id 或 id@版本",
                "en": str(problem),
            }
            faults.append(Fault(f"{place}/elements/{position}", "reference", message))
    return list(found), faults


def _newest(id: str, registry: Registry) -> int:
    """1 for an element that is yet to be published."""
    found = registry.element(id)
    return found.version if found else 1

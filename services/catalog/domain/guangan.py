"""The published item list of one district (format `items-guangan`): departments, links, names.

Each link's query carries `areaCode`, `itemCode` (Sichuan's scheme), `taskType`, `deptCode`. Codes are
inconsistent in places. Rules: report, never repair. A row whose code is faulty is imported under the code as
written, with its faults; a row without name, code or a type that can be applied for is rejected. A second
row with the same code and name is a duplicate and is left out; with another name it is imported as
`<code>.2`, since two things need two keys. Same name, other code in one department: both, reported.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from services.catalog.domain import codes, regions, search
from services.catalog.domain.defaults import PROCESSES, filing
from services.catalog.domain.identifiers import uscc_fault

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the source: `pointer` says where it stands in the file."""

    index: int
    pointer: str
    department: str
    main_item: str
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """What a link and a name say. `faults` are {part, reason}, flagged and kept."""

    code: str
    name: str
    region: str
    task_type: str
    parsed: codes.Code
    department_code: str
    faults: tuple[codes.CodeFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a row cannot become an item."""

    reason: str
    code: str = ""


@dataclass(slots=True)
class Import:
    """The outcome: drafts to publish, agencies made, and the report on every row that is not clean."""

    drafts: list[dict[str, Any]] = field(default_factory=list)
    agencies: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    flagged: list[dict[str, Any]] = field(default_factory=list)


def parse(link: str, name: str) -> ItemDraft | Rejected:
    """Read one link: the code checked by its scheme, against the link's other parts and the task type."""
    query = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    code, task_type = query.get("itemCode", ""), query.get("taskType", "").zfill(2)
    if not name.strip():
        return Rejected("name_missing", code)
    if not code:
        return Rejected("code_missing")
    if task_type not in PROCESSES:
        return Rejected("task_type_not_applicable", code)
    try:
        region = regions.normalise(query.get("areaCode", ""))
    except ValueError:
        return Rejected("region_invalid", code)
    parsed = codes.check("sichuan", code)
    faults = (*parsed.faults, *_disagreements(parsed, query.get("areaCode", ""), task_type))
    return ItemDraft(code, name.strip(), region, task_type, parsed, query.get("deptCode", ""), faults)


def _disagreements(parsed: codes.Code, area: str, task_type: str) -> Iterator[codes.CodeFault]:
    if parsed.region and parsed.region != area:
        yield codes.CodeFault("region", "differs_from_link")
    if parsed.task_type and parsed.task_type != task_type:
        yield codes.CodeFault("task_type", "differs_from_link")


def read(data: list[Json]) -> Import:
    """The whole file. Order is kept; every row ends in exactly one of drafts, rejected, duplicates."""
    outcome = Import()
    found: list[tuple[Row, ItemDraft]] = []
    for row in rows(data):
        draft = parse(row.link, row.name)
        if isinstance(draft, Rejected):
            outcome.rejected.append({**_place(row), "code": draft.code, "reason": draft.reason})
        else:
            found.append((row, draft))
    agencies = _agencies(found)
    outcome.agencies = list(agencies.values())
    seen: dict[str, list[str]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for row, draft in found:
        _accept(outcome, row, draft, agencies[row.department], seen, names)
    return outcome


def rows(data: list[Json]) -> Iterator[Row]:
    """Every row with its JSON Pointer."""
    index = 0
    for first, department in enumerate(data):
        for second, main in enumerate(department["items"]):
            for third, sub in enumerate(main["sub_items"]):
                pointer = f"/{first}/items/{second}/sub_items/{third}"
                yield Row(
                    index, pointer, department["department"], main["main_item"], sub["name"], sub["link"]
                )
                index += 1


def _accept(
    outcome: Import,
    row: Row,
    draft: ItemDraft,
    agency: Json,
    seen: dict[str, list[str]],
    names: dict[tuple[str, str], str],
) -> None:
    place, before = _place(row), seen[draft.code]
    if draft.name in before:
        outcome.duplicates.append({**place, "code": draft.code, "kind": "code_and_name", "imported": False})
        return
    before.append(draft.name)
    code = draft.code if len(before) == 1 else f"{draft.code}.{len(before)}"
    if len(before) > 1:
        outcome.duplicates.append({**place, "code": code, "kind": "code", "imported": True})
    twin = names.setdefault((row.department, draft.name), code)
    if twin != code:
        outcome.duplicates.append({**place, "code": code, "kind": "name", "of": twin, "imported": True})
    faults = [{"part": each.part, "reason": each.reason} for each in draft.faults]
    if faults:
        outcome.flagged.append({**place, "code": code, "faults": faults})
    outcome.drafts.append(_draft(draft, code, agency))


def _place(row: Row) -> dict[str, Any]:
    return {"index": row.index, "line": row.pointer, "name": row.name, "department": row.department}


def _draft(draft: ItemDraft, code: str, agency: Json) -> dict[str, Any]:
    return {
        "code": code,
        "level": "implementing",
        "region": draft.region,
        "catalog_code": draft.parsed.catalog_code or code,
        "local_code": draft.code,
        "code_scheme": draft.parsed.scheme,
        "name": {"zh-Hans": draft.name, "zh-Hant": search.traditional(draft.name)},
        "task_type": draft.task_type,
        "agency": {name: agency[name] for name in ("code", "name", "short")},
        "synthetic": False,
        **filing(draft.task_type),
    }


def _agencies(found: list[tuple[Row, ItemDraft]]) -> dict[str, dict[str, Any]]:
    """One agency for each department. Its code is the valid credit code most used in its items' codes, else
    the string most used there (marked `code_valid: false`): nothing is invented."""
    used: dict[str, Counter[str]] = {}
    region: dict[str, str] = {}
    for row, draft in found:
        region.setdefault(row.department, draft.region)
        used.setdefault(row.department, Counter())[draft.parsed.agency or draft.department_code] += 1
    taken: set[str] = set()
    agencies = {}
    for department, counts in used.items():
        code = max(counts, key=lambda each: (uscc_fault(each) is None, counts[each], each))
        short = _free_name(search.initials(department) or code.lower(), taken)
        agencies[department] = {
            "code": code,
            "name": {"zh-Hans": department, "zh-Hant": search.traditional(department)},
            "short": short,
            "region": region[department],
            "code_valid": uscc_fault(code) is None,
        }
    return agencies


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    taken.add(name)
    return name

"""Find an item, read the version in force, and walk its guide."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, NotFound
from gdbos_contracts.hanzi import normalise
from services.catalog.domain import guide, regions, search
from services.catalog.domain import version as versions
from services.catalog.domain.faults import fault
from services.catalog.ports import Index, Items, Work

Json = Mapping[str, Any]
MOST = 2000


def find(query: Mapping[str, Any], index: Index) -> dict[str, Any]:
    """A page of {code, name, agency, region, version, …}, best match first; `next` or None."""
    terms = search.query(query["q"])
    if query["q"].strip() and not terms:
        return {"items": [], "next": None}
    found = [entry for entry in index.find(terms, MOST) if _wanted(entry, query)]
    found.sort(
        key=lambda entry: (-_rank(entry, terms.text), not entry["bundle"], _length(entry), entry["code"])
    )
    start = _offset(query["cursor"])
    page = found[start : start + query["limit"]]
    following = start + len(page)
    return {
        "items": page,
        "total": len(found),
        "next": _cursor(following) if following < len(found) else None,
    }


def item(code: str, region: str, on: date | None, items: Items, work: Work) -> dict[str, Any]:
    """The version in force there and then, each field with its origin level."""
    return {"version": resolved(code, region, on, items, work)}


def resolved(code: str, region: str, on: date | None, items: Items, work: Work) -> Json:
    """NotFound for an unknown code; BadInput for another region or a day without a version."""
    candidates = items.candidates(code)
    if not candidates:
        raise NotFound
    day = on or work.now.date()
    place = region or _own_region(candidates)
    try:
        found = versions.resolve(candidates, place, day)
    except ValueError as error:
        raise BadInput(faults=[fault("/region", "invalid", str(error)[:60])]) from error
    if found is None:
        raise BadInput(faults=[_why_not(candidates, place)])
    return found


def item_version(code: str, number: int, items: Items) -> dict[str, Any]:
    """That version, for ever the same; NotFound."""
    found = items.version(code, number)
    if found is None:
        raise NotFound
    return {"version": found}


def walk(query: Mapping[str, Any], items: Items, work: Work) -> dict[str, Any]:
    """The guide after these choices: questions still open, or the situation with all that it asks for."""
    version = resolved(query["code"], query["region"], None, items, work)
    result = guide.walk(version, query["choices"])
    if result.faults:
        raise BadInput(faults=result.faults)
    told = {name: version[name] for name in ("code", "version", "name", "sections", "result", "agency")}
    return {**result.to_data(), "item": told}


def situation(query: Mapping[str, Any], items: Items, work: Work) -> dict[str, Any]:
    """The resolved situation of that name; BadInput at /situation when it cannot be filed."""
    if query["version"] is None:
        version = resolved(query["code"], query["region"], None, items, work)
    else:
        version = item_version(query["code"], query["version"], items)["version"]
    result = guide.resolve_situation(version, query["situation"])
    if result.faults:
        raise BadInput(faults=result.faults)
    return {**result.to_data(), "version": version}


def _own_region(candidates: Any) -> str:
    offered = [v for v in candidates if v["level"] == "implementing"]
    return str(offered[0]["region"]) if offered else regions.NATIONAL


def _why_not(candidates: Any, place: str) -> Fault:
    there = [v for v in candidates if v["level"] == "implementing" and regions.contains(v["region"], place)]
    return fault("/item", "not_in_force") if there else fault("/region", "wrong_region")


def _wanted(entry: Json, query: Mapping[str, Any]) -> bool:
    if query["audience"] and query["audience"] not in entry["audience"]:
        return False
    if query["type"] and query["type"] != entry["task_type"]:
        return False
    return not query["region"] or _near(entry["region"], query["region"])


def _near(here: str, place: str) -> bool:
    """Offered to applicants of `place`, or somewhere inside it (a city shows its districts' items)."""
    try:
        return regions.contains(here, place) or regions.contains(place, here)
    except ValueError as error:
        raise BadInput(faults=[fault("/region", "invalid", str(error)[:60])]) from error


def _rank(entry: Json, text: str) -> int:
    return search.rank(normalise(entry["name"].get("zh-Hans", "")), text)


def _length(entry: Json) -> int:
    return len(entry["name"].get("zh-Hans", ""))


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode()


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return max(0, int(base64.urlsafe_b64decode(cursor.encode())))
    except ValueError as error:
        raise BadInput(faults=[fault("/cursor", "invalid", cursor[:40])]) from error

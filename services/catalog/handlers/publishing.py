"""Publish items and bundles: drafts merged with the levels above, checked, numbered, indexed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from services.catalog.domain import bundle as bundles_domain
from services.catalog.domain import guangan, guide_lint, lint, search
from services.catalog.domain import version as versions
from services.catalog.domain.faults import fault
from services.catalog.domain.item import Item, merge
from services.catalog.domain.uses import uses
from services.catalog.ports import Bundles, Index, Items, Work

Json = Mapping[str, Any]
MOST_CODES = 1000
"""Items named in one event."""
MOST_USES = 100
"""Items told of in one event: an import of a district is many."""


@dataclass(slots=True)
class Batch:
    """What one publication has worked out so far: items read, versions to add, faults found."""

    items: dict[str, Item] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def publish_items(
    command: Mapping[str, Any], items: Items, bundles: Bundles, index: Index, work: Work
) -> dict[str, Any]:
    """All or nothing. Equal content is left alone; a change is a new version; what inherits follows."""
    batch = Batch()
    for number, draft in enumerate(command["items"]):
        _read(batch, draft, f"/items/{number}")
    for number, draft in enumerate(command["items"]):
        if draft.get("code") in batch.items:
            _compose(batch, draft["code"], draft.get("in_force"), f"/items/{number}", items, work)
    _follow(batch, items, work)
    new_bundles = _bundles(batch, command["bundles"], items, bundles)
    if batch.faults:
        raise BadInput(faults=batch.faults)
    if not command["dry_run"] and (batch.changed or new_bundles):
        _write(batch, new_bundles, items, bundles, index, work)
        work.commit()
    return {
        "published": [{"code": v["code"], "version": v["version"]} for v in batch.changed.values()],
        "bundles": [{"code": b["code"], "version": b["version"]} for b in new_bundles],
        "unchanged": len(batch.unchanged) + len(command["bundles"]) - len(new_bundles),
        "warnings": batch.warnings,
    }


def import_items(
    command: Mapping[str, Any], items: Items, bundles: Bundles, index: Index, work: Work
) -> dict[str, Any]:
    """{accepted, rejected, duplicates, flagged, agencies}: every row of the file ends in one of them."""
    outcome = guangan.read(command["items"])
    request = {"items": outcome.drafts, "bundles": [], "dry_run": command["dry_run"]}
    report = publish_items(request, items, bundles, index, work)
    return {
        "accepted": len(outcome.drafts),
        "published": len(report["published"]),
        "unchanged": report["unchanged"],
        "rejected": outcome.rejected,
        "duplicates": outcome.duplicates,
        "flagged": outcome.flagged,
        "agencies": outcome.agencies,
    }


def _read(batch: Batch, draft: Json, pointer: str) -> None:
    try:
        item = Item.from_data(draft)
    except KeyError as error:
        batch.faults.append(fault(f"{pointer}/{error.args[0]}", "missing", error.args[0]))
        return
    except (ValueError, TypeError, AttributeError) as error:
        batch.faults.append(fault(f"{pointer}/region", "invalid", str(error)[:100]))
        return
    if item.code in batch.items:
        batch.faults.append(fault(f"{pointer}/code", "duplicate_id", item.code))
    batch.items[item.code] = item


def _compose(batch: Batch, code: str, in_force: Any, pointer: str, items: Items, work: Work) -> None:
    """Add the next version of `code` to the batch when its content differs from the newest."""
    item = batch.items[code]
    chain = _chain(batch, item, items)
    if chain is None:
        batch.faults.append(fault(f"{pointer}/parent", "dangling_id", item.parent))
        return
    try:
        body = _body(batch, item, chain, in_force, pointer, items, work)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        batch.faults.append(fault(pointer, "invalid", f"{type(error).__name__}: {error}"[:120]))
        return
    newest = items.newest(code)
    if newest is not None and _content(newest) == _content(body):
        batch.unchanged.append(code)
        return
    number = newest["version"] + 1 if newest else 1
    batch.changed[code] = versions.numbered(body, number, work.now.date().isoformat())


def _body(
    batch: Batch, item: Item, chain: Sequence[Item], in_force: Any, pointer: str, items: Items, work: Work
) -> dict[str, Any]:
    effective = merge(chain)
    newest = items.newest(item.code)
    held = newest["in_force"] if newest else {"from": work.now.date().isoformat(), "to": None}
    body = versions.compose(item, effective, in_force or held)
    found = [*effective.faults, *lint.blocking(body), *guide_lint.lint(body)]
    batch.faults += [Fault(f"{pointer}{f.pointer}", f.code, f.message) for f in found]
    batch.warnings += [{"code": item.code, **f.to_data()} for f in lint.lint(body)]
    return body


def _chain(batch: Batch, item: Item, items: Items) -> list[Item] | None:
    chain, codes = [item], {item.code}
    while chain[0].parent is not None:
        parent = batch.items.get(chain[0].parent) or items.get(chain[0].parent)
        if parent is None or parent.code in codes:
            return None
        codes.add(parent.code)
        chain.insert(0, parent)
    return chain


def _follow(batch: Batch, items: Items, work: Work) -> None:
    """What inherits from a changed item gets a new version too, down to the last level."""
    waiting = list(batch.changed)
    while waiting:
        for child in items.children(waiting.pop()):
            if child.code not in batch.items:
                batch.items[child.code] = child
                _compose(batch, child.code, None, f"/inherits/{child.code}", items, work)
                waiting.append(child.code)


def _bundles(batch: Batch, drafts: Sequence[Json], items: Items, bundles: Bundles) -> list[dict[str, Any]]:
    new = []
    for number, draft in enumerate(drafts):
        pointer = f"/bundles/{number}"
        absent = [name for name in ("code", "name", "region", "members") if not draft.get(name)]
        if absent:
            batch.faults += [fault(f"{pointer}/{name}", "missing", name) for name in absent]
            continue
        body = {"questions": [], "audience": ["1", "2"], "summary": {}, **draft}
        known = _member_versions(batch, body, items)
        found = bundles_domain.lint(body, known)
        batch.faults += [Fault(f"{pointer}{f.pointer}", f.code, f.message) for f in found]
        held = bundles.get(body["code"])
        if held is None or {**held, "version": 0} != {**body, "version": 0}:
            new.append({**body, "version": held["version"] + 1 if held else 1})
    return new


def _member_versions(batch: Batch, bundle: Json, items: Items) -> dict[str, Json]:
    found = {}
    for member in bundles_domain.members_of(bundle):
        version = batch.changed.get(member.item) or next(iter(items.candidates(member.item)), None)
        if version is None:
            version = next((v for v in batch.changed.values() if v["catalog_code"] == member.item), None)
        if version is not None:
            found[member.id] = version
    return found


def _write(
    batch: Batch, new_bundles: Iterable[Json], items: Items, bundles: Bundles, index: Index, work: Work
) -> None:
    for code, version in batch.changed.items():
        items.save(batch.items[code])
        items.add_version(version)
        work.audit("item.publish", code, version=version["version"])
        if version["level"] == "implementing":
            index.put(_entry(version), _words(version))
    for bundle in new_bundles:
        bundles.save(bundle)
        index.put(_bundle_entry(bundle), search.document(bundle["name"].get("zh-Hans", ""), [bundle["code"]]))
        work.audit("bundle.publish", bundle["code"], version=bundle["version"])
    codes = list(batch.changed)
    for first in range(0, max(len(codes), 1), MOST_CODES):
        work.emit("item.published", "catalog", {"codes": codes[first : first + MOST_CODES]})
    used = [use for version in batch.changed.values() for use in uses(version)]
    for first in range(0, len(used), MOST_USES):
        work.emit("elements.used", "catalog", {"uses": used[first : first + MOST_USES]})


def _entry(version: Json) -> dict[str, Any]:
    agency = version["agency"] or {}
    return {
        "code": version["code"],
        "version": version["version"],
        "name": version["name"],
        "agency": agency,
        "region": version["region"],
        "task_type": version["task_type"],
        "audience": version["audience"],
        "promised": version["promised"],
        "bundle": False,
    }


def _bundle_entry(bundle: Json) -> dict[str, Any]:
    return {
        "code": bundle["code"],
        "version": bundle["version"],
        "name": bundle["name"],
        "agency": bundle.get("agency", {}),
        "region": bundle["region"],
        "task_type": "",
        "audience": bundle["audience"],
        "promised": bundle.get("promised"),
        "bundle": True,
    }


def _words(version: Json) -> list[str]:
    agency = version["agency"] or {}
    others = [agency.get("name", {}).get("zh-Hans", ""), version["code"], version["catalog_code"]]
    return search.document(version["name"].get("zh-Hans", ""), filter(None, others))


def _content(version: Json) -> str:
    return versions.digest({k: v for k, v in version.items() if k not in ("version", "known_from")})

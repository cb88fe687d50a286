"""Crosswalks: publication against both lists, reading, translation of one code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import crosswalk_faults, lifecycle
from services.standards.domain.codelist import CodeList
from services.standards.domain.crosswalk import Crosswalk, ListRef
from services.standards.handlers.publishing import immutable
from services.standards.ports import Crosswalks, Registry, Work


def publish_crosswalks(
    command: Mapping[str, Any], principal: Principal, registry: Registry, crosswalks: Crosswalks, work: Work
) -> dict[str, Any]:
    """{crosswalks, unchanged, advice}. Equal content is left alone; a published version never changes.

    BadInput for lists that are not published and for codes that are not in them; Conflict for other content
    under a published version; Forbidden for another steward's, and for who answers for neither of its lists.
    `advice` names the codes that are left open.
    """
    drafts = [Crosswalk.from_data(d, f"/crosswalks/{i}") for i, d in enumerate(command["crosswalks"])]
    if not all(_may(principal, draft, crosswalks) for draft in drafts):
        raise Forbidden
    new = {f"/crosswalks/{i}": d for i, d in enumerate(drafts) if _is_new(d, f"/crosswalks/{i}", crosswalks)}
    faults, advice = [], []
    for place, draft in new.items():
        ends = _end(draft.source, place, "source", registry), _end(draft.target, place, "target", registry)
        if not any(lifecycle.answers_for(principal, end.steward) for end in ends):
            raise Forbidden(_NEITHER)
        faults += crosswalk_faults.against(draft, *ends, place)
        advice += [] if faults else crosswalk_faults.advice(draft, *ends, place)
    if faults:
        raise BadInput(faults=faults)
    if new and not command["dry_run"]:
        crosswalks.add(list(new.values()))
        for draft in new.values():
            work.audit("crosswalk.publish", f"{draft.id}@{draft.version}")
        work.commit()
    return {
        "crosswalks": [f"{draft.id}@{draft.version}" for draft in new.values()],
        "unchanged": len(drafts) - len(new),
        "advice": [fault.to_data() for fault in advice],
    }


def crosswalks(code_list: str, held: Crosswalks) -> dict[str, Any]:
    """{crosswalks: [{id, version, names, source, target, basis, steward, size}]}; `code_list` "" means all."""
    return {"crosswalks": [dict(facts) for facts in held.facts(code_list)]}


def crosswalk(id: str, version: int | None, held: Crosswalks) -> dict[str, Any]:
    """One crosswalk with its entries; NotFound."""
    return _found(id, version, held).to_data()


def translate(query: Mapping[str, Any], registry: Registry, held: Crosswalks) -> dict[str, Any]:
    """{answer: one | several | none, targets: [{value, names}], stated, notes, list} of one code.

    `back` reads the crosswalk from its target to its source. NotFound for no such crosswalk; BadInput for a
    value that its list does not have, which is another thing than a code without counterpart.
    """
    found = _found(query["id"], query["version"], held)
    asked, other = (found.target, found.source) if query["back"] else (found.source, found.target)
    codes, names = (registry.code_list(ref.id, ref.version) for ref in (asked, other))
    if codes is None or names is None:
        raise NotFound
    if query["value"] not in codes.by_value:
        raise BadInput(faults=[crosswalk_faults.unknown("/value", query["value"])])
    told = (found.back if query["back"] else found.translate)(query["value"], query["on"])
    targets = [{"value": v, "names": dict(names.by_value[v].names)} for v in told.targets]
    return {**told.to_data(), "targets": targets, "list": other.to_data()}


def _found(id: str, version: int | None, held: Crosswalks) -> Crosswalk:
    found = held.crosswalk(id, version)
    if found is None:
        raise NotFound
    return found


def _may(principal: Principal, draft: Crosswalk, held: Crosswalks) -> bool:
    before = held.crosswalk(draft.id)
    stewards = {draft.steward, before.steward if before else draft.steward}
    return all(lifecycle.answers_for(principal, steward) for steward in stewards)


def _is_new(draft: Crosswalk, pointer: str, held: Crosswalks) -> bool:
    published = held.crosswalk(draft.id, draft.version)
    if published is not None and published != draft:
        raise immutable(f"{draft.id}@{draft.version}", f"{pointer}/version")
    return published is None


def _end(ref: ListRef, place: str, side: str, registry: Registry) -> CodeList:
    found = registry.code_list(ref.id, ref.version)
    if found is None:
        message = {
            "zh-Hans": f"代码集 {ref} 不存在",
            "zh-Hant": f"代碼集 {ref} 不存在",
            "en": f"no code list {ref}",
        }
        raise BadInput(faults=[Fault(f"{place}/{side}", "dangling", message)])
    return found


_NEITHER = {
    "zh-Hans": "只有其中一个代码集的提交机构可以发布对照",
    "zh-Hant": "只有其中一個代碼集的提交機構可以發布對照",
    "en": "Only the steward of one of the two lists may publish a crosswalk between them",
}

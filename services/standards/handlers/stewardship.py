"""The life of a standard after its publication: its status, and who has come to depend on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import lifecycle
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.impact import refusal
from services.standards.domain.lifecycle import IN_FORCE, STEWARD, Step
from services.standards.handlers import impact
from services.standards.handlers.impact import Watch
from services.standards.handlers.publishing import publish
from services.standards.ports import Compatibility, Registry, Uses, Work


def submit(
    command: Mapping[str, Any],
    principal: Principal,
    registry: Registry,
    uses: Uses,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """`publish` of elements by the agencies that answer for them: each begins its life as a draft.

    BadInput for another status; Forbidden for an element that is or was of another steward, and for whoever is not of
    the standards administration where the version before has no steward.
    """
    request = {
        "elements": command["elements"],
        "code_lists": [],
        "migrations": [],
        "dry_run": command["dry_run"],
    }
    drafts = [DataElement.from_data(d, f"/elements/{i}") for i, d in enumerate(command["elements"])]
    faults = [
        Fault(f"/elements/{i}/status", "lifecycle.start", _STARTS)
        for i, draft in enumerate(drafts)
        if draft.status != "draft"
    ]
    if faults:
        raise BadInput(faults=faults)
    if not all(_may(principal, draft, registry.element(draft.id)) for draft in drafts):
        raise Forbidden(_NOT_STEWARD)
    return publish(request, registry, uses, check, work)


def _may(principal: Principal, draft: DataElement, held: DataElement | None) -> bool:
    if held is None:
        return STEWARD in lifecycle.roles_of(principal, draft.steward)
    return lifecycle.may_follow(principal, held.steward, draft.steward)


def set_status(
    command: Mapping[str, Any],
    principal: Principal,
    registry: Registry,
    uses: Uses,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """{status} after one step of the life cycle.

    NotFound; Forbidden for another role's step, and for a steward's of an element that has none; Conflict for a step that does not exist, for a step that
    another took first, and for withdrawing what is still in use; Incompatible for coming into force against
    those who live by an earlier version.
    """
    found = registry.element(command["id"], command["version"])
    if found is None:
        raise NotFound
    history = registry.history(found.id, found.version)
    status = history[-1].after if history else found.status
    lifecycle.require(lifecycle.roles_of(principal, found.steward), status, command["status"])
    if command["status"] == "withdrawn":
        _nobody_lives_by(found, uses, work)
    if command["status"] in IN_FORCE and status not in IN_FORCE:
        _breaks_nobody(found, Watch(registry, uses, check, work.now.date()))
    step = Step(len(history) + 1, status, command["status"], principal.id, work.now, command["note"])
    registry.add_step(found.id, found.version, step)
    work.audit("standard.status", str(found.ref), before=status, after=step.after)
    work.commit()
    return {"status": step.after}


def _nobody_lives_by(element: DataElement, uses: Uses, work: Work) -> None:
    living = uses.living_by(element.id, work.now.date())
    if any(use.element_version == element.version for use in living):
        raise Conflict(_IN_USE)


def _breaks_nobody(element: DataElement, watch: Watch) -> None:
    def codes(each: DataElement) -> CodeList | None:
        return watch.registry.code_list(each.code_list.id, each.code_list.version) if each.code_list else None

    rules = watch.registry.rules(element.id, element.version)
    broken = impact.unmended(impact.breaks([element], (), codes, watch), rules)
    if broken:
        raise refusal(broken)


_STARTS = {
    "zh-Hans": "新版本从草案开始，状态经由逐步推进改变",
    "zh-Hant": "新版本從草案開始，狀態經由逐步推進改變",
    "en": "A new version starts as a draft; its status changes step by step",
}
_NOT_STEWARD = {
    "zh-Hans": "只有数据元的提交机构可以提交其新版本",
    "zh-Hant": "只有資料元的提交機構可以提交其新版本",
    "en": "Only the steward of an element may submit a version of it",
}
_IN_USE = {
    "zh-Hans": "该版本仍被引用，不能废止；请先让引用方改用新版本",
    "zh-Hant": "該版本仍被引用，不能廢止；請先讓引用方改用新版本",
    "en": "This version is still in use: move its users to another version first",
}

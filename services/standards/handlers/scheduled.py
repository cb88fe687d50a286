"""What is scheduled: which day each waits for, what keeps it, what it would change, and what its reader may do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import GdbosError, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain.change import change
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.impact import refusal_of
from services.standards.domain.scheduled import PUBLISHED, Scheduled, told
from services.standards.handlers.publishing import publish
from services.standards.handlers.scheduling import Desk
from services.standards.ports import Compatibility, Registry, Schedule


def scheduled(status: str, principal: Principal, schedule: Schedule, today: date) -> dict[str, Any]:
    """{scheduled: [{id, on, status, publishes, stewards, migrations, by, at, reason, steps}]} by day; of one status, or
    all with ""."""
    return {"scheduled": [told(each, principal, today) for each in schedule.all(status)]}


def one_scheduled(id: int, principal: Principal, desk: Desk, check: Compatibility) -> dict[str, Any]:
    """One row of `scheduled` with `changes`, one for each version that it brings, and `refused`: the problem with which
    it would be refused if its day were today. Of a published one neither: its versions tell. NotFound."""
    found = desk.schedule.get(id)
    if found is None:
        raise NotFound
    row = told(found, principal, desk.work.now.date())
    if found.status == PUBLISHED:
        return {**row, "changes": [], "refused": {}}
    return {**row, "changes": _changes(found.command, desk.registry), "refused": _refused(found, desk, check)}


def _changes(command: Mapping[str, Any], registry: Registry) -> list[dict[str, Any]]:
    lists = [CodeList.from_data(draft) for draft in command["code_lists"]]
    elements = [DataElement.from_data(draft) for draft in command["elements"]]
    return [
        *(change(draft, registry.code_list(draft.id)) for draft in lists),
        *(change(draft, registry.element(draft.id)) for draft in elements),
    ]


def _refused(found: Scheduled, desk: Desk, check: Compatibility) -> dict[str, Any]:
    try:
        would = publish({**found.command, "dry_run": True}, desk.registry, desk.uses, check, desk.work)
        return refusal_of(would["impact"]).to_data() if would["impact"] else {}
    except GdbosError as problem:
        if problem.retry:
            raise
        return problem.to_data()

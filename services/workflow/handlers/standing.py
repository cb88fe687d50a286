"""The applicant's credit standing 信用: who has an unrepaired 失信 record may not defer materials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import Fault
from services.workflow.domain import deferral
from services.workflow.domain.faults import fault
from services.workflow.ports import Hub

Json = Mapping[str, Any]


def credit_faults(
    asked: Sequence[Json], given: Sequence[Json], version: Json, subject: Json, hub: Hub
) -> list[Fault]:
    """Who has an unrepaired 失信 record may not defer: the elements that say so are the item's configuration,
    their values come from the authentic source. A source that is away never refuses the application, only the
    deferral; a subject without a record is of good faith."""
    flags = version.get("handling", {}).get("deferral", {}).get("excluded_by", [])
    owed = {each["material"] for each in deferral.pledged(asked, given)}
    if not flags or not owed:
        return []
    found = hub.prefill(subject, flags, [], {"item": version["code"]})
    bad = any(held["value"] in (True, "1") for held in found["values"].values())
    if not bad and not found["unreachable"]:
        return []
    code = "bad_credit" if bad else "credit_unknown"
    return [
        fault(f"/materials/{i}/pledged", code) for i, each in enumerate(given) if each["material"] in owed
    ]

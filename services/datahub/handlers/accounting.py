"""Who read what about whom, and on which consent."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_contracts.principal import Principal
from services.datahub.ports import Accesses, Work


def record_consents(event: Event, accesses: Accesses, work: Work) -> None:
    """`case.submitted`: what the applicant allowed to be used is shown to them with the case."""
    used = event.data.get("used", [])
    accesses.add(
        {
            "subject_element": row["subject_element"],
            "subject_value": row["subject_value"],
            "at": event.at,
            "actor": event.data.get("actor", ""),
            "actor_name": event.data.get("actor_name", ""),
            "purpose": event.data.get("item", ""),
            "case_no": event.subject,
            "elements": row["elements"],
            "source": row["source"],
            "ground": row.get("ground", ""),
        }
        for row in used
    )
    work.commit()


def accesses_about(principal: Principal, limit: int, accesses: Accesses) -> dict[str, Any]:
    """Who read what about me, for which case, on which ground; newest first."""
    return {"accesses": list(accesses.about(principal.subject, limit))}

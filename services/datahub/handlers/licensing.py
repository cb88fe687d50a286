"""Licences: registered, shown to their holder, verified by anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import NotFound
from gdbos_contracts.principal import Principal
from services.datahub.domain import licence as licences_domain
from services.datahub.domain.licence import Licence
from services.datahub.ports import Licences, Work


def register_licences(drafts: Sequence[Mapping[str, Any]], licences: Licences, work: Work) -> dict[str, Any]:
    """Register licences by identifier; one that is there already is left alone."""
    added = [draft["id"] for draft in drafts if _register(Licence(**draft), licences, work)]
    if added:
        work.commit()
    return {"added": added}


def register_issued(event: Event, licences: Licences, work: Work) -> None:
    """`result.issued`: the licence becomes usable by the next item."""
    draft = event.data.get("licence")
    if draft:
        _register(Licence(**draft), licences, work)
    work.commit()


def revoke(event: Event, licences: Licences, work: Work) -> None:
    """`result.revoked`: the licence no longer stands; told twice, or after another end, nothing changes."""
    licence = licences.get(event.data["licence"])
    if licence is not None and licences_domain.may(licence, "revoke"):
        licences.change(licence.apply("revoke"))
        work.audit("licence.revoke", licence.id)
    work.commit()


def held_licences(principal: Principal, licences: Licences, work: Work) -> dict[str, Any]:
    """The caller's own licences, newest first."""
    today = work.now.date().isoformat()
    held = licences.held_by(principal.subject)
    return {"licences": [{**item.to_data(), "usable": item.usable(today)} for item in held]}


def one_licence(id: str, principal: Principal, licences: Licences, work: Work) -> dict[str, Any]:
    """A licence of the caller's; anything else is NotFound, so that ids cannot be probed."""
    licence = licences.get(id)
    if licence is None or not licence.held_by(principal.subject):
        raise NotFound
    return {**licence.to_data(), "usable": licence.usable(work.now.date().isoformat())}


def verify(id: str, licences: Licences, work: Work) -> dict[str, Any]:
    """Anybody may ask whether a licence stands; the holder is not shown."""
    answer = licences_domain.verdict(licences.get(id), work.now.date().isoformat())
    return {"valid": answer.valid, "reason": answer.reason, "licence": dict(answer.licence)}


def check_licences(
    claims: Sequence[Mapping[str, Any]], subject: Mapping[str, str], licences: Licences, work: Work
) -> dict[str, Any]:
    """For each {licence, type}: ok, or why it does not answer the material."""
    today = work.now.date().isoformat()
    return {"checks": [_check(claim, subject, licences, today) for claim in claims]}


def _register(licence: Licence, licences: Licences, work: Work) -> bool:
    if not licences.add(licence):
        return False
    work.audit("licence.register", licence.id, type=licence.type, case_no=licence.case_no)
    if licence.case_no:
        work.emit("licence.registered", licence.case_no, {"licence": licence.id})
    return True


def _check(
    claim: Mapping[str, Any], subject: Mapping[str, str], licences: Licences, today: str
) -> dict[str, Any]:
    licence = licences.get(claim.get("licence", ""))
    if licence is None or not licence.held_by(subject):
        return {"ok": False, "reason": "not_yours"}
    if licence.type != claim.get("type"):
        return {"ok": False, "reason": "other_type"}
    if not licence.usable(today):
        return {"ok": False, "reason": "not_in_force"}
    return {"ok": True, "reason": ""}

"""Licences: registered, shown to their holder, verified by anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub.domain import licence as licences_domain
from services.datahub.domain.licence import KeptLicence, Licence
from services.datahub.handlers.keeping import kept_licence, operated
from services.datahub.ports import Contracts, Licences, Work


def register_licences(
    drafts: Sequence[Mapping[str, Any]], licences: Licences, contracts: Contracts, work: Work
) -> dict[str, Any]:
    """Register licences by identifier; one that is there already is left alone. `contract` in a draft is the version
    of the data contract in which its face is written. BadInput, and nothing registered, where one breaks it."""
    read = [(Licence.from_data(draft, f"/licences/{n}"), f"/licences/{n}") for n, draft in enumerate(drafts)]
    checked = [kept_licence(own, place, contracts, work) for own, place in read]
    added = [licence.id for licence in checked if _register(licence, licences, work)]
    if added:
        work.commit()
    return {"added": added}


def register_issued(event: Event, licences: Licences, contracts: Contracts, work: Work) -> None:
    """`result.issued`: the licence becomes usable by the next item. One that breaks its data contract is not
    written: the event is parked with the reason, and may be replayed when the contract is mended."""
    draft = event.data.get("licence")
    if draft:
        read = Licence.from_data(draft, "/licence")
        _register(kept_licence(read, "/licence", contracts, work), licences, work)
    work.commit()


def revoke(event: Event, licences: Licences, work: Work) -> None:
    """`result.revoked`: the licence no longer stands; told twice, or after another end, nothing changes."""
    licence = licences.get(event.data["licence"])
    if licence is not None and licences_domain.may(licence, "revoke"):
        _revoke(licence, "", licences, work)
    work.commit()


def revoke_licence(
    command: Mapping[str, Any], principal: Principal, licences: Licences, work: Work
) -> dict[str, Any]:
    """撤銷 by who issued it: {licence, status}. The case that made it learns of it by `licence.revoked`, in this commit.

    NotFound for a licence of another issuer, Conflict for one that is not in force or suspended.
    """
    if principal.kind not in ("agency_admin", "admin", "system"):
        raise Forbidden
    licence = licences.get(command["licence"])
    if licence is None or principal.kind == "agency_admin" and licence.issuer != principal.agency:
        raise NotFound
    _revoke(licence, command["reason"], licences, work)
    work.commit()
    return {"licence": licence.id, "status": licences_domain.REVOKED}


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


def _register(licence: KeptLicence, licences: Licences, work: Work) -> bool:
    if not licences.add(licence):
        return False
    work.audit("licence.register", licence.id, type=licence.type, case_no=licence.case_no)
    if licence.case_no:
        work.emit("licence.registered", licence.case_no, {"licence": licence.id})
    return True


def _revoke(licence: Licence, reason: str, licences: Licences, work: Work) -> None:
    licences.change(operated(licence, "revoke"))
    work.audit("licence.revoke", licence.id)
    if licence.case_no:
        work.emit("licence.revoked", licence.case_no, {"licence": licence.id, "reason": reason})


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

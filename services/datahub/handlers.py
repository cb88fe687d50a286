"""One command, one function, one commit; every collaborator is an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub.domain import holdings
from services.datahub.domain import licence as licences_domain
from services.datahub.domain.holdings import Offer
from services.datahub.domain.licence import Licence
from services.datahub.domain.source import Source
from services.datahub.ports import Accesses, LegacyReader, Licences, Sources, Work

LICENCE_RANK = 10
"""A face field of a licence in force outranks a legacy table: the agency has already vouched for it."""


def publish_sources(
    drafts: Sequence[Mapping[str, Any]], dry_run: bool, sources: Sources, work: Work
) -> dict[str, Any]:
    """Register or replace sources; unchanged ones are left alone."""
    read = [Source.from_data(draft) for draft in drafts]
    changed = [source for source in read if sources.get(source.id) != source]
    if changed and not dry_run:
        for source in changed:
            sources.save(source)
            work.audit("source.publish", source.id, agency=source.agency)
        work.commit()
    return {"changed": [s.id for s in changed], "unchanged": len(read) - len(changed)}


def prefill(
    request: Mapping[str, Any],
    principal: Principal,
    sources: Sources,
    licences: Licences,
    legacy: LegacyReader,
    accesses: Accesses,
    work: Work,
) -> dict[str, Any]:
    """Once-only look-up. The access row is committed before any value goes out."""
    subject, elements = request["subject"], request["elements"]
    _own_or_entitled(principal, subject)
    offers, unreachable = _offers(subject, frozenset(elements), sources, licences, legacy, work)
    found = holdings.choose(elements, offers, frozenset(request["consents"]), unreachable)
    if found.values:
        accesses.add(_access_rows(principal, subject, found.values, request["purpose"], work))
        work.audit(
            "data.read",
            request["purpose"].get("case_no") or request["purpose"].get("item", ""),
            elements=sorted(found.values),
            sources=sorted({o.source for o in found.values.values()}),
        )
        work.commit()
    return found.to_data()


def match(
    request: Mapping[str, Any],
    principal: Principal,
    sources: Sources,
    licences: Licences,
    legacy: LegacyReader,
    work: Work,
) -> dict[str, Any]:
    """核驗: says which claimed values agree, and gives no value out."""
    claimed = request["values"]
    _own_or_entitled(principal, request["subject"])
    offers, unreachable = _offers(request["subject"], frozenset(claimed), sources, licences, legacy, work)
    found = holdings.choose(list(claimed), offers, frozenset(claimed), unreachable)
    return {
        "mismatches": list(holdings.mismatches(claimed, found.values)),
        "sources": {e: {"source": o.source, "as_of": o.as_of} for e, o in found.values.items()},
        "unreachable": list(unreachable),
    }


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


def accesses_about(principal: Principal, limit: int, accesses: Accesses) -> dict[str, Any]:
    """Who read what about me, for which case, on which ground; newest first."""
    return {"accesses": list(accesses.about(principal.subject, limit))}


def list_sources(principal: Principal, sources: Sources) -> dict[str, Any]:
    """Sources of the caller's agency; all of them for the administrator."""
    seen = [s for s in sources.all() if principal.kind in ("admin", "system") or s.agency == principal.agency]
    return {"sources": [{k: v for k, v in s.to_data().items() if k != "location"} for s in seen]}


def test_source(id: str, principal: Principal, sources: Sources, legacy: LegacyReader) -> dict[str, Any]:
    """Can the source be read now, and does it have the mapped columns?"""
    source = sources.get(id)
    if source is None or (principal.kind not in ("admin", "system") and source.agency != principal.agency):
        raise NotFound
    found = legacy.test(source)
    absent = sorted(set(source.columns.values()) - set(found["columns"]))
    return {**found, "ok": not absent, "absent_columns": absent}


def _offers(
    subject: Mapping[str, str],
    elements: frozenset[str],
    sources: Sources,
    licences: Licences,
    legacy: LegacyReader,
    work: Work,
) -> tuple[list[Offer], list[str]]:
    wanted = [(s, frozenset(s.offers(set(elements)))) for s in sources.all() if s.subject in subject]
    offers, unreachable = legacy.look_up([(s, e) for s, e in wanted if e], subject)
    today = work.now.date().isoformat()
    for licence in licences.held_by(subject):
        if licence.usable(today):
            offers.extend(_face_offers(licence, elements))
    return offers, unreachable


def _face_offers(licence: Licence, elements: frozenset[str]) -> list[Offer]:
    return [
        Offer(
            element=element,
            value=licence.face[element],
            source=f"licence:{licence.id}",
            source_name=licence.name,
            as_of=licence.issued_on,
            ground={"zh-Hans": "电子证照", "zh-Hant": "電子證照", "en": "electronic licence"},
            rank=LICENCE_RANK,
        )
        for element in sorted(elements & set(licence.face))
    ]


def _own_or_entitled(principal: Principal, subject: Mapping[str, str]) -> None:
    """Applicants may look up themselves; system work is entitled by the case that it serves."""
    own = bool(subject) and all(principal.subject.get(k) == v for k, v in subject.items())
    if not own and principal.kind not in ("system", "clerk"):
        raise Forbidden


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


def _access_rows(
    principal: Principal,
    subject: Mapping[str, str],
    values: Mapping[str, Offer],
    purpose: Mapping[str, Any],
    work: Work,
) -> list[dict[str, Any]]:
    by_source: dict[str, list[Offer]] = {}
    for offer in values.values():
        by_source.setdefault(offer.source, []).append(offer)
    element, value = next(iter(subject.items()))
    return [
        {
            "subject_element": element,
            "subject_value": value,
            "at": work.now.isoformat(),
            "actor": principal.id,
            "actor_name": principal.name,
            "purpose": purpose.get("item", ""),
            "case_no": purpose.get("case_no", ""),
            "elements": sorted(o.element for o in offers),
            "source": source,
            "ground": offers[0].ground,
        }
        for source, offers in by_source.items()
    ]

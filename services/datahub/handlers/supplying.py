"""Who can supply an element for a subject: sources, licences, the once-only look-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub.domain import holdings
from services.datahub.domain.holdings import Offer
from services.datahub.domain.licence import Licence
from services.datahub.domain.source import Source
from services.datahub.handlers import keeping
from services.datahub.handlers.keeping import kept_source
from services.datahub.ports import Accesses, Contracts, LegacyReader, Licences, Sources, Work

LICENCE_RANK = 10
"""A face field of a licence in force outranks a legacy table: the agency has already vouched for it."""


MOST_COLUMNS = 2000
"""Unmapped columns told by name; a wider table is no table of a register."""


@dataclass(frozen=True, slots=True)
class Hub:
    """All that can supply a value, and what it is held to."""

    sources: Sources
    licences: Licences
    legacy: LegacyReader
    contracts: Contracts


def publish_sources(
    drafts: Sequence[Mapping[str, Any]],
    dry_run: bool,
    sources: Sources,
    contracts: Contracts,
    legacy: LegacyReader,
    work: Work,
) -> dict[str, Any]:
    """Register or replace sources; unchanged ones are left alone. BadInput, and nothing registered, where one breaks
    its data contract."""
    read = [(Source.from_data(draft, f"/sources/{n}"), f"/sources/{n}") for n, draft in enumerate(drafts)]
    held = {source.id: sources.get(source.id) for source, _ in read}
    kept = [kept_source(source, held[source.id], place, contracts) for source, place in read]
    changed = [source for source in kept if held[source.id] != source]
    if changed and not dry_run:
        used = [use for source in changed for use in _uses(source, legacy.columns(source))]
        for source in changed:
            sources.save(source)
            work.audit("source.publish", source.id, agency=source.agency)
        work.emit("elements.used", "datahub", {"uses": used})
        work.commit()
    return {"changed": [s.id for s in changed], "unchanged": len(read) - len(changed)}


def _uses(source: Source, columns: Sequence[str]) -> list[dict[str, Any]]:
    """A mapping names elements, not their versions: it holds for whichever is the newest. Columns of the table that
    it leaves out are told by name; a table that cannot be read now tells of none. Its sharing is a policy of its own."""
    mapped = set(source.columns.values())
    unmapped = [column for column in columns if column not in mapped]
    user = {"id": source.id, "version": "1"}
    mapping = {
        "kind": "source",
        **user,
        "elements": sorted(source.columns),
        "agency": source.agency,
        "names": source.name if isinstance(source.name, dict) else {},
        "field_count": len(source.columns) + len(unmapped),
        "unmapped": unmapped[:MOST_COLUMNS],
    }
    return [mapping, {"kind": "policy", **user, "elements": source.governed()}]


def prefill(
    request: Mapping[str, Any],
    principal: Principal,
    hub: Hub,
    accesses: Accesses,
    work: Work,
) -> dict[str, Any]:
    """Once-only look-up. The access row is committed before any value goes out. A row that breaks its data contract
    offers nothing, and the audit says of which source it was."""
    subject, elements = request["subject"], request["elements"]
    _own_or_entitled(principal, subject)
    offers, unreachable, broken = _offers(subject, frozenset(elements), hub, work)
    found = holdings.choose(elements, offers, frozenset(request["consents"]), unreachable)
    if broken:
        work.audit("contract.broken", request["purpose"].get("item", ""), sources=broken)
    if found.values:
        accesses.add(_access_rows(principal, subject, found.values, request["purpose"], work))
        work.audit(
            "data.read",
            request["purpose"].get("case_no") or request["purpose"].get("item", ""),
            elements=sorted(found.values),
            sources=sorted({o.source for o in found.values.values()}),
        )
    if broken or found.values:
        work.commit()
    return found.to_data()


def match(
    request: Mapping[str, Any],
    principal: Principal,
    hub: Hub,
    work: Work,
) -> dict[str, Any]:
    """核驗: says which claimed values agree, and gives no value out."""
    claimed = request["values"]
    _own_or_entitled(principal, request["subject"])
    offers, unreachable, _ = _offers(request["subject"], frozenset(claimed), hub, work)
    found = holdings.choose(list(claimed), offers, frozenset(claimed), unreachable)
    return {
        "mismatches": list(holdings.mismatches(claimed, found.values)),
        "sources": {e: {"source": o.source, "as_of": o.as_of} for e, o in found.values.items()},
        "unreachable": list(unreachable),
    }


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
    subject: Mapping[str, str], elements: frozenset[str], hub: Hub, work: Work
) -> tuple[list[Offer], list[str], list[str]]:
    """What is on offer, the sources that did not answer, and those whose row breaks its contract."""
    sources = {source.id: source for source in hub.sources.all() if source.subject in subject}
    wanted = [(s, keeping.asked_of(s, elements, hub.contracts)) for s in sources.values()]
    found, unreachable = hub.legacy.look_up([(s, e) for s, e in wanted if e], subject)
    offers, broken = keeping.kept_rows(found, sources, elements, hub.contracts)
    today = work.now.date().isoformat()
    for licence in hub.licences.held_by(subject):
        if licence.usable(today):
            offers.extend(_face_offers(licence, elements, hub.contracts))
    return offers, unreachable, broken


def _face_offers(licence: Licence, elements: frozenset[str], contracts: Contracts) -> list[Offer]:
    face, sensitive = keeping.current_face(licence, contracts)
    return [
        Offer(
            element=element,
            value=face[element],
            source=f"licence:{licence.id}",
            source_name=licence.name,
            as_of=licence.issued_on,
            ground={"zh-Hans": "电子证照", "zh-Hant": "電子證照", "en": "electronic licence"},
            rank=LICENCE_RANK,
            needs_consent=element in sensitive,
        )
        for element in sorted(elements & set(face))
    ]


def _own_or_entitled(principal: Principal, subject: Mapping[str, str]) -> None:
    """Applicants may look up themselves; system work is entitled by the case that it serves."""
    own = bool(subject) and all(principal.subject.get(k) == v for k, v in subject.items())
    if not own and principal.kind not in ("system", "clerk"):
        raise Forbidden


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
            "at": work.at,
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

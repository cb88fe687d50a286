"""The archive 歸檔: a closed case as one package, and what proves that nothing of it was altered.

`handling.archive` of the item: {retention}, one of `RETENTION`. The package holds what was filed, decided, printed and
noted, the seal of the case's history, and an index entry; later events of the case stay outside it. A case is
archived so many days after its end as its agency says, once whatever was to be served is served.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_contracts.jsontext import canonical
from services.workflow.domain.case import CLOSED, Case, agency_name
from services.workflow.domain.delivery import servable
from services.workflow.domain.remedies import later

Json = Mapping[str, Any]
FORMAT = 1
ARCHIVE = "archive"
"""What is to be done with a closed case whose days are over."""
DAYS, MOST_DAYS = 30, 3650
"""From the end of a case to its archiving where the agency says nothing; configuration, not law."""
ARCHIVIST = "archivist"
"""The role 檔案員 of a clerk who reads and hands out packages."""
RETENTION: Mapping[str, int | None] = {"permanent": None, "30_years": 30, "10_years": 10}
"""保管期限: permanent, or years from the year after closing (機關文件材料歸檔範圍和文書檔案保管期限規定 Art. 7)."""
SHORTEST = "10_years"
_CASE = ("case_no", "kind", "item", "item_version", "name", "region", "agency", "outcome", "submitted_at", "closed_at",
         "parent", "member", "process", "process_version")  # fmt: skip
_BODY = ("applicant_name", "proxy", "situation", "answers", "materials", "pledge", "deferral", "accepted_on", "limits",
         "pauses", "extension", "correction", "sent_back", "opinions", "hearing", "stages", "decision", "result",
         "service", "revoked", "reopens", "reopened_as")  # fmt: skip


def ready(case: Case) -> bool:
    """Closed, and whatever was to be served is served."""
    return case.state == CLOSED and not servable(case)


def retention_of(case: Case) -> str:
    """The class of the item; the shortest where it names none that is known."""
    named = case.body["item"].get("handling", {}).get("archive", {}).get("retention", SHORTEST)
    return named if named in RETENTION else SHORTEST


def index_entry(case: Case, serial: int, pieces: int) -> dict[str, Any]:
    """歸檔文件目錄: {archive_no, title, fonds, year, retention, keep_until, pieces}; keep_until is the last day, None
    for ever."""
    closed = date.fromisoformat((case.closed_at or case.submitted_at)[:10])
    retention = retention_of(case)
    years = RETENTION[retention]
    return {
        "archive_no": f"{case.agency}-{closed.year}-{retention}-{serial:06d}",
        "title": dict(case.name),
        "fonds": case.agency,
        "fonds_name": dict(agency_name(case)),
        "year": closed.year,
        "retention": retention,
        "keep_until": later(date(closed.year, 12, 31), 12 * years).isoformat() if years else None,
        "pieces": pieces,
    }


def package(
    case: Case, index: Json, documents: Sequence[Json], timeline: Sequence[Json], messages: Sequence[Json]
) -> dict[str, Any]:
    """`documents` are {id, kind, title, at, html}; their text is in the package by its digest."""
    return {
        "format": FORMAT,
        "index": dict(index),
        "case": {name: getattr(case, name) for name in _CASE},
        "filed": {name: case.body[name] for name in _BODY if case.body.get(name) is not None},
        "documents": papers(documents),
        "timeline": [dict(each) for each in timeline],
        "messages": [dict(each) for each in messages],
        "history": {"steps": case.steps, "seal": case.seal},
    }


def papers(documents: Iterable[Json]) -> list[dict[str, Any]]:
    """Each document with the SHA-256 of its text."""
    return [
        {**{name: each[name] for name in ("id", "kind", "title", "at")}, "sha256": digest_of(each["html"])}
        for each in documents
    ]


def holds(package: Json, id: str) -> bool:
    """Whether a document was there when the case was archived."""
    return any(each["id"] == id for each in package["documents"])


def fits(package: Json, documents: Sequence[Json]) -> bool:
    """Whether every document of the package is still as it was archived."""
    held = {each["id"]: each for each in papers(documents)}
    return all(held.get(each["id"]) == each for each in package["documents"])


def files(package: Json) -> list[dict[str, Any]]:
    """[{material, sha256, media_type}] of what the applicant filed, in their order."""
    return [
        {"material": given["material"], **{name: each[name] for name in ("sha256", "media_type")}}
        for given in package["filed"].get("materials", ())
        for each in given.get("files", ())
    ]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(package: Json) -> str:
    """Canonical JSON: what is kept, and what the digest is of."""
    return canonical(dict(package))


def altered(
    package: Json, documents: Sequence[Json], timeline: Sequence[Json], seals: Mapping[int, str]
) -> str:
    """What is not any more as it was archived: documents, timeline or history; "" when all of it holds. `seals`:
    number of a step of the history → its seal."""
    if not fits(package, documents):
        return "documents"
    entries = {each["id"]: dict(each) for each in timeline}
    if any(entries.get(each["id"]) != each for each in package["timeline"]):
        return "timeline"
    steps, seal = package["history"]["steps"], package["history"]["seal"]
    return "history" if steps and seals.get(steps) != seal else ""

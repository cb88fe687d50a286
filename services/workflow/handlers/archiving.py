"""歸檔: a closed case becomes an archive package; its index is kept beside, the digest in the sealed log."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Damaged, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import archive, delivery
from services.workflow.domain.case import ARCHIVED, CLOSED, Case
from services.workflow.domain.faults import fault
from services.workflow.domain.jurisdiction import supervised
from services.workflow.handlers.advancing import note
from services.workflow.handlers.following import visible
from services.workflow.handlers.persisting import Due, each
from services.workflow.handlers.succeeding import succession
from services.workflow.ports import Room

Json = Mapping[str, Any]
Enter = Callable[[], AbstractContextManager[Room]]
INDEX = ("archive_no", "case_no", "title", "at", "retention", "keep_until", "digest")


def store(case_no: str, principal: Principal, room: Room) -> dict[str, Any]:
    """By a clerk of the agency. Conflict while it is under way, BadInput while something is to be served. Again, the
    same answer."""
    case = visible(case_no, principal, room)
    held = room.archives.get(case_no)
    if held is not None:
        return _told(held)
    if case.state != CLOSED:
        raise Conflict
    if delivery.servable(case):
        raise BadInput(faults=[fault("/case_no", "not_served")])
    row = _keep(case, room)
    room.work.commit()
    return _told(row)


def store_due(limit: int, enter: Enter) -> int:
    """How many were archived because their days are over, each in its own commit. What is not served yet is looked
    at again tomorrow."""
    with enter() as room:
        due = [Due(case_no, archive.ARCHIVE, case_no) for case_no in room.archives.due(room.work.now, limit)]
    return each(due, _store, enter)


def _store(case_no: str, room: Room) -> int:
    case = room.cases.get(case_no)
    if case is None or case.state != CLOSED:
        room.archives.forget(case_no)
    elif delivery.servable(case):
        room.archives.postpone(case_no, room.work.now.date() + timedelta(days=1))
    else:
        _keep(case, room)
    room.work.commit()
    return int(case is not None and case.state == ARCHIVED)


def _keep(case: Case, room: Room) -> dict[str, Any]:
    """The package of a case that is ready; what the index says of it."""
    case.archive()
    note(case, "archived", room)
    documents = _documents(case.case_no, room)
    year = (case.closed_at or "")[:4]
    serial = room.cases.serial(f"archive:{case.agency}:{year}:{archive.retention_of(case)}")
    index = archive.index_entry(case, serial, len(documents))
    timeline, messages = room.timeline.of(case.case_no, 0), room.papers.messages(case.case_no)
    text = archive.text_of(archive.package(case, index, documents, timeline, messages))
    row = {
        **{name: index[name] for name in ("archive_no", "title", "retention", "keep_until")},
        "case_no": case.case_no,
        "agency": case.agency,
        "at": room.work.at,
        "digest": archive.digest_of(text),
        "package": text,
    }
    room.archives.add(row)
    room.cases.save(case)
    room.work.audit("case.archive", case.case_no, archive_no=row["archive_no"], digest=row["digest"])
    return row


def package(case_no: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{index…, package}: for the agency's archivists. NotFound for what is not archived and for other agencies,
    Forbidden for others of the agency."""
    held = _read(case_no, principal, room)
    room.work.commit()
    return {**_told(held), "package": json.loads(held["package"])}


def contents(case_no: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{index…, text, documents: [{id, kind, html, pdf}], files: [{material, sha256, media_type}]}: the package as it
    was sealed with the papers it tells of, each `pdf` in base64, "" where none was made. Damaged when a paper is not
    any more as it was archived."""
    held = _read(case_no, principal, room)
    sealed, now = json.loads(held["package"]), _documents(case_no, room)
    if archive.digest_of(held["package"]) != held["digest"] or not archive.fits(sealed, now):
        raise Damaged
    room.work.commit()
    return {
        **_told(held),
        "text": held["package"],
        "documents": [_paper(each, room) for each in now if archive.holds(sealed, each["id"])],
        "files": archive.files(sealed),
    }


def set_days(days: int, principal: Principal, room: Room) -> dict[str, Any]:
    """{days}: so long after their end the cases of the caller's agency are archived, those that wait already too."""
    if not principal.agency:
        raise NotFound
    room.archives.put_days(principal.agency, days)
    room.work.audit("archive.days", principal.agency, days=days)
    room.work.commit()
    return {"days": days}


def _read(case_no: str, principal: Principal, room: Room) -> Json:
    """What is archived of that case, read by an archivist; not committed."""
    case = visible(case_no, principal, room)
    held = room.archives.get(case_no)
    if held is None or case.seen_by_applicant(principal.id, principal.subject):
        raise NotFound
    if archive.ARCHIVIST not in principal.roles:
        raise Forbidden
    room.work.audit("archive.read", case_no)
    return held


def _documents(case_no: str, room: Room) -> list[dict[str, Any]]:
    return [
        {**each, **(room.papers.document(case_no, each["id"]) or {})}
        for each in room.papers.documents(case_no)
    ]


def _paper(document: Json, room: Room) -> dict[str, Any]:
    made = room.prints.pdf(document["id"])
    if made is not None and hashlib.sha256(made[0]).hexdigest() != made[1]:
        raise Damaged
    kept = {name: document[name] for name in ("id", "kind", "html")}
    return {**kept, "pdf": base64.b64encode(made[0]).decode() if made else ""}


def index(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{archives, next, days}: the index of the caller's agency, newest first; for a supervisor that of their area. NotFound
    for an agency whose work another took over."""
    line = () if principal.kind == "supervisor" else succession(room).line(principal.agency or "")
    if principal.kind != "supervisor" and not line:
        raise NotFound
    found = room.archives.page(line, supervised(principal), query["before"], query["limit"] + 1)
    page = found[: query["limit"]]
    return {
        "archives": [_told(row) for row in page],
        "next": page[-1]["archive_no"] if len(found) > len(page) else None,
        "days": room.archives.days(principal.agency or ""),
    }


def _told(row: Json) -> dict[str, Any]:
    return {name: row[name] for name in INDEX}

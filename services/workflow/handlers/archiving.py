"""歸檔: a closed case becomes an archive package; its index is kept beside, the digest in the sealed log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import archive, delivery
from services.workflow.domain.case import CLOSED
from services.workflow.domain.faults import fault
from services.workflow.domain.jurisdiction import supervised
from services.workflow.handlers.advancing import note
from services.workflow.handlers.following import visible
from services.workflow.handlers.succeeding import succession
from services.workflow.ports import Room

Json = Mapping[str, Any]
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
    case.archive()
    note(case, "archived", room)
    documents = [
        {**each, **(room.papers.document(case_no, each["id"]) or {})}
        for each in room.papers.documents(case_no)
    ]
    year = (case.closed_at or "")[:4]
    serial = room.cases.serial(f"archive:{case.agency}:{year}:{archive.retention_of(case)}")
    index = archive.index_entry(case, serial, len(documents))
    timeline, messages = room.timeline.of(case_no, 0), room.papers.messages(case_no)
    text = archive.text_of(archive.package(case, index, documents, timeline, messages))
    row = {
        **{name: index[name] for name in ("archive_no", "title", "retention", "keep_until")},
        "case_no": case_no,
        "agency": case.agency,
        "at": room.work.now.isoformat(),
        "digest": archive.digest_of(text),
        "package": text,
    }
    room.archives.add(row)
    room.cases.save(case)
    room.work.audit("case.archive", case_no, archive_no=row["archive_no"], digest=row["digest"])
    room.work.commit()
    return _told(row)


def package(case_no: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{index…, package}: for the agency's own people; NotFound for others and for what is not archived."""
    visible(case_no, principal, room)
    held = room.archives.get(case_no)
    if held is None or principal.kind not in ("clerk", "agency_admin", "system"):
        raise NotFound
    room.work.audit("archive.read", case_no)
    room.work.commit()
    return {**_told(held), "package": json.loads(held["package"])}


def index(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{archives, next}: the index of the caller's agency, newest first; for a supervisor that of their area. NotFound
    for an agency whose work another took over."""
    line = () if principal.kind == "supervisor" else succession(room).line(principal.agency or "")
    if principal.kind != "supervisor" and not line:
        raise NotFound
    found = room.archives.page(line, supervised(principal), query["before"], query["limit"] + 1)
    page = found[: query["limit"]]
    return {
        "archives": [_told(row) for row in page],
        "next": page[-1]["archive_no"] if len(found) > len(page) else None,
    }


def _told(row: Json) -> dict[str, Any]:
    return {name: row[name] for name in INDEX}

"""Turn documents into signed files: after the commit that issued them, once each, whatever stops in between.

The row of a document says that its file is still to be made, so the job is as durable as the document and costs a
submission nothing. Whoever makes a file takes the row for a while, so that several workers share the work; nothing is
open while type is set; the file, its digest in the audit log and what was wrong are then one commit.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gdbos_contracts.errors import Conflict, Damaged, NotFound, Unavailable
from gdbos_contracts.principal import Principal
from gdbos_contracts.text import pick
from services.workflow.domain.case import agency_name
from services.workflow.domain.faults import text
from services.workflow.domain.incidents import PAPER
from services.workflow.domain.wording import wording
from services.workflow.handlers import failing
from services.workflow.handlers.following import document
from services.workflow.ports import CannotPrint, Press, Room

Json = Mapping[str, Any]
Enter = Callable[[], AbstractContextManager[Room]]
ROUND = 2
"""Files made in one round of a second, 172,800 a day: under a tenth of a core (bench `documents`), so that no
submission waits for a paper; what somebody asks for is made at once."""
LEASE = timedelta(minutes=1)
"""A file takes under a second; after this another worker makes it, the first having died."""
NOT_READY = text(
    "本机未安装中文字体或未配置签名证书，暂不能生成 PDF；请打开网页版文书打印",
    "本機未安裝中文字型或未設定簽章憑證，暫不能產生 PDF；請開啟網頁版文書列印",
    "No PDF can be made here: a Chinese font or the signing key is missing. Open the page and print that",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document ready for the press."""

    id: str
    case_no: str
    kind: str
    layout: str
    paper: Json


@dataclass(frozen=True, slots=True)
class Made:
    """`pdf` None when it could not be made; `cause` also where only the layout of its own gave way."""

    sheet: Sheet
    pdf: bytes | None
    cause: Exception | None


def print_due(limit: int, press: Press, reading: Enter, writing: Enter) -> dict[str, Any]:
    """Make the files that wait, the oldest first, ROUND at most; those that another worker took are its own."""
    if not (press.typesetter.ready and press.signer.ready):
        return {"made": 0}
    sheets = _take(min(limit, ROUND), press, reading, writing)
    made = [_make(sheet, press) for sheet in sheets]
    if made:
        with writing() as room:
            _keep(made, room)
            room.work.commit()
    return {"made": sum(each.pdf is not None for each in made)}


def file(
    case_no: str, id: str, principal: Principal, press: Press, reading: Enter, writing: Enter
) -> dict[str, Any]:
    """{number, title, pdf: base64}, made now when nobody did yet. NotFound for whoever may not see the document,
    Unavailable without font or key, Conflict when it cannot be set in type, Damaged when it was altered."""
    with reading() as room:
        title = document(case_no, id, principal, room)["title"]
        held, row = room.prints.pdf(id), room.prints.source(id)
        sheet = _sheet(row, press, room) if row and held is None else None
    if sheet:
        held = _make_now(sheet, press, reading, writing)
    if held is None:
        raise NotFound
    pdf, digest = held
    if hashlib.sha256(pdf).hexdigest() != digest or not press.signer.holds(pdf):
        raise Damaged
    return {"number": _number(case_no, id), "title": title, "pdf": base64.b64encode(pdf).decode()}


def verify(query: Json, room: Room) -> dict[str, Any]:
    """{valid, reason, document}: by the number and code on a paper, by the digest of a file, or by both. Whose
    document it is, is never said. Reasons: genuine, altered, revoked, unknown."""
    by_number, by_file = _numbered(query, room), room.prints.known(sha256=query["sha256"])
    found = by_number if query["number"] else by_file
    if found is None:
        return {"valid": False, "reason": "unknown", "document": None}
    if query["sha256"] and found["sha256"] != query["sha256"]:
        return {"valid": False, "reason": "altered", "document": None}
    case = room.cases.get(found["case_no"])
    revoked = case is not None and "revoked" in case.body and found["kind"] in ("decision", "result")
    return {
        "valid": not revoked,
        "reason": "revoked" if revoked else "genuine",
        "document": {
            "number": _number(found["case_no"], found["id"]),
            "title": found["title"],
            "agency": dict(agency_name(case)) if case else {},
            "item": dict(case.name) if case else {},
            "at": found["at"],
            "sha256": found["sha256"],
        },
    }


def _number(case_no: str, id: str) -> str:
    """文書編號: the case and the document within the house."""
    return f"{case_no}-{id}"


def _numbered(query: Json, room: Room) -> Json | None:
    case_no, _, id = query["number"].rpartition("-")
    found = room.prints.known(id=id)
    fits = found is not None and (found["case_no"], found["code"]) == (case_no, query["code"].upper())
    return found if fits else None


def _sheet(row: Json, press: Press, room: Room) -> Sheet:
    case, number = room.cases.get(row["case_no"]), _number(row["case_no"], row["id"])
    title, body = wording(row["html"])
    address = f"{press.address}/documents/verify"
    paper = {
        "title": title or pick(row["title"]),
        "agency": pick(agency_name(case)) if case else "",
        "number": number,
        "code": row["code"],
        "address": address,
        "link": f"{address}?number={number}&code={row['code']}",
        "at": row["at"],
        "notice": press.signer.notice,
        "values": row["facts"] or {},
        "body": body,
    }
    return Sheet(row["id"], row["case_no"], row["kind"], row["layout"], paper)


def _take(limit: int, press: Press, reading: Enter, writing: Enter) -> list[Sheet]:
    """A round with nothing to do writes nothing."""
    with reading() as room:
        if not room.prints.waits(room.work.now):
            return []
    with writing() as room:
        now = room.work.now
        sheets = [_sheet(row, press, room) for row in room.prints.take(now, now + LEASE, limit)]
        room.work.commit()
    return sheets


def _make(sheet: Sheet, press: Press) -> Made:
    """By its own layout, or by the built-in one where that does not fit: the wording is the same.

    Whatever else the press cannot do is told of this document, and stops no other.
    """
    cause: Exception | None = None
    for layout in dict.fromkeys((sheet.layout, "")):
        try:
            return Made(sheet, press.signer.sign(press.typesetter.pdf(layout, sheet.paper)), cause)
        except CannotPrint as error:
            cause = cause or error
        except Exception as error:  # noqa: BLE001 - a press that is out of order is this paper's incident
            logging.getLogger(__name__).exception("%s of %s", sheet.kind, sheet.case_no)
            return Made(sheet, None, error)
    return Made(sheet, None, cause)


def _make_now(sheet: Sheet, press: Press, reading: Enter, writing: Enter) -> tuple[bytes, str]:
    if not (press.typesetter.ready and press.signer.ready):
        raise Unavailable(NOT_READY)
    made = _make(sheet, press)
    with writing() as room:
        _keep([made], room)
        room.work.commit()
    with reading() as room:  # another may have been first: there is one file of a document
        held = room.prints.pdf(sheet.id)
    if held is None:
        raise Conflict(failing.message_of(made.cause or _NO_LAYOUT))
    return held


def _keep(all: Iterable[Made], room: Room) -> None:
    now = room.work.at
    for made in all:
        sheet, token = made.sheet, failing.paper(made.sheet.id)
        due = _told(made, token, room) if made.cause else None
        if made.pdf is None:
            room.prints.fail(sheet.id, due)
        else:
            digest = hashlib.sha256(made.pdf).hexdigest()
            if room.prints.put(sheet.id, made.pdf, digest, now):
                room.work.audit("document.print", sheet.case_no, document=sheet.id, sha256=digest)
        if not made.cause:
            failing.resolved(sheet.case_no, token, room)


def _told(made: Made, token: str, room: Room) -> datetime | None:
    """An incident for whoever answers for the template, which `element` names, or for the press; when to try again.

    A layout that does not fit, or a character without a font, fits no better later: that waits for people.
    """
    sheet, cause = made.sheet, made.cause or _NO_LAYOUT
    attempts = failing.attempts_of(room.incidents.get(sheet.case_no, token))
    due = None if isinstance(cause, CannotPrint) else failing.rarely(attempts, room.work.now)
    failing.put(sheet.case_no, token, PAPER, sheet.kind, cause, attempts, due, room)
    return due


_NO_LAYOUT = CannotPrint("template", "")

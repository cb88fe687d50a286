"""Cases with documents on a real database, and a press with a development key of its own."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdf

from gdbos_contracts.principal import SYSTEM
from gdbos_runtime.settings import Settings
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.rooms import room_of
from services.workflow.adapters.signing import PdfSigner, make_development_key
from services.workflow.adapters.typesetting import TypstTypesetter
from services.workflow.handlers import failing, printing
from services.workflow.handlers.papers import print_and_name
from services.workflow.ports import Press, Room
from support.engine_host import EngineHost, bpmn

ADDRESS = "https://gov.example"


class Bureau(EngineHost):
    """Issues documents and prints them."""

    def __init__(self, settings: Settings, keys: Path) -> None:
        super().__init__(settings)
        self.publish("waits", bpmn("start s\nuser fill role=r\nend e\ns > fill > e"))
        self.press = Press(TypstTypesetter(), PdfSigner(keys / "key.pem", make_development_key), ADDRESS)

    @contextmanager
    def reading(self) -> Iterator[Room]:
        with UnitOfWork(self.store, writing=False) as work:
            yield room_of(work, self.memory)

    def issue(self, case_no: str, kind: str = "denial", **body: Any) -> str:
        """The id of a document; `body` is what the case holds, `reason` what the paper says."""
        reason = body.pop("reason", "合成理由")
        with self.room() as room:
            case = room.cases.get(case_no) or self.start(case_no, "waits", {}, room)
            case.body = {
                **case.body,
                "item": {**case.body["item"], "agency_name": {"zh-Hans": "合成机关"}},
                **body,
            }
            id = print_and_name(case, kind, room, {"reason": reason})
            room.cases.save(case)
            room.work.commit()
        return id

    def template(self, id: str, html: str, layout: str, version: int = 1) -> None:
        """Put in force without a check: what a check would refuse may have been published before it was known."""
        title = {"zh-Hans": "合成文书"}
        with self.room() as room:
            row = {"id": id, "version": version, "title": title, "html": html, "layout": layout}
            room.processes.add_template(row)
            room.work.commit()

    def print_due(self, press: Press | None = None) -> int:
        return int(printing.print_due(100, press or self.press, self.reading, self.room)["made"])

    def drain(self) -> None:
        while self.print_due():
            pass

    def file(self, case_no: str, id: str, press: Press | None = None) -> Mapping[str, Any]:
        return printing.file(case_no, id, SYSTEM, press or self.press, self.reading, self.room)

    def verify(self, number: str = "", code: str = "", sha256: str = "") -> Mapping[str, Any]:
        with self.reading() as room:
            return printing.verify({"number": number, "code": code, "sha256": sha256}, room)

    def incident(self, case_no: str, id: str) -> Mapping[str, Any] | None:
        with self.reading() as room:
            return room.incidents.get(case_no, failing.paper(id))

    def code(self, id: str) -> str:
        with self.reading() as room:
            return str((room.prints.known(id) or {})["code"])


def pdf_of(found: Any) -> bytes:
    return base64.b64decode(found["pdf"])


def text_of(pdf: bytes) -> str:
    """Without white space, which the setting of type changes."""
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())

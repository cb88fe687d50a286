"""A case as its applicant sees and moves it."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import changing, following
from services.workflow.handlers.vouching import vouched


class Cases(Base):
    """A case as its applicant sees and moves it."""

    @rpc
    def applications(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.cases.Applications.read(request)
        with self._room(reading=True) as room:
            return following.applications(query, current().principal, room)

    @rpc
    def application(self, request: dict[str, Any]) -> dict[str, Any]:
        case_no = schemas.CaseKey.read(request)["case_no"]
        with self._room(reading=True) as room:
            return following.application(case_no, current().principal, room)

    @rpc
    def timeline(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.cases.Timeline.read(request)
        with self._room(reading=True) as room:
            return following.timeline(query["case_no"], query["after"], current().principal, room)

    @rpc
    def document(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.cases.Document.read(request)
        with self._room(reading=True) as room:
            return following.document(key["case_no"], key["id"], current().principal, room)

    @rpc
    def correct(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Correct.read(request)
        principal, others = current().principal, self._others()
        with self._room(reading=True) as room:
            claims = changing.claims(command, principal, room)
        known = vouched(claims, principal, others)
        with self._room() as room:
            return changing.correct(command, principal, known, others, room)

    @rpc
    def withdraw(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Reason.read(request)
        with self._room() as room:
            return changing.withdraw(command, current().principal, room)

    @rpc
    def add_message(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Message.read(request)
        with self._room() as room:
            return changing.add_message(command, current().principal, room)

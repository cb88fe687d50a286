"""The applicant's word on a hearing 聽證."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import hearings


class Hearing(Base):
    """The applicant's word on a hearing 聽證."""

    @rpc
    def answer_hearing(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.AnswerHearing.read(request)
        with self._room() as room:
            return hearings.answer(command, current().principal, room)

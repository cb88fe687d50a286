"""Cases of any BPMN model on a real database, moved by the handlers of the workflow without its desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.processes import Memory
from services.workflow.adapters.rooms import room_of
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import publishing
from services.workflow.handlers.advancing import follow
from services.workflow.handlers.firing import move
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room
from support.house import ROOT

sys.path.append(str(ROOT / "tests" / "unit" / "engine"))

from engine_models import bpmn  # noqa: E402 - the short language of the engine's tests

__all__ = ["EngineHost", "bpmn"]
BODY = {"item": {"result": {"kind": "none", "name": {}}, "agency_name": {}, "documents": []}, "limits": {}}


class EngineHost:
    def __init__(self, settings: Settings, fresh: bool = True) -> None:
        if fresh:
            migrate(settings, ["workflow"])
        self.store = store_of("workflow", settings)
        self.memory = Memory()

    @contextmanager
    def room(self) -> Iterator[Room]:
        with UnitOfWork(self.store) as work:
            yield room_of(work, self.memory)

    def publish(self, id: str, model: bytes) -> int:
        """The version."""
        with self.room() as room:
            command = {"id": id, "bpmn": model.decode(), "dry_run": False}
            return int(publishing.publish_process(command, room.processes, room.cases, room.work)["version"])

    def begin(self, case_no: str, process: str, variables: Mapping[str, Any] | None = None) -> Case:
        with self.room() as room:
            case = self.start(case_no, process, variables or {}, room)
            room.work.commit()
        return case

    def start(
        self, case_no: str, process: str, variables: Mapping[str, Any], room: Room, agency: str = "agency"
    ) -> Case:
        """The case begun, in this unit of work."""
        found = room.processes.graph(process, None)
        assert found is not None
        case = Case(
            case_no=case_no,
            kind="item",
            item=process,
            item_version=1,
            name={"zh-Hans": process},
            region="440307",
            agency=agency,
            applicant="someone",
            subject={},
            state="submitted",
            submitted_at=room.work.now.isoformat(),
            process=process,
            process_version=found[1],
            body=dict(BODY),
        )
        follow(case, step(case, Command("start", variables=variables), room), room)
        room.cases.add(case)
        return case

    def tell(self, case_no: str, command: Command, key: str = "") -> Case:
        with self.room() as room:
            case = room.cases.get(case_no)
            assert case is not None
            move(case, command, key, room)
            room.work.commit()
        return case

    def complete(self, case_no: str, element: str, **variables: Any) -> Case:
        token = self.token(self.case(case_no), element)
        return self.tell(case_no, Command("complete", token, variables), key=token)

    def case(self, case_no: str) -> Case:
        with self.room() as room:
            case = room.cases.get(case_no)
        assert case is not None
        return case

    @staticmethod
    def token(case: Case, element: str) -> str:
        """The token that stands at the element."""
        return next(token for token, facts in case.doc["tokens"].items() if facts["e"] == element)

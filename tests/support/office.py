"""An agency's desk under a clock that the test moves, on the database of the pair."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from gdbos_contracts.principal import Principal
from gdbos_runtime import clock
from gdbos_runtime.settings import Settings
from services.workflow.domain.case import Case
from services.workflow.handlers import calendars, deciding, watching
from services.workflow.handlers.advancing import begin
from support.engine_host import EngineHost
from support.house import ROOT

MODEL = """
start s
user intake role=intake actions="accept correct refuse_acceptance"
user decide role=decider actions="grant deny"
end e outcome=granted
s > intake > decide > e
"""
OLD, NEW, THIRD = "OLD-AGENCY", "NEW-AGENCY", "THIRD-AGENCY"
CLERK_ROLES = ("intake", "decider")
ADMIN = Principal("admin", "admin", "管理员")
SUPERVISOR = Principal("supervisor", "supervisor", "监察员")


def clerk(agency: str = OLD, name: str = "clerk", roles: tuple[str, ...] = CLERK_ROLES) -> Principal:
    return Principal(f"{name}-{agency}", "clerk", name, roles, agency)


class NoStandards:
    """Tasks without a form; every datum is as its schema says."""

    def schema(self, elements: Any) -> dict[str, Any]:
        return {}

    def explain(self, elements: Any, data: Any) -> list[Any]:
        return []

    def violations(self, schema: Any, data: Any) -> list[Any]:
        return []


class Office(EngineHost):
    """An agency's desk under a clock that the test moves."""

    def at(self, day: str, time: str = "09:00") -> None:
        clock.start_at(f"{day}T{time}:00+08:00")

    def file(self, case_no: str, agency: str = OLD, days: int = 5, region: str = "440305") -> None:
        limits = {
            "statutory": {"days": 20, "unit": "working_day"},
            "promised": {"days": days, "unit": "working_day"},
        }
        body = {
            "item": {
                "result": {"kind": "none", "name": {}},
                "agency_name": {},
                "documents": [],
                "correction": {"days": 30},
            },
            "limits": limits,
            "answers": {},
            "materials": [],
            "elements": [],
            "asked": [],
            "applicant_name": "",
            "situation": "",
        }
        with self.room() as room:
            found = room.processes.graph("timed", None)
            assert found is not None
            case = Case(
                case_no, "item", "timed", 1, {"en": "timed"}, region, agency, "someone", {}, "submitted",
                room.work.now.isoformat(), "timed", found[1], body=body,
            )  # fmt: skip
            begin(case, room)
            room.cases.add(case)
            room.work.commit()

    def task(self, case_no: str, role: str) -> str:
        with self.room() as room:
            rows = room.tasks.of_case(case_no)
            return str(next(row["id"] for row in rows if row["role"] == role and row["status"] == "open"))

    def act(self, case_no: str, action: str, who: Principal | None = None, **data: Any) -> Any:
        principal = who or clerk(self.case(case_no).agency)
        role = "intake" if action in ("accept", "correct", "refuse_acceptance") else "decider"
        role = "agency_head" if action.endswith("_extension") else role
        command = {"action": action, "data": data}
        with self.room() as room:
            return deciding.complete(self.task(case_no, role), command, principal, NoStandards(), room)

    def accepted(self, case_no: str, day: str, **more: Any) -> None:
        self.at(day)
        self.file(case_no, **more)
        self.act(case_no, "accept")

    def row(self, case_no: str) -> dict[str, Any]:
        with self.room() as room:
            return dict(room.clocks.get(case_no) or {})

    def records(self, case_no: str) -> list[dict[str, Any]]:
        with self.room() as room:
            return [dict(row) for row in room.records.of((), "", 0, 10_000) if row["case_no"] == case_no]

    def sweep(self, limit: int = 100) -> dict[str, Any]:
        return watching.sweep(limit, self.room)

    def publish(self, days: dict[str, bool], agency: str = "") -> int:  # type: ignore[override]
        command = {
            "agency": agency,
            "days": [{"day": date.fromisoformat(day), "works": works} for day, works in days.items()],
            "known_until": None,
            "reason": "notice",
        }
        with self.room() as room:
            return int(calendars.publish(command, ADMIN, room)["id"])


QUERY = {"limit": 1000, "item": "", "light": "", "cursor": "", "queue": "", "text": "", "region": ""}


def opened(settings: Settings) -> Iterator[Office]:
    """An office with its process published; afterwards the clock is the machine's again."""
    sys.path.insert(0, str(ROOT / "tests" / "unit" / "engine"))
    from engine_models import bpmn

    found = Office(settings)
    EngineHost.publish(found, "timed", bpmn(MODEL))
    yield found
    clock.start_at("")

"""The desk on a real database: one small process with two reviewers kept apart and another agency's task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from gdbos_contracts.errors import Fault
from gdbos_contracts.principal import Principal
from gdbos_runtime import context
from gdbos_runtime.settings import Settings
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import bulk, claiming, deciding, desk, following
from services.workflow.handlers.advancing import follow
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room
from support.engine_host import EngineHost

Json = Mapping[str, Any]
AGENCY, FIRE = "11440305MB2X010153", "11440305MB2X01031Q"
ROLES = ("intake", "reviewer", "decider", "issuer")
CITIZEN = "440305199003071236"
ANSWERS = {"person.name": "陈晓明", "premises.address": "演示大道88号", "premises.area": "withheld area"}
MATERIALS = ("layout", "withheld_material")
_STEPS = (
    ("intake", 'gdbos:role="intake" gdbos:actions="accept correct"'),
    ("first", 'gdbos:role="reviewer" gdbos:actions="pass"'),
    ("second", 'gdbos:role="decider" gdbos:actions="pass" gdbos:apart="first"'),
    (
        "fire",
        f'gdbos:role="reviewer" gdbos:agency="{FIRE}" gdbos:actions="pass" '
        'gdbos:reads="premises.address layout"',
    ),
    ("strict", f'gdbos:role="reviewer" gdbos:agency="{FIRE}" gdbos:actions="pass"'),
)


def model() -> bytes:
    """The steps, one after another."""
    names = ["start", *(name for name, _ in _STEPS), "end"]
    tasks = "".join(f'<bpmn:userTask id="{n}" name="{n}" {attributes}/>' for n, attributes in _STEPS)
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
        for i, (a, b) in enumerate(zip(names, names[1:], strict=False))
    )
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gdbos="urn:gdbos:bpmn:1"'
        ' id="d" targetNamespace="urn:gdbos:process"><bpmn:process id="desk" isExecutable="true">'
        f'<bpmn:startEvent id="start"/>{tasks}<bpmn:endEvent id="end"/>{flows}</bpmn:process></bpmn:definitions>'
    ).encode()


def clerk(id: str, agency: str = AGENCY, roles: Sequence[str] = ROLES, **more: Any) -> Principal:
    return Principal(id, "clerk", f"办事员{id}", roles=tuple(roles), agency=agency, **more)


class NoStandards:
    """No form has a field of its own, so every object that a schema allows is right."""

    def schema(self, elements: Sequence[Json]) -> Json:
        return {"type": "object", "properties": {each["element"]: {} for each in elements}, "required": []}

    def explain(self, elements: Sequence[Json], data: Json) -> Sequence[Fault]:
        return []

    def violations(self, schema: Json, data: Json) -> Sequence[Fault]:
        missing = [name for name in schema["required"] if name not in data]
        return [Fault(f"/{name}", "required", {"en": "required"}) for name in missing]


class DeskHost(EngineHost):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.publish("desk", model())

    @contextmanager
    def at(self, principal: Principal) -> Iterator[Room]:
        """A unit of work in the name of the principal."""
        bound = context.bind(context.Context(principal=principal))
        try:
            with self.room() as room:
                yield room
        finally:
            context.release(bound)

    def file(self, case_no: str, applicant: str = "someone", filer: Principal | None = None) -> None:
        """An application of the citizen, with answers and materials."""
        with self.room() as room:
            person = room.people.behind(filer) if filer else None
            case = self._case(case_no, applicant, person, room)
            follow(case, step(case, Command("start", variables={}), room), room)
            room.cases.add(case)
            room.work.commit()

    def _case(self, case_no: str, applicant: str, person: str | None, room: Room) -> Case:
        found = room.processes.graph("desk", None)
        assert found is not None
        elements = [{"element": e, "version": 1, "required": True, "section": ""} for e in ANSWERS]
        body = {
            "item": {
                "result": {"kind": "none", "name": {}},
                "agency_name": {},
                "documents": [],
                "correction": {"days": 5},
            },
            "limits": {},
            "applicant_name": "陈晓明",
            "filer": person,
            "situation": "",
            "answers": dict(ANSWERS),
            "elements": elements,
            "asked": [{"id": m, "name": {"zh-Hans": m}, "necessity": "required"} for m in MATERIALS],
            "materials": [{"material": m, "files": [{"id": m, "name": m}]} for m in MATERIALS],
        }
        return Case(
            case_no=case_no, kind="item", item="desk", item_version=1, name={"zh-Hans": "演示"}, region="440305",
            agency=AGENCY, applicant=applicant, subject={"person.citizen_id": CITIZEN}, state="submitted",
            submitted_at=room.work.now.isoformat(), process="desk", process_version=found[1], body=body,
        )  # fmt: skip

    def listed(self, principal: Principal, **query: Any) -> list[str]:
        """Case numbers in the principal's inbox."""
        return [task["case_no"] for task in self.queue(principal, **query)["tasks"]]

    def queue(self, principal: Principal, **query: Any) -> dict[str, Any]:
        asked = {**dict.fromkeys(("queue", "item", "region", "light", "text", "cursor"), ""), "limit": 100}
        with self.at(principal) as room:
            return desk.queue({**asked, **query}, principal, room)

    def task(self, case_no: str) -> str:
        """The id of the case's open task."""
        with self.room() as room:
            return str(next(t["id"] for t in room.tasks.of_case(case_no) if t["status"] == "open"))

    def element(self, case_no: str, principal: Principal) -> str:
        return str(self.shown(case_no, principal)["element"])

    def shown(self, case_no: str, principal: Principal) -> dict[str, Any]:
        id = self.task(case_no)
        with self.at(principal) as room:
            return desk.one(id, principal, NoStandards(), room)

    def application(self, case_no: str, principal: Principal) -> dict[str, Any]:
        with self.at(principal) as room:
            return following.application(case_no, principal, room)

    def claim(self, case_no: str, principal: Principal, how: str = "claim") -> dict[str, Any]:
        """claim, release or undo of the open task."""
        id = self.task(case_no)
        with self.at(principal) as room:
            return claiming.committed(getattr(claiming, how)(id, principal, room), room)

    def assign(self, case_no: str, to: Principal, principal: Principal) -> dict[str, Any]:
        id = self.task(case_no)
        with self.at(principal) as room:
            return claiming.committed(claiming.assign(id, to, principal, room), room)

    def complete(self, case_no: str, principal: Principal, action: str, id: str = "") -> dict[str, Any]:
        id = id or self.task(case_no)
        command = {"action": action, "data": {}, "comment": ""}
        with self.at(principal) as room:
            return deciding.complete(id, command, principal, NoStandards(), room)

    def bulk(self, principal: Principal, to: Principal | None = None, **command: Any) -> dict[str, Any]:
        asked = {"action": "done", "data": {}, "dry_run": True, **command}
        with self.at(principal) as room:
            return bulk.bulk(asked, to, principal, NoStandards(), room)

    def forward(self, case_no: str, *steps: tuple[Principal, str]) -> None:
        for principal, action in steps:
            self.complete(case_no, principal, action)

"""A publication waits for its day, is asked again on it, and waits on while it would break somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.standards import NOW, FakeHolders, FakeWork, code_list, element

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, Incompatible, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.standards import schemas as wire
from services.standards.adapters import orm
from services.standards.adapters.repository import RegistryRepository
from services.standards.adapters.scheduled import ScheduleRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.domain.lifecycle import COUNCIL
from services.standards.handlers import publishing, scheduling, using
from services.standards.handlers import scheduled as reading
from services.standards.handlers.scheduling import Desk

STEWARD = "11440305MB2X010153"
NAME = element("person.name", "姓名", format="an..50", status="standard", steward=STEWARD)
NARROWER = {**NAME, "version": 2, "format": "an..20"}
RULE = {"id": "person.name", "from": 1, "to": 2, "up": "substring(value, 1, 20)", "down": "value"}
TOMORROW = NOW.date() + timedelta(days=1)
AGENCY = Principal("a", "agency_admin", "", agency=STEWARD)
OTHER = Principal("o", "agency_admin", "", agency="11440300MB2C10004X")
BOARD = Principal("c", "agency_admin", "", agency=STEWARD, roles=(COUNCIL,))


class House:
    """The real tables, a clock of our own, and what was audited and emitted."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW
        self.work = FakeWork()

    @contextmanager
    def enter(self) -> Iterator[Desk]:
        with self.store.writing.connect() as connection:
            work = FakeWork()
            work.now = self.now  # type: ignore[misc]
            work.audited, work.emitted, work.said = self.work.audited, self.work.emitted, self.work.said
            work.commit = connection.commit  # type: ignore[method-assign]
            ports = (
                ScheduleRepository(connection),
                RegistryRepository(connection, {}),
                UseRepository(connection),
            )
            yield Desk(*ports, work)

    def publish(self, *drafts: Any) -> None:
        with self.enter() as desk:
            command = {"elements": drafts, "code_lists": (), "migrations": (), "dry_run": False}
            publishing.publish(command, desk.registry, desk.uses, compare_history, desk.work)

    def publish_lists(self, *drafts: Any) -> None:
        with self.enter() as desk:
            command = {"elements": (), "code_lists": drafts, "migrations": (), "dry_run": False}
            publishing.publish(command, desk.registry, desk.uses, compare_history, desk.work)

    def restore(self, id: int, row: Any) -> None:
        """As it was found."""
        with self.store.writing.connect() as connection:
            same = sa.update(orm.scheduled_publication).where(orm.scheduled_publication.c.id == id)
            connection.execute(same.values(status=row["status"], on=row["on"]))
            connection.commit()

    def use(self, id: str, *elements: str, version: str = "1") -> None:
        with self.enter() as desk:
            said = {"kind": "item", "id": id, "version": version, "elements": elements}
            rows = [wire.uses.UserElements().load(said)]
            using.note_told(rows, desk.registry, desk.uses, FakeHolders(), desk.work)

    def schedule(
        self, *drafts: Any, on: date = TOMORROW, by: Principal = SYSTEM, rules: Any = (), lists: Any = ()
    ) -> dict[str, Any]:
        said = {"elements": drafts, "code_lists": lists, "migrations": rules, "on": on.isoformat()}
        with self.enter() as desk:
            return scheduling.schedule(wire.scheduling.Schedule().load(said), by, desk, compare_history)

    def cancel(self, id: int, by: Principal = SYSTEM) -> dict[str, Any]:
        with self.enter() as desk:
            return scheduling.cancel(id, by, desk.schedule, desk.work)

    def plan(self, id: int, on: date | None = None, by: Principal = SYSTEM) -> dict[str, Any]:
        with self.enter() as desk:
            return scheduling.plan({"id": id, "on": on}, by, desk, compare_history)

    def one(self, id: int, by: Principal = SYSTEM) -> dict[str, Any]:
        with self.enter() as desk:
            return reading.one_scheduled(id, by, desk, compare_history)

    def told(self, type: str) -> list[str]:
        """The stewards who were told of it, once for each time."""
        return [data["steward"] for said, data in self.work.said if said == type]

    def day(self, later: int) -> dict[str, Any]:
        """The clock looks in the first second of that day in China."""
        self.now = NOW.replace(hour=0, minute=0, second=0) + timedelta(days=later)
        return scheduling.publish_due(10, self.enter, compare_history)

    def held(self) -> list[dict[str, Any]]:
        with self.enter() as desk:
            found: list[dict[str, Any]] = reading.scheduled("", SYSTEM, desk.schedule, self.now.date())[
                "scheduled"
            ]
            return found

    def newest(self, id: str = "person.name") -> int:
        with self.enter() as desk:
            found = desk.registry.element(id)
            return found.version if found else 0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(data=tmp_path)
    migrate(settings, ["standards"])
    store = Store("standards", settings)
    found = House(store)
    found.publish(NAME)
    found.use("enrol", "person.name@1")
    yield found
    store.dispose()


def test_what_a_rule_carries_over_comes_into_force_on_its_day(house: House) -> None:
    made = house.schedule(NARROWER, rules=[RULE])
    assert (made["status"], made["publishes"], made["migrations"]) == ("scheduled", ["person.name@2"], [RULE])
    assert house.day(0) == {"published": 0, "kept": 0} and house.newest() == 1
    assert house.day(1) == {"published": 1, "kept": 0} and house.newest() == 2
    assert house.day(2) == {"published": 0, "kept": 0}
    with house.enter() as desk:
        assert [rule.up for rule in desk.registry.rules("person.name", 2)] == [RULE["up"]]
    assert [each["status"] for each in house.held()] == ["published"]


def test_the_day_begins_at_midnight_in_china(house: House) -> None:
    house.schedule(NARROWER, rules=[RULE])
    house.now = NOW.replace(hour=23, minute=59, second=59)
    assert scheduling.publish_due(10, house.enter, compare_history)["published"] == 0
    house.now += timedelta(seconds=1)
    assert scheduling.publish_due(10, house.enter, compare_history)["published"] == 1


def test_what_would_break_is_not_scheduled_without_a_rule(house: House) -> None:
    with pytest.raises(Incompatible) as refused:
        house.schedule(NARROWER)
    assert [user["id"] for user in refused.value.more["breaks"][0]["users"]] == ["enrol"]
    assert refused.value.faults[0].code == "in_use" and house.held() == []


def test_a_new_user_keeps_it_back_and_the_steward_is_told_once(house: House) -> None:
    house.publish({**NAME, "version": 2, "format": "an..40"} | {"status": "draft"})
    third = {**NAME, "version": 3, "format": "an..30"}
    house.schedule(third, rules=[{**RULE, "to": 3, "up": "substring(value, 1, 30)"}])
    house.use("marry", "person.name@2")
    assert house.day(1) == {"published": 0, "kept": 1}
    assert house.day(2) == {"published": 0, "kept": 1} and house.newest() == 2
    (kept,) = house.held()
    assert kept["status"] == "scheduled" and kept["reason"]["code"] == "incompatible"
    assert [user["id"] for user in kept["reason"]["more"]["breaks"][0]["users"]] == ["marry"]
    told = [data for type, data in house.work.said if type == "publication.kept"]
    assert [(data["steward"], data["reason"]["code"]) for data in told] == [(STEWARD, "incompatible")]
    house.use("marry", version="2")
    assert house.day(3) == {"published": 1, "kept": 0} and house.newest() == 3


def test_what_another_published_meanwhile_keeps_it_back_too(house: House) -> None:
    house.schedule(NARROWER, rules=[RULE])
    house.publish({**NARROWER, "format": "an..60"})
    assert house.day(1)["kept"] == 1 and house.held()[0]["reason"]["code"] == "conflict"


def test_it_can_be_cancelled_until_it_is_over(house: House) -> None:
    first, second = (
        house.schedule(NARROWER, rules=[RULE]),
        house.schedule(element("firm.x", status="standard")),
    )
    with pytest.raises(Forbidden):
        house.cancel(first["id"], OTHER)
    with pytest.raises(Forbidden):
        house.cancel(second["id"], AGENCY)
    with pytest.raises(NotFound):
        house.cancel(99, BOARD)
    assert house.cancel(first["id"], AGENCY)["status"] == "cancelled"
    assert house.told("publication.cancelled") == [STEWARD]
    assert house.day(1) == {"published": 1, "kept": 0} and house.newest() == 1 and house.newest("firm.x") == 1
    for over in (first, second):
        with pytest.raises(Conflict):
            house.cancel(over["id"])
    with pytest.raises(Conflict):
        house.plan(second["id"], TOMORROW + timedelta(days=9))


def test_a_bad_one_is_pointed_at_and_not_kept(house: House) -> None:
    for said, pointer in (
        ({"drafts": [NARROWER], "on": NOW.date(), "rules": [RULE]}, "/on"),
        ({"drafts": [NAME]}, "/elements"),
        ({"drafts": [{**NARROWER, "format": "?"}]}, "/elements/0/format"),
        ({"drafts": [NARROWER], "rules": [{**RULE, "up": "if ("}]}, "/migrations/0/up"),
        ({"drafts": [], "lists": [code_list("l", "1", "1")]}, "/code_lists/0/codes/1/value"),
    ):
        with pytest.raises(BadInput) as refused:
            house.schedule(*said.pop("drafts"), **said)  # type: ignore[attr-defined]
        assert pointer in [fault.pointer for fault in refused.value.faults]
    with pytest.raises(Forbidden):
        house.schedule(NARROWER, rules=[RULE], by=AGENCY)
    assert house.schedule(NARROWER, rules=[RULE], by=BOARD)["by"] == "c"
    assert len(house.held()) == 1


def test_a_cancelled_one_stands_again_and_comes_into_force(house: House) -> None:
    id = house.schedule(NARROWER, rules=[RULE])["id"]
    house.cancel(id, AGENCY)
    assert house.plan(id, by=AGENCY)["status"] == "scheduled"
    assert house.told("publication.scheduled") == [STEWARD, STEWARD]
    assert house.day(1)["published"] == 1 and house.newest() == 2


def test_another_day_is_for_who_decides_what_is_binding(house: House) -> None:
    id, later = house.schedule(NARROWER, rules=[RULE])["id"], TOMORROW + timedelta(days=1)
    with pytest.raises(Forbidden):
        house.plan(id, later, AGENCY)
    assert house.plan(id, later, BOARD)["on"] == later.isoformat()
    house.cancel(id)
    with pytest.raises(Forbidden):
        house.plan(id, TOMORROW, AGENCY)
    with pytest.raises(BadInput) as refused:
        house.plan(id, NOW.date())
    assert [fault.pointer for fault in refused.value.faults] == ["/on"]
    assert house.day(5) == {"published": 0, "kept": 0}
    with pytest.raises(BadInput):
        house.plan(id)


def test_what_would_break_by_now_does_not_stand_again(house: House) -> None:
    house.publish({**NAME, "version": 2, "format": "an..40", "status": "draft"})
    third = {**NAME, "version": 3, "format": "an..30"}
    id = house.schedule(third, rules=[{**RULE, "to": 3, "up": "substring(value, 1, 30)"}])["id"]
    house.cancel(id)
    assert house.one(id)["refused"] == {}
    house.use("marry", "person.name@2")
    with pytest.raises(Incompatible) as refused:
        house.plan(id)
    assert [user["id"] for user in refused.value.more["breaks"][0]["users"]] == ["marry"]
    told = house.one(id)
    assert told["refused"]["faults"] == [fault.to_data() for fault in refused.value.faults]
    assert told["status"] == "cancelled"


def test_it_tells_what_each_version_changes(house: House) -> None:
    house.publish_lists(code_list("list", "1", "2", "3"))
    codes = [{**code, "valid_to": "2026-08-01"} for code in code_list("list", "1")["codes"]]
    again = {**code_list("list", "1", "2", "4", version=2), "steward": STEWARD}
    again["codes"][0] = codes[0]
    told = house.one(house.schedule(NARROWER, rules=[RULE], lists=[again])["id"])
    lists, name = told["changes"]
    assert (name["kind"], name["before"]) == ("element", 1)
    assert name["members"] == [{"name": "format", "old": "an..50", "new": "an..20"}]
    assert lists["codes"] == {"added": ["4"], "ended": ["3", "1"], "reworded": []}
    assert [each["name"] for each in lists["members"]] == ["steward"]
    first = house.one(house.schedule(element("firm.x", status="standard"))["id"])["changes"]
    assert [(each["before"], each["members"]) for each in first] == [(None, [])]


@pytest.mark.parametrize("by", [SYSTEM, BOARD, AGENCY, OTHER], ids=lambda who: who.id)
@pytest.mark.parametrize("status", ["scheduled", "cancelled", "published", "cancelled, its day gone"])
def test_the_steps_that_are_told_are_those_that_are_taken(house: House, by: Principal, status: str) -> None:
    id = house.schedule(NARROWER, rules=[RULE])["id"]
    if status.startswith("cancelled"):
        house.cancel(id)
    if status not in ("scheduled", "cancelled"):
        house.day(1)
    later = TOMORROW + timedelta(days=9)
    tries = {
        "cancel": lambda: house.cancel(id, by),
        "undo": lambda: house.plan(id, by=by),
        "plan": lambda: house.plan(id, later, by),
    }
    told, before = house.one(id, by)["steps"], house.one(id, by)
    if before["status"] == "scheduled":
        del tries["undo"]
    taken = []
    for step, take in tries.items():
        try:
            take()
        except (BadInput, Conflict, Forbidden):
            continue
        taken.append(step)
        house.restore(id, before)
    assert taken == told

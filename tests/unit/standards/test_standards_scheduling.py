"""A publication waits for its day, is asked again on it, and waits on while it would break somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.standards import NOW, FakeHolders, FakeWork, code_list, element

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, Incompatible, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.standards import schemas as wire
from services.standards.adapters.repository import RegistryRepository
from services.standards.adapters.scheduled import ScheduleRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.domain.lifecycle import COUNCIL
from services.standards.handlers import publishing, scheduling, using
from services.standards.handlers.scheduling import Desk

STEWARD = "11440305MB2X010153"
NAME = element("person.name", "姓名", format="an..50", status="standard", steward=STEWARD)
NARROWER = {**NAME, "version": 2, "format": "an..20"}
RULE = {"id": "person.name", "from": 1, "to": 2, "up": "substring(value, 1, 20)", "down": "value"}
TOMORROW = NOW.date() + timedelta(days=1)
AGENCY = Principal("a", "agency_admin", "", agency=STEWARD)
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

    def day(self, later: int) -> dict[str, Any]:
        """The clock looks in the first second of that day in China."""
        self.now = NOW.replace(hour=0, minute=0, second=0) + timedelta(days=later)
        return scheduling.publish_due(10, self.enter, compare_history)

    def held(self) -> list[dict[str, Any]]:
        with self.enter() as desk:
            found: list[dict[str, Any]] = scheduling.scheduled("", desk.schedule)["scheduled"]
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
    with house.enter() as desk:
        with pytest.raises(Forbidden):
            scheduling.cancel(first["id"], AGENCY, desk.schedule, desk.work)
        with pytest.raises(NotFound):
            scheduling.cancel(99, BOARD, desk.schedule, desk.work)
        assert scheduling.cancel(first["id"], BOARD, desk.schedule, desk.work)["status"] == "cancelled"
    assert house.day(1) == {"published": 1, "kept": 0} and house.newest() == 1 and house.newest("firm.x") == 1
    for over in (first, second):
        with house.enter() as desk, pytest.raises(Conflict):
            scheduling.cancel(over["id"], SYSTEM, desk.schedule, desk.work)


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

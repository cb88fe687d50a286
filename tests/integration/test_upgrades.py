"""Every migration over filled old data: an old schema is filled, brought to the newest revision, and nothing is lost."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from support.standards import code_list, element, text

from gdbos_runtime import store as stores
from gdbos_runtime.migrate import migrate, package_of, revisions
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards.adapters.lists import CodeListRepository
from services.standards.adapters.repository import RegistryRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.codelist import CodeList, facts
from services.workflow.adapters.migrations import MigrationRepository

ROWS = 3
OLDER = [(service, revision) for service in SERVICES for revision in revisions(service)[:-1]]
LISTED = code_list("old_list", "1", {"value": "2", "valid_to": "2024-01-01"})
NAMED = element("old.name", "舊名稱", synonyms=["別名"], status="standard")
CASE = {"item": {"agency_name": text("机构")}, "answers": {}}
SAID: Mapping[tuple[str, str], Callable[[int], Any]] = {
    ("element", "body"): lambda row: {**NAMED, "id": f"old.k{row}"},
    ("element", "names"): lambda row: f"k{row} 舊名稱",
    ("code_list", "body"): lambda row: {**LISTED, "id": f"k{row}"},
    ("code_list", "facts"): lambda row: facts(CodeList.from_data(LISTED)),
    ("cases", "body"): lambda row: CASE,
    ("cases", "name"): lambda row: text("事项"),
    ("rating", "score"): lambda row: row + 3,
}
"""What a row of that table has in that column; any other is made up by its type."""
STAGES = ("given", "verifying", "verifying")
MOVED = {"rating": "evaluation"}
"""Tables that are gone, and where their rows went."""


@pytest.fixture
def fresh(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Nothing has been migrated yet; what the test before left on PostgreSQL is gone, and its connections with it."""
    for held in stores._STORES.values():
        held.dispose()
    stores._STORES.clear()
    if settings.database_url:
        from support.reset import drop_schemas

        drop_schemas(settings.database_url)
        yield settings
    else:
        yield Settings.from_env({}, amqp_uri="embedded://", data=tmp_path, port=-1)


@pytest.mark.parametrize(("service", "revision"), OLDER, ids=str)
def test_old_data_comes_through(service: str, revision: str, fresh: Settings) -> None:
    """No row is lost but those that moved, and the newest schema is the one that the repositories speak."""
    migrate(fresh, [service], to=revision)
    store = Store(service, fresh)
    try:
        filled = fill(store)
        assert filled and migrate(fresh, [service]) == {service: revisions(service)[-1]}
        held = counts(store)
        lost = {name for name, rows in filled.items() if held.get(name, 0) < rows}
        assert lost <= MOVED.keys()
        assert {name: held[MOVED[name]] for name in lost} == {name: filled[name] for name in lost}
        with store.reading.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection), declared(service))
        assert [change for change in found if "alembic_version" not in str(change)] == []
    finally:
        store.dispose()


@pytest.mark.parametrize("revision", revisions("standards")[:7])
def test_an_old_registry_is_searched_and_asked_as_a_new_one(revision: str, fresh: Settings) -> None:
    """Names have been written as they are searched since 0008."""
    migrate(fresh, ["standards"], to=revision)
    store = Store("standards", fresh)
    try:
        fill(store)
        migrate(fresh, ["standards"])
        with store.reading.connect() as connection:
            registry, uses = RegistryRepository(connection, {}), UseRepository(connection)
            for query in ("旧名称", "舊名稱", "別名", "别名", "k1"):
                assert [e.id for e, _ in registry.search(query, "", 9, "")], query
            (told, *_) = CodeListRepository(connection).versions("k0")
            assert (told["size"], told["retired"]) == (2, 1)
            assert {use.version for use in uses.living_by("k1", date(2026, 1, 5))} == {"k1"}
    finally:
        store.dispose()


@pytest.mark.parametrize("revision", revisions("workflow")[:4])
def test_ratings_become_evaluations(revision: str, fresh: Settings) -> None:
    migrate(fresh, ["workflow"], to=revision)
    store = Store("workflow", fresh)
    try:
        fill(store)
        migrate(fresh, ["workflow"])
        with store.reading.connect() as connection:
            rows = connection.execute(
                sa.text("SELECT case_no, level, stage FROM evaluation ORDER BY case_no")
            )
            assert [tuple(row) for row in rows] == [(f"k{n}", n + 3, STAGES[n]) for n in range(ROWS)]
    finally:
        store.dispose()


def test_migrations_of_before_are_listed(fresh: Settings) -> None:
    """They were told by the history alone; one was undone."""
    migrate(fresh, ["workflow"], to="0013")
    store = Store("workflow", fresh)
    try:
        fill(store)
        body = json.dumps({"from": 1, "version": 2, "moves": {"a": "b"}, "before": {}})
        with store.writing.begin() as connection:
            history = sa.Table("history", sa.MetaData(), autoload_with=connection)
            same = {"actor": "who", "hash": "x"}
            for case_no, id in (("k0", "one"), ("k1", "one"), ("k2", "two")):
                told = {"command": "migrate", "key": f"migrate:{id}", "at": f"2026-01-01T{id}", "body": body}
                connection.execute(sa.insert(history), {**same, **told, "case_no": case_no, "seq": 5})
            undone = {"command": "undo", "key": "undo:two", "at": "2026-01-02", "body": "{}"}
            connection.execute(sa.insert(history), {**same, **undone, "case_no": "k2", "seq": 6})
        migrate(fresh, ["workflow"])
        with UnitOfWork(store, writing=False) as work:
            found = {row["id"]: row for row in MigrationRepository(work).page((), "", "", 10)}
            assert MigrationRepository(work).cases("one") == {"k0": 5, "k1": 5}
        assert [(found[id]["cases"], found[id]["undone_at"]) for id in ("one", "two")] == [
            (2, None), (1, "2026-01-02"),
        ]  # fmt: skip
        one = found["one"]
        assert (one["from_version"], one["to_version"], one["moves"], one["stayed"]) == (
            1,
            2,
            {"a": "b"},
            None,
        )
    finally:
        store.dispose()


def fill(store: Store) -> dict[str, int]:
    """{table: rows} of the schema as it is, each table with a few rows."""
    metadata = sa.MetaData()
    with store.writing.begin() as connection:
        metadata.reflect(connection)
        tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
        for table in tables:
            rows = [{c.name: made_up(table, c, n) for c in table.columns} for n in range(ROWS)]
            connection.execute(sa.insert(table), rows)
    return {table.name: ROWS for table in tables}


def made_up(table: sa.Table, column: sa.Column[Any], row: int) -> Any:
    if (table.name, column.name) in SAID:
        return SAID[table.name, column.name](row)
    if isinstance(column.type, sa.JSON):
        return {}
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, (sa.Integer, sa.Numeric, sa.Float)):
        return 1000 + row
    return b"x" if isinstance(column.type, sa.LargeBinary) else f"k{row}"


def counts(store: Store) -> dict[str, int]:
    metadata = sa.MetaData()
    with store.reading.connect() as connection:
        metadata.reflect(connection)
        count = sa.select(sa.func.count())
        return {t.name: int(connection.scalar(count.select_from(t)) or 0) for t in metadata.tables.values()}


def declared(service: str) -> sa.MetaData:
    found: sa.MetaData = importlib.import_module(f"{package_of(service)}.adapters.orm").metadata
    return found

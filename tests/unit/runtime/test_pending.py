"""Writes that are kept back until somebody reads them."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from gdbos_contracts.errors import Conflict, InFlight
from gdbos_runtime.pending import Pending
from gdbos_runtime.prepared import Prepared

metadata = sa.MetaData()
thing = sa.Table(
    "thing", metadata, sa.Column("id", sa.String(8), primary_key=True), sa.Column("body", sa.JSON)
)
other = sa.Table("other", metadata, sa.Column("id", sa.String(8), primary_key=True))
ADD = Prepared(sa.insert(thing), thing.c.keys())
ADD_OTHER = Prepared(sa.insert(other), other.c.keys())
DROP = Prepared(sa.delete(thing).where(thing.c.id == sa.bindparam("no", type_=sa.String)))
SAVE = Prepared(sa.update(thing).where(thing.c.id == sa.bindparam("no", type_=sa.String)), ["body"])


@pytest.fixture
def connection() -> sa.Connection:
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    return engine.connect()


@pytest.fixture
def pending(connection: sa.Connection) -> Pending:
    return Pending(connection.dialect)


def rows(connection: sa.Connection) -> dict[str, Any]:
    return {row.id: row.body for row in connection.execute(sa.select(thing))}


def test_the_writes_of_a_table_keep_their_order(connection: sa.Connection, pending: Pending) -> None:
    for body in (1, 2):
        pending.add(DROP, {"no": "a"}, None)
        pending.add(ADD, {"id": "a", "body": body}, None)
    assert rows(connection) == {}
    pending.flush(connection)
    assert rows(connection) == {"a": 2}


def test_values_are_taken_as_they_are_when_they_are_written(
    connection: sa.Connection, pending: Pending
) -> None:
    body = {"state": "before"}
    pending.add(ADD, {"id": "a", "body": body}, None)
    body["state"] = "after"
    pending.flush(connection)
    assert rows(connection) == {"a": {"state": "before"}}


def test_what_was_written_is_not_written_again(connection: sa.Connection, pending: Pending) -> None:
    pending.add(ADD, {"id": "a", "body": 1}, None)
    pending.flush(connection)
    assert not pending.touches("thing")
    pending.flush(connection)
    assert rows(connection) == {"a": 1}


def test_the_other_tables_may_wait(connection: sa.Connection, pending: Pending) -> None:
    pending.add(ADD, {"id": "a", "body": 1}, None)
    pending.add(ADD_OTHER, {"id": "b"}, None)
    pending.flush(connection, ["other"])
    assert rows(connection) == {} and pending.touches("thing") and not pending.touches("other")


@pytest.mark.parametrize("missing", ["first", "last"])
def test_one_row_of_many_that_is_not_there_is_a_conflict(
    connection: sa.Connection, pending: Pending, missing: str
) -> None:
    numbers = ["a", "z"] if missing == "last" else ["z", "a"]
    pending.add(ADD, {"id": "a", "body": 1}, None)
    for number in numbers:
        pending.add(SAVE, {"no": number, "body": 2}, Conflict)
    with pytest.raises(Conflict):
        pending.flush(connection)


def test_a_row_twice_is_the_databases_error(connection: sa.Connection, pending: Pending) -> None:
    for _ in range(2):
        pending.add(ADD, {"id": "a", "body": 1}, None)
    with pytest.raises(sa.exc.IntegrityError):
        pending.flush(connection)


def test_the_error_is_the_one_that_was_named(connection: sa.Connection, pending: Pending) -> None:
    pending.add(SAVE, {"no": "nowhere", "body": 2}, InFlight)
    with pytest.raises(InFlight):
        pending.flush(connection)

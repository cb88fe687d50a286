"""Statements that are compiled once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from gdbos_runtime.prepared import Prepared

metadata = sa.MetaData()
table = sa.Table(
    "thing",
    metadata,
    sa.Column("id", sa.String(8), primary_key=True),
    sa.Column("kind", sa.String(8)),
    sa.Column("body", sa.JSON),
)
ADD = Prepared(sa.insert(table), table.c.keys())
OF_KIND = Prepared(
    sa.select(table).where(table.c.id == sa.bindparam("wanted", type_=sa.String), table.c.kind == "a")
)


@pytest.fixture
def connection() -> sa.Connection:
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    return engine.connect()


def test_a_row_comes_back_as_it_was_put(connection: sa.Connection) -> None:
    row = {"id": "1", "kind": "a", "body": {"名": [1, None]}}
    assert ADD.run(connection, row) == 1
    assert OF_KIND.one(connection, {"wanted": "1"}) == row
    assert OF_KIND.one(connection, {"wanted": "2"}) is None


def test_a_literal_of_the_statement_stays(connection: sa.Connection) -> None:
    ADD.run(connection, {"id": "1", "kind": "b", "body": None})
    assert OF_KIND.one(connection, {"wanted": "1"}) is None


def test_a_value_left_out_is_refused(connection: sa.Connection) -> None:
    with pytest.raises(KeyError, match="kind"):
        ADD.run(connection, {"id": "1", "body": {}})


def test_an_error_of_the_driver_is_sqlalchemys(connection: sa.Connection) -> None:
    ADD.run(connection, {"id": "1", "kind": "a", "body": None})
    with pytest.raises(sa.exc.IntegrityError) as caught:
        ADD.run(connection, {"id": "1", "kind": "a", "body": {"secret": "110101199003077352"}})
    assert "110101199003077352" not in str(caught.value)


UPSERT = Prepared.of_dialect(
    lambda dialect: (
        dialect.insert(table)
        .on_conflict_do_update(index_elements=["id"], set_={"kind": "again"})
        .returning(table.c.id, table.c.kind, table.c.body)
    ),
    table.c.keys(),
)


def test_what_an_insert_returns_is_read_like_a_selection(connection: sa.Connection) -> None:
    row = {"id": "1", "kind": "a", "body": {"n": 1}}
    assert UPSERT.one(connection, row) == row
    assert UPSERT.one(connection, {**row, "body": {"n": 2}}) == {"id": "1", "kind": "again", "body": {"n": 1}}

"""A SQLite store whose works meet, what a stranger finds in its file, and how many commits it took."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import eventlet
import sqlalchemy as sa
from sqlalchemy import event

from gdbos_contracts.errors import Conflict, NotFound, Unavailable
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork

metadata = sa.MetaData()
table = sa.Table("thing", metadata, sa.Column("id", sa.String(8), primary_key=True))


class House:
    """A store, what a stranger finds in its file, and the commits it took."""

    def __init__(self, folder: Path) -> None:
        self.store = Store("workflow", Settings(data=folder))
        self._file = folder / "workflow.db"
        metadata.create_all(self.store.writing)
        self.commits = 0
        event.listen(self.store.writing, "commit", self._count)

    def _count(self, _connection: sa.Connection) -> None:
        self.commits += 1

    def durable(self) -> list[str]:
        with sqlite3.connect(self._file) as stranger:
            return [id for (id,) in stranger.execute("SELECT id FROM thing ORDER BY id")]

    def put(self, id: str, turns: int = 0) -> None:
        """Committed when it returns."""
        with UnitOfWork(self.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            for _ in range(turns):
                eventlet.sleep(0)
            work.commit()
        assert id in self.durable()

    def fail(self, id: str, error: Exception) -> None:
        with UnitOfWork(self.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            eventlet.sleep(0)
            raise error

    def nothing(self) -> None:
        with UnitOfWork(self.store) as work:
            work.commit()

    def look(self) -> list[str]:
        """What a work finds that writes nothing; all of it is durable when this returns."""
        with UnitOfWork(self.store) as work:
            found = list(work.connection.scalars(sa.select(table.c.id).order_by(table.c.id)))
        assert set(found) <= set(self.durable())
        return found


@contextmanager
def living(folder: Path) -> Iterator[House]:
    house = House(folder)
    yield house
    house.store.dispose()


def together(*calls: Callable[[], object]) -> list[Exception | None]:
    """The calls, each by a greenlet of its own; what each raised."""

    def tried(call: Callable[[], object]) -> Exception | None:
        try:
            call()
        except (Conflict, NotFound, Unavailable, Timeout) as error:
            return error
        return None

    return [thread.wait() for thread in [eventlet.spawn(tried, call) for call in calls]]


class Timeout(Exception):
    """A deadline of a caller."""

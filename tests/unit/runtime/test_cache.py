"""What a process remembers is what is written, whoever reads while a commit is on its way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import eventlet
import pytest
import sqlalchemy as sa

from gdbos_contracts.errors import NotFound, Unavailable
from gdbos_runtime.cache import PublishedCache
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork

metadata = sa.MetaData()
table = sa.Table("version", metadata, sa.Column("n", sa.Integer, primary_key=True))


class Shelf:
    """Numbers of versions; the newest is remembered."""

    def __init__(self, folder: Path) -> None:
        self.store = Store("workflow", Settings(data=folder))
        metadata.create_all(self.store.writing)
        self.newest: PublishedCache[int] = PublishedCache(10)

    def publish(self, n: int, fail: bool = False, told: bool = True) -> None:
        with UnitOfWork(self.store) as work:
            work.connection.execute(sa.insert(table), {"n": n})
            if told:
                work.forget(self.newest)
            if fail:
                assert self.read(work) == n
                raise NotFound
            work.commit()

    def look(self, writing: bool) -> int:
        with UnitOfWork(self.store, writing) as work:
            return self.read(work)

    def read(self, work: UnitOfWork) -> int:
        return self.newest.get("newest", lambda: self._loaded(work))

    def _loaded(self, work: UnitOfWork) -> int:
        return work.connection.scalar(sa.select(sa.func.max(table.c.n))) or 0


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.store.dispose()


def test_what_others_read_before_the_commit_is_forgotten_with_it(shelf: Shelf) -> None:
    shelf.publish(1)
    publisher = eventlet.spawn(shelf.publish, 2)
    reader = eventlet.spawn(shelf.look, False)
    publisher.wait()
    assert reader.wait() == 1, "it read while the commit was on its way"
    assert shelf.look(writing=False) == 2


def test_what_a_work_read_of_its_own_is_forgotten_when_it_writes_nothing(shelf: Shelf) -> None:
    shelf.publish(1)
    with pytest.raises(NotFound):
        shelf.publish(2, fail=True)
    assert shelf.look(writing=False) == 1


def test_what_was_read_of_others_is_forgotten_when_their_commit_fails(shelf: Shelf) -> None:
    shelf.publish(1)
    shelf.newest.clear()

    def broken(_connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("", None, Exception("disk I/O error"))

    sa.event.listen(shelf.store.writing, "commit", broken)
    publisher, reader = eventlet.spawn(shelf.publish, 2, told=False), eventlet.spawn(shelf.look, True)
    for each in (publisher, reader):
        with pytest.raises(Unavailable):
            each.wait()
    sa.event.remove(shelf.store.writing, "commit", broken)
    assert shelf.look(writing=False) == 1


def test_who_is_killed_before_his_commit_leaves_nothing_old_behind(shelf: Shelf) -> None:
    shelf.publish(1)
    publisher = eventlet.spawn(shelf.publish, 2)
    reader = eventlet.spawn(shelf.look, False)
    eventlet.spawn(publisher.kill)
    assert reader.wait() == 1
    for _ in range(5):
        eventlet.sleep(0)
    assert shelf.look(writing=False) == 2

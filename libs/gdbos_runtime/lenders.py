"""Who lends connections to units of work, one work at a time on each."""

from __future__ import annotations

from contextlib import suppress

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Outcome
from eventlet.semaphore import Semaphore

from gdbos_contracts.errors import Unavailable
from gdbos_runtime import cache
from gdbos_runtime.prepared import over


class Lender:
    """Open connections of one engine, each lent to one unit of work at a time. They stay checked out of the pool:
    its check-in and check-out cost a submission more than the statements between them."""

    def __init__(self, engine: sa.Engine, places: int, patience: float | None) -> None:
        self._engine = engine
        self._places = Semaphore(places)
        self._patience = patience
        self._idle: list[sa.Connection] = []

    def take(self) -> sa.Connection:
        """Unavailable when none becomes free within `patience` seconds (None: wait for ever)."""
        if not self._places.acquire(timeout=self._patience):
            raise Unavailable
        try:
            return self._idle.pop() if self._idle else self._engine.connect()
        except BaseException:
            self._places.release()
            raise

    def commit(self, connection: sa.Connection) -> None:
        """Return when it is durable, and the connection is back. An error means: not, or nobody knows."""
        sound = False
        try:
            connection.commit()
            sound = True
        except BaseException:
            connection.invalidate()  # the pool would take it back with the transaction still open
            raise
        finally:
            self.give_back(connection, sound)

    def give_back(self, connection: sa.Connection, sound: bool) -> None:
        """Nothing of an open transaction stays. A connection that an error went through is not lent again."""
        try:
            if not sound or connection.invalidated:
                connection.close()
                return
            if connection.in_transaction():
                connection.rollback()
            self._idle.append(connection)
        finally:
            self._places.release()

    def dispose(self) -> None:
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


class GroupLender(Lender):
    """The one writer of a SQLite file. Works that come while another waits for its commit share that commit, which
    costs more than what most of them write.

    The first that commits leads: it lets everybody who is ready have a turn, then commits for all. Those that follow
    work in the open transaction, each in a savepoint, so that one that fails undoes only itself. What a work reads
    there may not be durable yet: whoever leaves, even without a commit, is held until it is, so that nothing is
    told to anybody that a crash could take back.
    """

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine, places=1, patience=None)
        self._group: _Group | None = None

    def take(self) -> sa.Connection:
        connection = super().take()
        if self._group is not None:
            self._say(connection, "SAVEPOINT work")
        return connection

    def commit(self, connection: sa.Connection) -> None:
        if connection.invalidated or over(connection):
            self._lose(connection)  # an error ended it, and whoever caught the error went on
            raise Unavailable
        group = self._group
        if group is None:
            (self._lead if connection.in_transaction() else super().commit)(connection)
            return
        self._say(connection, "RELEASE work")
        self._leave(connection)
        group.join()

    def give_back(self, connection: sa.Connection, sound: bool) -> None:
        group = self._group
        if group is None:
            super().give_back(connection, sound)
            return
        self._say(connection, "ROLLBACK TO work")
        self._say(connection, "RELEASE work")
        self._leave(connection)
        group.join()

    def dispose(self) -> None:
        """What is not durable by now will not be."""
        group, self._group = self._group, None
        if group is not None:
            self._gone(group)
        super().dispose()

    def _lead(self, connection: sa.Connection) -> None:
        group = self._group = _Group()
        self._leave(connection)
        try:
            eventlet.sleep(0)
            self._places.acquire()
        except BaseException:  # out of time: the others are owed their commit all the same
            group.abandoned = True
            eventlet.spawn_n(self._lead_on, group)
            raise
        self._settle(group)

    def _lead_on(self, group: _Group) -> None:
        self._places.acquire()
        with suppress(Unavailable, sa.exc.DBAPIError):  # told to those who wait
            self._settle(group)

    def _settle(self, group: _Group) -> None:
        if group.lost:
            self._places.release()
            raise Unavailable
        self._group = None
        try:
            super().commit(self._idle.pop())
        except BaseException:
            self._gone(group)
            raise
        group.end(lost=False)

    def _say(self, connection: sa.Connection, text: str) -> None:
        """Straight to the driver. When it fails, an error has ended the transaction and what the group wrote with it:
        Unavailable."""
        try:
            connection.connection.execute(text)
        except BaseException as error:
            self._lose(connection)
            raise Unavailable from error

    def _leave(self, connection: sa.Connection) -> None:
        """The transaction stays open for the next."""
        self._idle.append(connection)
        self._places.release()

    def _lose(self, connection: sa.Connection) -> None:
        """Nothing of the group is written. Whoever comes begins anew."""
        group, self._group = self._group, None
        if group is not None:
            self._gone(group)
        connection.invalidate()
        super().give_back(connection, sound=False)

    @staticmethod
    def _gone(group: _Group) -> None:
        """Nobody may go on with what others read of it, either."""
        cache.forget()
        group.end(lost=True)


class _Group:
    """Works whose writes become durable together, or not at all."""

    def __init__(self) -> None:
        self.lost = False
        self.abandoned = False
        """Somebody went before it was durable, who would have forgotten what is remembered of the time before."""
        self._outcome = Outcome()

    def join(self) -> None:
        """Unavailable when it was lost."""
        try:
            self._outcome.wait()
        except BaseException:
            self.abandoned = True
            raise
        if self.lost:
            raise Unavailable

    def end(self, lost: bool) -> None:
        self.lost = lost
        if self.abandoned:
            cache.forget()
        self._outcome.send()

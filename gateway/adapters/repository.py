"""Accounts and sessions, with a short memory for sessions that were just seen."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from gateway.adapters import orm
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock
from gdbos_runtime.db import Session

SEEN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    password_hash: str
    principal: Principal


class AccountRepository:
    """On the gateway's own schema."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._seen: dict[str, tuple[float, Principal]] = {}

    def account(self, username: str) -> Account | None:
        with self._db.read() as work:
            row = work.connection.execute(
                sa.select(orm.account).where(orm.account.c.username == username)
            ).first()
        return Account(row.username, row.password_hash, Principal.from_data(row.principal)) if row else None

    def absent(self, accounts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Those whose username is not taken: hashing a password for nothing costs 20 ms."""
        with self._db.read() as work:
            held = set(work.connection.scalars(sa.select(orm.account.c.username)))
        return [account for account in accounts if account["username"] not in held]

    def publish(self, accounts: Sequence[Mapping[str, Any]]) -> list[str]:
        """Create the accounts that are absent; an existing password is never changed."""
        with self._db() as work:
            held = set(work.connection.scalars(sa.select(orm.account.c.username)))
            new = [
                {**a, "agency": a["principal"].get("agency")} for a in accounts if a["username"] not in held
            ]
            if new:
                work.connection.execute(sa.insert(orm.account), new)
                work.audit("account.create", "accounts", usernames=[a["username"] for a in new])
                work.commit()
        return [a["username"] for a in new]

    def colleagues(self, agency: str | None) -> list[Principal]:
        """The clerks of an agency, by name."""
        query = sa.select(orm.account.c.principal).where(orm.account.c.agency == (agency or ""))
        with self._db.read() as work:
            found = [Principal.from_data(data) for data in work.connection.scalars(query)]
        return sorted((p for p in found if p.kind == "clerk"), key=lambda p: (p.name, p.id))

    def open_session(self, token_hash: str, account: Account, span: timedelta) -> datetime:
        with self._db() as work:
            expires = work.now + span
            work.connection.execute(
                sa.insert(orm.session),
                {"token_hash": token_hash, "username": account.username, "expires": expires.timestamp()},
            )
            work.audit("session.open", account.username)
            work.commit()
        return expires

    def close_session(self, token_hash: str) -> None:
        with self._db() as work:
            work.connection.execute(sa.delete(orm.session).where(orm.session.c.token_hash == token_hash))
            work.commit()
        self._seen.pop(token_hash, None)

    def principal(self, token_hash: str) -> Principal | None:
        """Whose session this is; remembered for five seconds, so a closed session ends within that."""
        seen = self._seen.get(token_hash)
        if seen and seen[0] > time.monotonic():
            return seen[1]
        query = (
            sa.select(orm.account.c.principal)
            .join(orm.session, orm.session.c.username == orm.account.c.username)
            .where(orm.session.c.token_hash == token_hash, orm.session.c.expires > clock.now().timestamp())
        )
        with self._db.read() as work:
            data = work.connection.scalar(query)
        if data is None:
            return None
        if len(self._seen) > 10_000:
            self._seen.clear()
        principal = Principal.from_data(data)
        self._seen[token_hash] = (time.monotonic() + SEEN_SECONDS, principal)
        return principal

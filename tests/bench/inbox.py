"""The clerk's inbox on 10³ to 10⁶ open cases × 500 item types, beside its floor in the same run.

Rows are written by one INSERT … SELECT of the database itself. The clerk is an ordinary one: one of 100
agencies, four roles, so the desk holds a hundredth of everything. Floor: as many rows by primary key.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from support.reset import drop_schemas

from gdbos_contracts.principal import Principal
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store, store_of
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.inbox import InboxRepository

SIZES = tuple(int(n) for n in os.environ.get("GDBOS_BENCH_CASES", "1000,10000,100000,1000000").split(","))
ROUNDS, PAGE = 60, 31
TODAY = date(2026, 11, 24)
ROLES = ("intake", "reviewer", "decider", "issuer")
CLERK = Principal("clerk-7", "clerk", "甲", roles=ROLES, agency="agency-07")
PLAIN: dict[str, Any] = {
    **dict.fromkeys(("queue", "item", "region", "light", "text", "cursor"), ""),
    "limit": PAGE,
    "holders": [CLERK.id],
    "person": None,
    "agencies": (CLERK.agency,),
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "first page": {},
    "red": {"light": "red"},
    "yellow": {"light": "yellow"},
    "paused": {"light": "blue"},
    "one item": {"item": "item-107"},
    "one role": {"queue": "issuer"},
    "mine": {"queue": "mine"},
    "region": {"region": "440300"},
    "case number": {"text": "000707"},
}
_ROWS = """
INSERT INTO task (id, case_no, token, element, name, agency, role, status, due, yellow_from, paused, claimed_by,
  item, item_name, applicant, created_at, actions, form, apart, sort_due, region)
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last}),
  d AS (SELECT i, {due} AS due, {yellow} AS yellow FROM n)
SELECT {no} || ':t1', {no}, 't1', 'review', 'Review', 'agency-' || {agency},
  CASE (i / 100) % 10 WHEN 0 THEN 'intake' WHEN 1 THEN 'decider' WHEN 2 THEN 'issuer' ELSE 'reviewer' END,
  CASE WHEN i >= 0 THEN 'open' ELSE 'done' END, due, yellow, (i / 100) % 23 = 0,
  CASE WHEN (i / 100) % 3 = 0 THEN 'clerk-' || (i % 1000) END, 'item-' || (i % 500), '{{"zh-Hans": "事项"}}',
  '申请人', '2026-11-01T09:00:00+08:00', '["pass"]', '[]', '[]', due, '440305' FROM d
"""
_DIALECT = {
    "sqlite": {
        "due": "date('2026-11-10', '+' || ((i * 7919) % 60) || ' days')",
        "yellow": "date('2026-11-05', '+' || ((i * 7919) % 60) || ' days')",
        "no": "printf('case-%07d', abs(i))",
        "agency": "printf('%02d', abs(i) % 100)",
    },
    "postgresql": {
        "due": "to_char(date '2026-11-10' + ((i::bigint * 7919) % 60)::int, 'YYYY-MM-DD')",
        "yellow": "to_char(date '2026-11-05' + ((i::bigint * 7919) % 60)::int, 'YYYY-MM-DD')",
        "no": "'case-' || lpad(abs(i)::text, 7, '0')",
        "agency": "lpad((abs(i) % 100)::text, 2, '0')",
    },
}


def figures() -> dict[str, Any]:
    """On SQLite, and on PostgreSQL where the environment names one."""
    found = {"SQLite": grown()}
    url = os.environ.get("GDBOS_TEST_DATABASE_URL", "")
    if url:
        drop_schemas(url)
        found["PostgreSQL"] = grown(url)
    for name, growth in found.items():
        print(told(name, growth), flush=True)
    return found


def grown(database_url: str = "") -> dict[str, Any]:
    """{size: {question: p95 ms}} from the smallest to the largest, with the floor beside."""
    with tempfile.TemporaryDirectory(prefix="gdbos-inbox-") as folder:
        settings = Settings.from_env({}, data=Path(folder), database_url=database_url)
        migrate(settings, ["workflow"])
        store = store_of("workflow", settings)
        found: dict[str, Any] = {}
        held = 0
        for size in SIZES:
            fill(store, held, size)
            held = size
            found[str(size)] = measured(store)
        store.dispose()
        return found


def fill(store: Store, first: int, last: int) -> None:
    """Open tasks `first` to `last`, and the statistics that an analysed database has."""
    statement = _ROWS.format(first=first, last=last, **_DIALECT[store.writing.dialect.name])
    with store.writing.connect() as connection:
        if not store.sqlite:
            connection.exec_driver_sql("SET statement_timeout = 0")
        connection.execute(sa.text(statement.replace(":", r"\:")))
        connection.commit()
        if store.sqlite:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    if not store.sqlite:
        with store.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE task")


def measured(store: Store) -> dict[str, Any]:
    """p95 of each question in milliseconds, the floor's beside it."""
    with UnitOfWork(store, writing=False) as work:
        inbox = InboxRepository(work)
        first = [row["id"] for row in inbox.page(CLERK, PLAIN, TODAY)]
        by_key = sa.select(orm.task).where(orm.task.c.id.in_(first)).limit(PAGE)

        def question(changes: dict[str, Any]) -> Callable[[], Any]:
            return lambda: inbox.page(CLERK, {**PLAIN, **changes}, TODAY)

        found = {"floor": p95(lambda: [dict(r._mapping) for r in work.connection.execute(by_key)])}
        found |= {name: p95(question(changes)) for name, changes in QUESTIONS.items()}
        found["counts"] = p95(lambda: inbox.counts(CLERK, PLAIN, TODAY))
        deep = walk(inbox, 20)
        found["page 20"] = p95(question({"cursor": deep}))
        return found


def walk(inbox: InboxRepository, pages: int) -> str:
    """The cursor after so many pages, or the last there is."""
    from services.workflow.domain.paging import sealed

    cursor = ""
    for _ in range(pages):
        rows = inbox.page(CLERK, {**PLAIN, "cursor": cursor}, TODAY)
        if len(rows) < PAGE:
            break
        cursor = sealed(rows[-2]["sort_due"], rows[-2]["id"])
    return cursor


def p95(call: Callable[[], Any]) -> float:
    call()
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        spans.append((time.perf_counter() - began) * 1000)
    return round(statistics.quantiles(spans, n=20)[-1], 2)


def told(name: str, found: dict[str, Any]) -> str:
    """A table: sizes across, questions down."""
    sizes = list(found)
    lines = [f"\ninbox: p95 in ms by open cases, {name}", f"  {'':14}" + "".join(f"{s:>10}" for s in sizes)]
    for question in found[sizes[-1]]:
        lines.append(f"  {question:14}" + "".join(f"{found[s][question]:>10}" for s in sizes))
    return "\n".join(lines)


if __name__ == "__main__":
    figures()

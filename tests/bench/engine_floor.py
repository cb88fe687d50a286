"""What our instances cost the database alone: their own statements and values, run again by the bare driver.

Below this no engine can come that writes these rows with a commit for each command.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import psycopg2
import sqlalchemy as sa
from sqlalchemy import event
from support.engine_host import EngineHost

from gdbos_runtime import prepared
from gdbos_runtime.store import role_of

Ran = tuple[str, Any, bool]


def of_sqlite(place: EngineHost, folder: Path, work: Callable[[], Any]) -> float:
    """Seconds of CPU of the statements of `work`, on a copy of the database as it was before."""
    file, before = folder / "workflow.db", folder / "before.db"
    with sqlite3.connect(file) as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copyfile(file, before)
    return _again(before, _ran(place, work))


def of_postgres(place: EngineHost, url: str, work: Callable[[], Any], spent: Callable[[int], float]) -> float:
    """The same. `spent(pid)`: seconds of CPU of a backend."""
    place.store.dispose()  # a database is copied while nobody uses it
    source = sa.engine.make_url(url)
    admin = psycopg2.connect(_dsn(source, "postgres"))
    admin.autocommit = True
    copy = f"{source.database}_before"
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {source.database}")
    try:
        return _again_on_postgres(_dsn(source, copy), _ran(place, work), spent)
    finally:
        with admin.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {copy}")
        admin.close()


def _again_on_postgres(dsn: str, commits: list[list[Ran]], spent: Callable[[int], float]) -> float:
    driver = psycopg2.connect(dsn, options=f"-c role={role_of('workflow')} -c search_path=workflow")
    cursor = driver.cursor()
    pid = driver.info.backend_pid
    before = time.process_time() + spent(pid)
    for statements in commits:
        for text, values, _ in statements:
            cursor.execute(text, values)
            if cursor.description:
                cursor.fetchall()
        driver.commit()
    took = time.process_time() + spent(pid) - before
    driver.close()
    return took


def _dsn(url: sa.URL, database: str) -> str:
    return url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def _ran(place: EngineHost, work: Callable[[], Any]) -> list[list[Ran]]:
    """The statements of each commit."""
    commits: list[list[Ran]] = [[]]
    really = prepared.execute

    def noting(connection: Any, text: Any, values: Any = (), many: bool = False) -> Any:
        commits[-1].append((text, values, many))
        return really(connection, text, values, many)

    def committed(_connection: Any) -> None:
        commits.append([])

    prepared.execute = noting
    event.listen(place.store.writing, "commit", committed)
    try:
        work()
    finally:
        event.remove(place.store.writing, "commit", committed)
        prepared.execute = really
    return [each for each in commits if each]


def _again(file: Path, commits: list[list[Ran]]) -> float:
    driver = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "mmap_size=268435456"):
        driver.execute("PRAGMA " + pragma)
    began = time.process_time()
    for statements in commits:
        driver.execute("BEGIN IMMEDIATE")
        for text, values, many in statements:
            found = (driver.executemany if many else driver.execute)(text, values)
            if found.description:
                found.fetchall()
        driver.execute("COMMIT")
    spent = time.process_time() - began
    driver.close()
    return spent

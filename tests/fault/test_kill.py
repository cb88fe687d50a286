"""kill -9 of anything at random while clients submit: nothing acknowledged is lost, nothing is done twice.

Short form in `make test`; `make fault` (GDBOS_FAULT=long) submits 2,000 and kills 200 times.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.filing import enrolment
from support.postgres import PrivatePostgres
from support.rabbit import PrivateRabbit
from support.site import Site
from support.storm import Storm

LONG = os.environ.get("GDBOS_FAULT") == "long"
SUBMISSIONS = 2000 if LONG else 150
KILLS = int(os.environ.get("GDBOS_FAULT_KILLS", "200" if LONG else "5"))
SEED = int(os.environ.get("GDBOS_FAULT_SEED", "20261124"))

pytestmark = pytest.mark.timeout(3000)


class Rows:
    """The databases read from outside, after the storm."""

    def __init__(self, urls: dict[str, str]) -> None:
        self._engines = {service: sa.create_engine(url) for service, url in urls.items()}

    def all(self, service: str, query: str) -> list[Any]:
        with self._engines[service].connect() as connection:
            return list(connection.execute(sa.text(query)))

    def one(self, service: str, query: str) -> Any:
        return self.all(service, query)[0][0]


def sqlite_rows(data: Path) -> Rows:
    return Rows({service: f"sqlite:///{data}/{service}.db" for service in ("workflow", "datahub")})


def postgres_rows(url: str) -> Rows:
    return Rows({service: f"{url}?options=-csearch_path%3D{service}" for service in ("workflow", "datahub")})


def check(storm: Storm, rows: Rows) -> None:
    """The invariants: one case per key, every timeline begun, audit matches, every event received once."""
    assert storm.errors == [] or all(error in ("IncompleteRead", "BadStatusLine") for error in storm.errors)
    assert len(storm.acknowledged) == storm.wanted
    wait_until(lambda: rows.one("workflow", "select count(*) from outbox") == 0)
    wait_until(lambda: rows.one("datahub", "select count(*) from retry") == 0)
    stored = {row.key: row.body for row in rows.all("workflow", "select key, body from application_key")}
    lost = [key for key, case_no in storm.acknowledged.items() if case_no not in stored.get(key, "")]
    assert lost == []
    cases = [row.case_no for row in rows.all("workflow", "select case_no from cases")]
    assert len(cases) == len(set(cases)) == len(stored) == storm.wanted
    assert set(storm.acknowledged.values()) == set(cases)
    begun = rows.all(
        "workflow", "select case_no, count(*) as n from timeline where event = 'submitted' group by case_no"
    )
    assert {row.case_no: row.n for row in begun} == dict.fromkeys(cases, 1)
    audited = rows.all(
        "workflow", "select object, count(*) as n from audit where action = 'case.submit' group by object"
    )
    assert {row.object: row.n for row in audited} == dict.fromkeys(cases, 1)
    assert rows.one("workflow", "select count(*) from task where status = 'open'") == storm.wanted
    assert rows.one("datahub", "select count(*) from inbox where type = 'case.submitted'") == storm.wanted
    assert rows.one("datahub", "select count(*) from parked") == 0


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_one_process_on_sqlite(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.start()
    token = site.sign_in("citizen")

    def kill() -> None:
        site.stop(signal.SIGKILL)
        site.launch()

    storm = Storm(site, token, enrolment(site, token), SUBMISSIONS)
    storm.run([kill] * KILLS, SEED)
    print(f"\nembedded: {storm.wanted} submissions, {KILLS} kills, {storm.tries} tries, 0 lost, 0 doubled")
    check(storm, sqlite_rows(tmp_path))
    assert site.stop() == 0


@pytest.fixture
def servers() -> Iterator[tuple[PrivateRabbit, PrivatePostgres]]:
    """In a folder of their own: the database runs as a user who may not enter pytest's."""
    with tempfile.TemporaryDirectory(prefix="gdbos-kill-") as folder:
        Path(folder).chmod(0o755)
        rabbit, postgres = PrivateRabbit(Path(folder) / "rabbit"), PrivatePostgres(Path(folder) / "postgres")
        yield rabbit.start(), postgres.start()
        rabbit.destroy()
        postgres.destroy()


def test_workers_broker_and_database(servers: tuple[PrivateRabbit, PrivatePostgres], tmp_path: Path) -> None:
    rabbit, postgres = servers
    settings = {"GDBOS_AMQP_URI": rabbit.uri, "GDBOS_DATABASE_URL": postgres.url}
    seeding = Site(tmp_path, settings)  # installs the pack; workers start after it
    seeding.start()
    assert seeding.stop() == 0
    site = Site(tmp_path, {**settings, "GDBOS_WORKERS": "2"})
    site.start()
    token = site.sign_in("citizen")

    def worker() -> None:
        victims = children(site.pid)
        if victims:
            os.kill(random.Random(SEED).choice(victims), signal.SIGKILL)

    def supervisor() -> None:
        site.stop(signal.SIGKILL)
        wait_until(lambda: not _held(site))
        site.launch()

    def broker() -> None:
        rabbit.kill()
        rabbit.start()

    def wiped() -> None:
        rabbit.kill()
        rabbit.wipe()
        rabbit.start()

    def database() -> None:
        postgres.kill()
        postgres.start()

    kinds = [worker, database, broker, supervisor, wiped]
    storm = Storm(site, token, enrolment(site, token), SUBMISSIONS)
    storm.run([kinds[n % len(kinds)] for n in range(KILLS)], SEED)
    print(f"\npair: {storm.wanted} submissions, {KILLS} kills, {storm.tries} tries, 0 lost, 0 doubled")
    check(storm, postgres_rows(postgres.url))
    assert site.stop() == 0


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def _held(site: Site) -> bool:
    """Whether an orphaned worker still answers on the port."""
    try:
        site.ask("GET", "/healthz")
    except OSError:
        return False
    return True

"""The registry: checked writes, immutable reads, validation and where-used, each beside its floor or peer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
import sqlalchemy as sa
from support.ports import free_port, listening
from support.site import STARTER, Site
from support.standards import element

from bench import likeness
from gdbos_atom.validation import Validator
from gdbos_runtime.db import Session
from gdbos_runtime.migrate import migrate
from gdbos_runtime.packs import reading
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.standards.adapters import orm
from services.standards.domain import schema as schemas
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.use import Use
from services.standards.service import Service

SECONDS = float(os.environ.get("GDBOS_BENCH_SECONDS", "5"))
WRITES, ELEMENTS, USES = 1500, 10_000, 100_000
READERS = 16


def figures() -> dict[str, Any]:
    """Rates in 1/s, times in ms, ratios against the floor or peer that ran beside."""
    return {
        **_writes(),
        **_reads(),
        **_validation(),
        **_where_used(),
        **likeness.figures(),
    }


def _writes() -> dict[str, float]:
    """Versions checked and committed one by one, beside bare commits of the same rows on the same disk."""
    with _service() as (service, store):
        began = time.perf_counter()
        for number in range(WRITES):
            draft = {"id": f"s{number // 10}", "schema": _record(number % 10), "mode": "backward_transitive"}
            service.publish_schema(draft)
        rate = WRITES / (time.perf_counter() - began)
        floor = _bare_commits(store)
    return {"writes_per_second": round(rate), "bare_commits_per_second": round(floor)}


def _record(version: int) -> dict[str, Any]:
    """Twelve members, one more with each version."""
    names = [f"e{n}" for n in range(12 + version)]
    members = {name: {"type": "string", "maxLength": 50} for name in names}
    return {"type": "object", "properties": members, "required": names[:6]}


def _bare_commits(store: Store) -> float:
    body, count = json.dumps(_record(5)), 500
    began = time.perf_counter()
    for number in range(count):
        with store.writing.begin() as connection:
            row = {"id": "floor", "version": number, "body": body, "at": ""}
            connection.execute(sa.insert(orm.schema_version), row)
            seen = {"at": "", "actor": "", "action": "", "object": "", "body": "{}"}
            connection.execute(sa.insert(orm.runtime["audit"]), seen)
    return count / (time.perf_counter() - began)


def _reads() -> dict[str, float]:
    """GET of one immutable version through the gateway, beside a WSGI function that answers the same bytes."""
    path = "/api/v1/standards/schemas/person.citizen_id/versions/1"
    with tempfile.TemporaryDirectory(prefix="gdbos-bench-") as folder:
        site = Site(Path(folder), {"GDBOS_LOG_LEVEL": "WARNING"})
        site.start()
        body = site.ask("GET", path).text.encode()
        rate = _get_rate(site.port, path)
        site.stop()
        (Path(folder) / "body").write_bytes(body)
        with _bare_wsgi(Path(folder) / "body") as port:
            floor = _get_rate(port, path)
    ratio = round(rate / floor, 2)
    return {
        "immutable_reads_per_second": round(rate),
        "bare_wsgi_per_second": round(floor),
        "reads_ratio": ratio,
    }


@contextmanager
def _bare_wsgi(body: Path) -> Iterator[int]:
    port = free_port()
    script = (
        "import eventlet; from eventlet import wsgi\n"
        f"body = open({str(body)!r}, 'rb').read()\n"
        "def application(environ, start):\n"
        "    start('200 OK', [('Content-Type', 'application/json'), ('Content-Length', str(len(body)))])\n"
        "    return [body]\n"
        f"wsgi.server(eventlet.listen(('127.0.0.1', {port})), application, log_output=False)\n"
    )
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", script])
    until = time.monotonic() + 30
    while not listening(port):
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.1)
    yield port
    process.send_signal(signal.SIGKILL)
    process.wait()


def _get_rate(port: int, path: str) -> float:
    """Answers a second over `READERS` kept connections; raw sockets, so that the client costs little."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    until = time.perf_counter() + SECONDS
    counts = [0] * READERS

    def reader(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            while time.perf_counter() < until:
                connection.sendall(request)
                _one_answer(connection)
                counts[number] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def _one_answer(connection: socket.socket) -> None:
    held = connection.recv(65536)
    while b"\r\n\r\n" not in held:
        held += connection.recv(65536)
    head, _, body = held.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)


def _validation() -> dict[str, float]:
    """Verdicts on records of twelve fields, beside jsonschema-rs without our identifier rules: a citizen's, which bears
    no firm's code, and one that bears it too."""
    pack = reading.read(STARTER)
    elements = [each for each in map(DataElement.from_data, pack.elements) if each.examples]
    personal = sorted(
        (each for each in elements if each.check != "uscc"),
        key=lambda each: not each.id.startswith("person."),
    )
    code = next(each for each in elements if each.check == "uscc")
    lists = [CodeList.from_data(each) for each in pack.code_lists]
    firm = _verdicts([*personal[:11], code], lists)
    return {**_verdicts(personal[:12], lists), "firm_verdicts_ratio": firm["verdicts_ratio"]}


def _verdicts(chosen: list[DataElement], lists: list[CodeList]) -> dict[str, float]:
    schema = schemas.compose([(e, True) for e in chosen], lists, schema_id="urn:bench")
    data = {e.id: e.examples[0] for e in chosen}
    ours, bare = (
        Validator(schema).verdict,
        jsonschema_rs.validator_for(schema, validate_formats=True).is_valid,
    )
    assert ours(data) and bare(data) and len(data) == 12
    rate, peer = _rate(lambda: ours(data)), _rate(lambda: bare(data))
    rate, peer = max(rate, _rate(lambda: ours(data))), max(peer, _rate(lambda: bare(data)))
    return {
        "verdicts_per_second": round(rate),
        "jsonschema_rs_per_second": round(peer),
        "verdicts_ratio": round(rate / peer, 2),
    }


def _where_used() -> dict[str, float]:
    """One where-used among 10,000 elements and 100,000 uses, beside the bare indexed query."""
    with _service() as (service, store):
        rows = [_element(n) for n in range(ELEMENTS)]
        uses = [Use("item", f"i{n // 20}", "1", f"bench.e{n % ELEMENTS}", 1).to_data() for n in range(USES)]
        with store.writing.begin() as connection:
            connection.execute(sa.insert(orm.element), rows)
            connection.execute(sa.insert(orm.element_use), uses)
        ours = _rate(lambda: service.where_used({"id": "bench.e77"}))
        whole = _rate(lambda: service.elements_of({"kind": "item", "id": "i99", "version": "1"}))
        query = sa.select(orm.element_use).where(orm.element_use.c.element == "bench.e77")
        with store.reading.connect() as connection:
            floor = _rate(lambda: connection.execute(query).all())
    return {
        "where_used_ms": round(1000 / ours, 2),
        "elements_of_ms": round(1000 / whole, 2),
        "bare_query_ms": round(1000 / floor, 2),
    }


def _element(number: int) -> dict[str, Any]:
    body = DataElement.from_data(element(f"bench.e{number}")).to_data()
    return {"id": body["id"], "version": 1, "status": "standard", "names": "", "code_list": "", "body": body}


@contextmanager
def _service() -> Iterator[tuple[Service, Store]]:
    with tempfile.TemporaryDirectory(prefix="gdbos-bench-") as folder:
        settings = Settings(data=Path(folder))
        migrate(settings, ["standards"])
        store = Store("standards", settings)
        service = Service()
        service.db = Session(store)  # type: ignore[assignment]
        service.memory = {}  # type: ignore[misc]
        yield service, store
        store.dispose()


def _rate(work: Callable[[], Any]) -> float:
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS / 5:
        for _ in range(20):
            work()
        count += 20
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps(figures(), indent=1))

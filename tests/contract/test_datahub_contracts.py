"""Data contracts on the hub's own migrated schema: published, read back, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime import context
from gdbos_runtime.db import Session
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.datahub import handlers
from services.datahub.adapters import orm
from services.datahub.adapters.contracts import Remembered
from services.datahub.adapters.repository import LicenceRepository
from services.datahub.service import Service

SUBJECT = "licence:T"
CONTRACT = {
    "subject": SUBJECT,
    "version": 1,
    "agency": "A",
    "schema": {"properties": {"firm.name": {"type": "string", "maxLength": 5}}},
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    settings = Settings(data=tmp_path)
    migrate(settings, ["datahub"])
    context.bind(context.Context(principal=SYSTEM))
    found = Store("datahub", settings)
    yield found
    found.dispose()


def test_the_migrated_schema_is_the_one_that_the_repositories_speak(store: Store) -> None:
    with store.reading.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), orm.metadata)
    assert [change for change in found if "alembic_version" not in str(change)] == []


def test_a_contract_is_published_and_kept(store: Store) -> None:
    service = Service()
    service.db = Session(store)  # type: ignore[assignment]
    service.contracts = Remembered()

    def call(method: str, **request: Any) -> Any:
        return json.loads(json.dumps(getattr(service, method)(request)))

    assert call("publish_contracts", contracts=[CONTRACT], dry_run=True)["published"] == [f"{SUBJECT}@1"]
    assert call("publish_contracts", contracts=[CONTRACT])["published"] == [f"{SUBJECT}@1"]
    assert call("publish_contracts", contracts=[CONTRACT])["unchanged"] == 1
    assert call("contract", subject=SUBJECT)["schema"] == CONTRACT["schema"]
    record = {"firm.name": "x"}
    assert call("convert", **{"subject": SUBJECT, "from": 1, "to": 1, "record": record}) == {"record": record}
    dates = {"issued_on": "2026-01-01", "valid_from": "2026-01-01", "valid_to": None}
    draft = {
        "id": "1",
        "type": "T",
        "name": {},
        "holder": {"firm.uscc": "x"},
        "issuer": "A",
        "issuer_name": {},
        **dates,
    }
    with pytest.raises(BadInput):
        call("register_licences", licences=[{**draft, "face": {"firm.name": "too long"}}])
    added = call("register_licences", licences=[{**draft, "face": {"firm.name": "ok"}, "contract": 1}])
    assert added == {"added": ["1"]}


def test_no_write_of_the_service_gets_past_a_contract(store: Store) -> None:
    """Each way in, with what breaks the contract: refused, and no row of any table but the contracts is there."""
    service = Service()
    service.db = Session(store)  # type: ignore[assignment]
    service.contracts = Remembered()
    closed = {**CONTRACT["schema"], "required": ["firm.name"], "additionalProperties": False}  # type: ignore[dict-item]
    contracts = [{**CONTRACT, "subject": subject, "schema": closed} for subject in (SUBJECT, "source:s")]
    service.publish_contracts({"contracts": contracts})
    licence = {"id": "1", "type": "T", "name": {}, "holder": {"firm.uscc": "x"}, "issuer": "A"}
    dates = {"issued_on": "2026-01-01", "valid_from": "2026-01-01", "valid_to": None}
    licence = {**licence, **dates, "issuer_name": {}, "face": {"firm.name": "too long"}}
    source = {"id": "s", "agency": "A", "name": {}, "kind": "csv", "location": "x", "subject": "firm.uscc"}
    source = {**source, "columns": {"firm.uscc": "a", "firm.name": "b"}}
    issued = Event("e", "result.issued", "workflow", "c", "2026-01-01T00:00:00+08:00", {"licence": licence})
    with pytest.raises(BadInput):
        service.register_licences({"licences": [licence]})
    with pytest.raises(BadInput):
        service.publish_sources({"sources": [source]})
    with pytest.raises(BadInput), service.db() as work:
        handlers.register_issued(issued, LicenceRepository(work), service._contracts(work), work)
    with store.reading.connect() as connection:
        for table in (orm.licence, orm.licence_holder, orm.source, orm.access):
            assert connection.execute(sa.select(table)).all() == []

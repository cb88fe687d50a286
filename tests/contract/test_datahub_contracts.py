"""Data contracts on the hub's own migrated schema: published, read back, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime import context
from gdbos_runtime.cache import TtlCache
from gdbos_runtime.db import Session
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.datahub.adapters import orm
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
    service.contracts = TtlCache(60.0, 10)

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

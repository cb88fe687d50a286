"""The entrypoints of the standards service on its own migrated schema: wire in, wire out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from support.standards import code_list, element, text

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, GdbosError, Incompatible, NotFound
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock, context
from gdbos_runtime.db import Session
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.standards.adapters import orm
from services.standards.domain.lifecycle import REGISTRAR, STEWARD
from services.standards.domain.likeness_index import STEP
from services.standards.entrypoints import base
from services.standards.service import Service

SEX = {"id": "gbt2261_1", "version": 1}
NAME = element("person.name", "姓名", representation="name", format="an2..50")
GENDER = element("person.sex", "性别代码", representation="code", format="n1", code_list=SEX)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    settings = Settings(data=tmp_path)
    migrate(settings, ["standards"])
    found = Store("standards", settings)
    yield found
    found.dispose()


@pytest.fixture
def service(store: Store) -> Service:
    found = empty(store)
    call(found, "publish", elements=[NAME, GENDER], code_lists=[code_list("gbt2261_1", "1", "2")])
    return found


def empty(store: Store) -> Service:
    found = Service()
    found.db = Session(store)  # type: ignore[assignment]
    found.memory = {}  # type: ignore[misc]
    return found


def call(service: Service, method: str, **request: Any) -> dict[str, Any]:
    """What the method replies, as it arrives at the other side of the wire."""
    reply: dict[str, Any] = json.loads(json.dumps(getattr(service, method)(request)))
    return reply


def test_the_migrated_schema_is_the_one_that_the_repository_speaks(store: Store) -> None:
    with store.reading.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), orm.metadata)
    assert [change for change in found if "alembic_version" not in str(change)] == []


def test_publication_leaves_audit_and_outbox_in_the_same_commit(service: Service, store: Store) -> None:
    assert call(service, "publish", elements=[NAME])["unchanged"] == 1
    with store.reading.connect() as connection:
        actions = connection.scalars(sa.select(orm.runtime["audit"].c.action)).all()
    assert actions == ["standard.publish"] * 3


def test_elements_lists_and_schemas_are_read(service: Service) -> None:
    assert call(service, "element", id="person.name")["status"] == "draft"
    assert [e["id"] for e in call(service, "elements", q="姓")["elements"]] == ["person.name"]
    assert call(service, "code_list", id="gbt2261_1", version=1)["codes"][0]["value"] == "1"
    refs = [
        {"element": "person.name", "version": 1},
        {"element": "person.sex", "version": 1, "required": False},
    ]
    schema = call(service, "schema", elements=refs, on="2026-01-01")["schema"]
    assert schema["required"] == ["person.name"]
    found = call(service, "validate", elements=refs, data={"person.sex": "1"})
    assert [v["pointer"] for v in found["violations"]] == ["/person.name"]
    assert call(service, "validate", schema=schema, data={"person.name": "张三"})["valid"] is True


def test_status_moves_by_the_role_of_who_is_signed_in(service: Service) -> None:
    request = {"id": "person.name", "version": 1, "status": "consultation"}
    with pytest.raises(Forbidden):
        call(service, "set_status", **request)
    token = context.bind(context.Context(Principal("p", "clerk", "甲", roles=("standards-steward",))))
    try:
        assert call(service, "set_status", **request) == {"status": "consultation"}
        with pytest.raises(Conflict):
            call(service, "set_status", **request)
    finally:
        context.release(token)
    history = call(service, "element", id="person.name")["history"]
    assert [(step["to"], step["by"]) for step in history] == [("consultation", "p")]


def test_uses_are_noted_and_found(service: Service) -> None:
    row = {"kind": "item", "id": "a", "version": "1", "elements": ["person.name@1"]}
    assert call(service, "note_uses", uses=[row]) == {"noted": 1}
    assert [u["id"] for u in call(service, "where_used", id="person.name")["uses"]] == ["a"]
    assert call(service, "elements_of", kind="item", id="a", version="1")["elements"] == ["person.name@1"]


def test_columns_are_proposed(service: Service) -> None:
    found = call(service, "propose", columns=[{"name": "XM"}])["columns"]
    assert found[0]["proposals"][0]["element"] == "person.name"


def test_agencies_submit_and_govern(service: Service) -> None:
    agency = "11440305MB2X010153"
    token = context.bind(context.Context(Principal("p", "agency_admin", "甲", agency=agency)))
    own = element("firm.alias", "企业简称", steward=agency)
    section = {"names": own["names"], "fields": [{"element": "firm.alias", "version": 1}]}
    form = {
        "id": "f",
        "version": 1,
        "kind": "form",
        "names": own["names"],
        "steward": agency,
        "sections": [section],
    }
    try:
        assert call(service, "submit", elements=[own], dry_run=True)["elements"] == ["firm.alias@1"]
        assert call(service, "submit", elements=[own])["unchanged"] == 0
        assert call(service, "publish_templates", templates=[form])["templates"] == ["f@1"]
        with pytest.raises(Forbidden):
            call(service, "submit", elements=[element("b.name")])
    finally:
        context.release(token)
    assert [t["id"] for t in call(service, "templates")["templates"]] == ["f"]
    assert call(service, "template", id="f")["versions"] == [1]
    assert list(call(service, "template_schema", id="f", version=1)["schema"]["properties"]) == ["firm.alias"]
    assert [(a["agency"], a["fields"], a["standard"]) for a in call(service, "coverage")["agencies"]] == [
        (agency, 1, 0)
    ]
    assert call(service, "likeness", element="person.name")["twins"] == []
    assert call(service, "naming") == {"elements": [], "total": 0}
    assert [u["kind"] for u in call(service, "where_used", id="firm.alias")["uses"]] == ["form"]


def test_a_request_of_another_shape_is_refused_with_pointers(service: Service) -> None:
    for method, request, pointer in (
        ("publish", {"elements": [{}], "extra": 1}, "/extra"),
        ("element", {"id": "person.name", "version": 0}, "/version"),
        ("validate", {"schema": {}}, "/data"),
        ("set_status", {"id": "a.b", "version": 1, "status": "final"}, "/status"),
    ):
        with pytest.raises(BadInput) as refused:
            call(service, method, **request)
        assert pointer in [f.pointer for f in refused.value.faults]


PERSON = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


def test_a_schema_is_published_read_and_never_changed(service: Service, store: Store) -> None:
    assert call(service, "publish_schema", id="person", schema=PERSON, mode="full_transitive")["version"] == 1
    wider = {**PERSON, "properties": {**PERSON["properties"], "nick": {"type": "string"}}}
    assert call(service, "publish_schema", id="person", schema=wider, dry_run=True)["version"] == 2
    assert call(service, "subject", id="person")["versions"] == [1]
    with pytest.raises(Incompatible):
        call(service, "publish_schema", id="person", schema={**PERSON, "required": []})
    assert call(service, "publish_schema", id="person", schema=wider)["version"] == 2
    assert call(service, "schema_version", id="person", version=1) == {"schema": PERSON}
    assert list(call(service, "schema_version", id="person.name", version=1)["schema"]["properties"]) == [
        "person.name"
    ]
    assert call(service, "set_mode", id="person", mode="none")["mode"] == "none"
    with store.reading.connect() as connection:
        actions = connection.scalars(sa.select(orm.runtime["audit"].c.action)).all()
    assert actions[3:] == ["schema.publish", "schema.publish", "schema.mode"]


def test_the_agency_that_signed_in_is_the_steward_of_what_it_begins(service: Service) -> None:
    for agency, refused in (("market", False), ("police", True), ("market", False)):
        context.bind(context.Context(principal=Principal(agency, "agency_admin", "", agency=agency)))
        for method, request in (("publish_schema", {"schema": PERSON}), ("set_mode", {"mode": "full"})):
            if refused:
                with pytest.raises(Forbidden):
                    call(service, method, id="person", **request)
            else:
                call(service, method, id="person", **request)
    context.bind(context.Context())
    told = call(service, "subject", id="person")
    assert (told["steward"], told["mode"], told["versions"]) == ("market", "full", [1])
    assert call(service, "subjects")["subjects"][0]["steward"] == "market"


def test_a_refused_batch_leaves_nothing_behind(service: Service) -> None:
    drafts = [{"id": "b", "schema": PERSON}, {"id": "b", "schema": {**PERSON, "required": ["name", "x"]}}]
    with pytest.raises(Incompatible):
        call(service, "publish_schemas", schemas=drafts)
    with pytest.raises(NotFound):
        call(service, "schema_version", id="b", version=1)
    assert call(service, "publish_schemas", schemas=drafts[:1])["published"] == ["b@1"]


@pytest.mark.parametrize("id", ["a/b", "", "ä", "a" * 129])
def test_an_id_stands_in_a_path(service: Service, id: str) -> None:
    with pytest.raises(BadInput):
        call(service, "publish_schema", id=id, schema=PERSON)


def test_what_would_break_a_live_item_is_refused_and_named(service: Service) -> None:
    row = {"kind": "item", "id": "a", "version": "1", "elements": ["person.name@1"]}
    call(
        service,
        "note_uses",
        uses=[row, {**row, "id": "b"}, {**row, "id": "b", "version": "2", "elements": ["person.sex@1"]}],
    )
    narrower = {**NAME, "version": 2, "format": "an2..9", "status": "standard"}
    (broken,) = call(service, "publish", elements=[narrower], dry_run=True)["impact"]
    assert broken["users"] == [{"kind": "item", "id": "a", "version": "1"}]
    with pytest.raises(Incompatible):
        call(service, "publish", elements=[narrower])
    rule = {"id": "person.name", "from": 1, "to": 2, "up": "substring(value, 1, 9)"}
    assert call(service, "publish", elements=[narrower], migrations=[rule])["elements"] == ["person.name@2"]
    with pytest.raises(BadInput):
        call(service, "publish", elements=[narrower], migrations=[{**rule, "from": 0}])


def fill(service: Service) -> None:
    """Something of every section of a moved registry."""
    narrower = {**NAME, "version": 2, "format": "an2..9"}
    call(service, "publish_schema", id="person", schema=PERSON, mode="none")
    call(service, "publish_schema", id="person", schema={"type": "string"})
    call(service, "set_mode", id="person", mode="full_transitive", lenient=False, steward="market")
    rule = {"id": "person.name", "from": 1, "to": 2, "up": "substring(value, 1, 9)"}
    call(service, "publish", elements=[narrower], migrations=[rule])
    context.bind(context.Context(principal=Principal("g", "admin", "", roles=(STEWARD, REGISTRAR))))
    call(service, "set_status", id="person.name", version=1, status="consultation", note="why")
    context.bind(context.Context())
    walk = {"id": "sex.of", "version": 1, "names": {"zh-Hans": "x", "zh-Hant": "x", "en": "x"}}
    lists = [{"id": "other", "version": 1}, {"id": "gbt2261_1", "version": 1}]
    codes = [{"value": "m", "names": walk["names"]}]
    other_list = {"id": "other", "version": 1, "names": walk["names"], "codes": codes}
    call(service, "publish", code_lists=[other_list])
    entries = [{"source": "m", "targets": ["1"]}]
    crosswalk = {**walk, "source": lists[0], "target": lists[1], "entries": entries}
    call(service, "publish_crosswalks", crosswalks=[crosswalk])


def test_a_registry_is_moved_without_loss(service: Service, tmp_path: Path) -> None:
    fill(service)
    document = call(service, "export_registry")
    assert [each["id"] for each in document["crosswalks"]] == ["sex.of"]
    assert [each["steward"] for each in document["schemas"]] == ["market"]
    settings = Settings(data=tmp_path / "other")
    migrate(settings, ["standards"])
    store = Store("standards", settings)
    other = empty(store)
    counted = {name: len(rows) for name, rows in document.items() if name in ("elements", "code_lists")}
    plan = call(other, "import_registry", registry=document, dry_run=True)
    assert {name: len(plan["added"][name]) for name in counted} == counted
    assert call(other, "export_registry")["elements"] == []
    assert call(other, "import_registry", registry=document) == plan
    assert call(other, "export_registry") == document
    assert call(other, "element", id="person.name", version=1)["status"] == "consultation"
    again = call(other, "import_registry", registry=document)
    assert not any(again["added"].values()) and again["unchanged"] == sum(counted.values()) + 3
    spoiled = {**document, "elements": [*document["elements"], {**NAME, "names": {"zh-Hans": "x"}}]}
    with pytest.raises(GdbosError):
        call(other, "import_registry", registry=spoiled)
    for bad in ({**document, "format": "x"}, {**document, "elements": [*document["elements"], {"id": 1}]}):
        with pytest.raises(BadInput):
            call(other, "import_registry", registry=bad)
    assert call(other, "export_registry") == document
    store.dispose()


def test_the_clock_brings_into_force_what_was_scheduled(service: Service) -> None:
    later = {**NAME, "version": 2, "format": "an..90", "status": "standard"}
    made = call(service, "schedule", elements=[later], on="2999-01-01")
    assert call(service, "scheduled")["scheduled"] == [made]
    assert call(service, "publish_due", limit=5) == {"published": 0, "kept": 0}
    clock.start_at("2999-01-01T00:00:00+08:00")
    try:
        assert call(service, "publish_due", limit=5) == {"published": 1, "kept": 0}
    finally:
        clock.start_at("")
    assert call(service, "element", id="person.name")["version"] == 2
    assert [each["status"] for each in call(service, "scheduled", status="published")["scheduled"]] == [
        "published"
    ]
    with pytest.raises(GdbosError):
        call(service, "cancel_scheduled", id=made["id"])


def test_who_uses_a_schema_is_noted_asked_and_told(service: Service) -> None:
    """Noted by the owner's event; a version that would break its documents is refused unless a rule carries them."""
    call(service, "publish_schema", id="person", schema=PERSON, mode="none")
    row = {"kind": "decision", "id": "d", "version": "1", "elements": [], "schemas": ["person@1"]}
    call(service, "note_uses", uses=[row])
    assert [use["id"] for use in call(service, "where_used", id="person")["uses"]] == ["d"]
    assert call(service, "elements_of", kind="decision", id="d", version="1")["schemas"] == ["person@1"]
    stricter = {**PERSON, "required": ["name", "nick"]}
    with pytest.raises(Incompatible) as refused:
        call(service, "publish_schema", id="person", schema=stricter)
    assert [use["id"] for use in refused.value.more["breaks"][0]["users"]] == ["d"]
    rule = {"from": 1, "up": 'context put(value, "nick", "x")'}
    assert call(service, "publish_schema", id="person", schema=stricter, migrations=[rule])["version"] == 2


def test_while_the_look_alikes_are_sought_the_first_time_others_are_answered(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every step others have their turn; what they publish in it is found too."""
    many = [{**NAME, "id": f"a.n{n}", "names": text(f"{n} 号")} for n in range(3 * STEP)]
    call(service, "publish", elements=many)
    service.memory.clear()
    turns: list[int] = []

    def others() -> None:
        turns.append(call(service, "element", id="person.name")["version"])
        if len(turns) == 2:
            call(service, "publish", elements=[{**NAME, "id": "person.called"}])

    monkeypatch.setattr(base, "let_others", others)
    found = call(service, "likeness", element="person.name")["twins"]
    assert "person.called" in {each for twin in found for each in (twin["one"], twin["other"])}
    assert len(turns) >= 3
    turns.clear()
    call(service, "likeness", element="person.name")
    assert turns == []


def test_a_new_element_is_proposed_for_a_column_that_nobody_mapped(service: Service, store: Store) -> None:
    row = {"kind": "source", "id": "s", "version": "1", "elements": [], "agency": "A", "unmapped": ["BZ"]}
    call(service, "note_uses", uses=[{**row, "field_count": 1}])

    def columns() -> Any:
        return call(service, "coverage")["agencies"][0]["holders"][0]["columns"]

    assert columns() == [{"column": "BZ", "element": ""}]
    call(service, "publish", elements=[{**NAME, "id": "other.note", "names": text("备注")}])
    event = Event("e", "names.published", "standards", "standards", "", {"ids": ["other.note"]})
    effect = Service.on_names_published.__wrapped__  # type: ignore[attr-defined]
    service.on_names_published([(event, effect)], store)  # type: ignore[arg-type, call-arg]
    assert columns() == [{"column": "BZ", "element": "other.note"}]

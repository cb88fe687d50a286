"""Schemas under an id: what is published, what is refused and how the refusal explains itself."""

from __future__ import annotations

from typing import Any

import pytest
from support.standards import FakeHolders, FakeRegistry, FakeSubjects, FakeUses, FakeWork, code_list, element

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import (
    BadInput,
    Conflict,
    Forbidden,
    Incompatible,
    NotFound,
    TooLarge,
    from_wire,
    to_wire,
)
from gdbos_contracts.principal import SYSTEM, Principal
from services.standards import handlers
from services.standards.domain.codelist import CodeList
from services.standards.domain.compat import compare_history
from services.standards.domain.element import DataElement
from services.standards.handlers import subjects

PERSON = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
NICKED = {**PERSON, "properties": {**PERSON["properties"], "nick": {"type": "string"}}}
STRICT = {**NICKED, "required": ["name", "nick"]}


class Desk:
    """Publishes into a registry in memory."""

    def __init__(self) -> None:
        self.subjects, self.registry, self.work = FakeSubjects(), FakeRegistry(), FakeWork()
        self.uses = FakeUses()

    def publish(
        self, schema: Any, id: str = "person", principal: Principal = SYSTEM, **draft: Any
    ) -> dict[str, Any]:
        given = {"version": None, "mode": None, "lenient": None, "migrations": (), "dry_run": False, **draft}
        command = {"id": id, "schema": schema, **given}
        ports = (self.subjects, self.uses, self.registry)
        return subjects.publish_schema(command, principal, *ports, compare_history, self.work)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_versions_follow_each_other_and_equal_content_is_left_alone(desk: Desk) -> None:
    assert desk.publish(PERSON) == {"id": "person", "version": 1, "changed": True}
    assert desk.publish(NICKED)["version"] == 2
    assert desk.publish(NICKED) == {"id": "person", "version": 2, "changed": False}
    assert desk.publish(PERSON, version=1) == {"id": "person", "version": 1, "changed": False}
    assert desk.work.commits == 2 and [a for a, _ in desk.work.audited] == ["schema.publish"] * 2
    shown = subjects.subject("person", desk.subjects)
    assert shown == {
        "id": "person",
        "mode": "backward",
        "lenient": True,
        "steward": "",
        "versions": [1, 2],
    }


def test_a_refusal_names_each_change_and_carries_a_witness(desk: Desk) -> None:
    desk.publish(PERSON)
    with pytest.raises(Incompatible) as refused:
        desk.publish(STRICT)
    fault = refused.value.faults[0]
    assert (fault.pointer, fault.code) == ("/schema/required", "required")
    assert set(fault.message) == {"zh-Hans", "zh-Hant", "en"}
    witness = refused.value.more["witness"]
    assert Validator(PERSON).verdict(witness) and not Validator(STRICT).verdict(witness)
    again = from_wire(*to_wire(refused.value))
    assert isinstance(again, Incompatible) and again.more == refused.value.more
    assert desk.subjects.last("person") == 1 and desk.work.commits == 1


def test_transitive_looks_behind_the_last_version(desk: Desk) -> None:
    for mode, id in (("backward", "near"), ("backward_transitive", "far")):
        desk.publish({"maxLength": 9}, id, mode=mode)
        desk.subjects.versions[id, 2] = {"maxLength": 5}
    assert desk.publish({"maxLength": 7}, "near")["version"] == 3
    with pytest.raises(Incompatible) as refused:
        desk.publish({"maxLength": 7}, "far")
    assert refused.value.more["version"] == 1


def test_what_cannot_be_shown_is_not_published(desk: Desk) -> None:
    desk.publish({"type": "string", "pattern": "^(?=a)[ab]+$"})
    with pytest.raises(Incompatible) as refused:
        desk.publish({"type": "string", "pattern": "^(?=a)[abc]+$"})
    assert "witness" not in refused.value.more and "could not be shown" in str(refused.value)


def test_a_pattern_that_takes_in_the_old_one_is_published(desk: Desk) -> None:
    desk.publish({"type": "string", "pattern": "^[ab]+$"})
    assert desk.publish({"type": "string", "pattern": "^[abc]+$"})["version"] == 2


def agency(code: str, kind: str = "agency_admin") -> Principal:
    return Principal(f"{kind} of {code}", kind, "", agency=code)


MARKET, POLICE, PLATFORM = agency("market"), agency("police"), Principal("root", "admin", "")


def test_a_subject_belongs_to_who_began_it(desk: Desk) -> None:
    desk.publish(PERSON, principal=MARKET)
    assert subjects.subject("person", desk.subjects)["steward"] == "market"
    for other in (POLICE, agency("market", "clerk"), agency("")):
        for schema in (PERSON, NICKED):
            for dry_run in (True, False):
                with pytest.raises(Forbidden):
                    desk.publish(schema, principal=other, dry_run=dry_run)
    assert [desk.publish(s, principal=p)["version"] for s, p in ((NICKED, MARKET), (PERSON, PLATFORM))] == [
        2,
        3,
    ]


def test_what_the_platform_began_no_agency_changes(desk: Desk) -> None:
    desk.publish(PERSON, principal=PLATFORM)
    desk.publish(PERSON, "other")
    for id in ("person", "other"):
        for nobodys in (MARKET, agency("")):
            with pytest.raises(Forbidden):
                desk.publish(NICKED, id, principal=nobodys)


def test_a_mode_and_a_steward_are_the_stewards_to_change(desk: Desk) -> None:
    desk.publish(PERSON, principal=MARKET)
    command = {"id": "person", "mode": "none", "lenient": True, "steward": None}
    with pytest.raises(Forbidden):
        subjects.set_mode({**command, "steward": "police"}, POLICE, desk.subjects, desk.work)
    assert subjects.subject("person", desk.subjects)["mode"] == "backward" and desk.work.commits == 1
    assert subjects.set_mode(command, MARKET, desk.subjects, desk.work)["steward"] == "market"
    subjects.set_mode({**command, "steward": "police"}, MARKET, desk.subjects, desk.work)
    assert desk.publish(STRICT, principal=POLICE)["version"] == 2
    with pytest.raises(Forbidden):
        desk.publish(PERSON, principal=MARKET)
    assert subjects.set_mode({**command, "steward": ""}, PLATFORM, desk.subjects, desk.work)["steward"] == ""


def test_a_batch_stops_at_anothers_subject(desk: Desk) -> None:
    """The handler commits once, at the end; what it wrote before is left uncommitted."""
    desk.publish(PERSON, "police", principal=POLICE)
    draft = {"version": None, "mode": None, "lenient": None, "migrations": ()}
    command = {"schemas": [{**draft, "id": i, "schema": NICKED} for i in ("own", "police")], "dry_run": False}
    ports = (desk.subjects, desk.uses, desk.registry)
    with pytest.raises(Forbidden):
        subjects.publish_schemas(command, MARKET, *ports, compare_history, desk.work)
    assert desk.work.commits == 1


def test_a_mode_is_kept_until_it_is_changed(desk: Desk) -> None:
    desk.publish(PERSON, mode="full")
    with pytest.raises(Conflict):
        desk.publish(STRICT, mode="none")
    command = {"id": "person", "mode": "none", "lenient": True, "steward": None}
    assert subjects.set_mode(command, SYSTEM, desk.subjects, desk.work)["mode"] == "none"
    assert desk.publish(STRICT)["version"] == 2
    assert ("schema.mode", "person") in desk.work.audited
    with pytest.raises(NotFound):
        subjects.set_mode({**command, "id": "nobody"}, SYSTEM, desk.subjects, desk.work)


@pytest.mark.parametrize(
    ("schema", "pointer", "code"),
    [
        ({"type": "nothing"}, "/schema/type", None),
        ({"properties": {"a": {"$ref": "#/$defs/none"}}}, "/schema", None),
        (
            {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}}},
            "/schema/$defs/a",
            "cyclic",
        ),
        ({"$ref": "#"}, "/schema", "cyclic"),
        (
            {"properties": {"c": {"x-code-list": {"id": "none", "version": 1}}}},
            "/schema/properties/c/x-code-list",
            "dangling",
        ),
    ],
)
def test_bad_input_is_pointed_at_and_nothing_is_written(
    desk: Desk, schema: Any, pointer: str, code: str | None
) -> None:
    with pytest.raises(BadInput) as refused:
        desk.publish(schema)
    assert refused.value.faults[0].pointer.startswith(pointer)
    assert code in (None, refused.value.faults[0].code)
    assert desk.subjects.versions == {} and desk.work.commits == 0


def test_what_is_too_large_or_too_deep_is_refused(desk: Desk) -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"not": deep}
    for schema in ({"description": "x" * (10 << 20)}, deep):
        with pytest.raises(TooLarge):
            desk.publish(schema)
    assert desk.subjects.versions == {}


def test_numbers_ids_and_modes_that_do_not_fit(desk: Desk) -> None:
    desk.registry.add_elements([DataElement.from_data(element("person.name"))])
    desk.publish(PERSON)
    for draft in ({"version": 1}, {"version": 3}, {"id": "person.name"}):
        with pytest.raises(Conflict):
            desk.publish(NICKED, **draft)
    assert desk.work.commits == 1


def test_a_tree_is_no_loop(desk: Desk) -> None:
    assert desk.publish({"properties": {"next": {"$ref": "#"}}})["version"] == 1


def test_codes_come_from_the_list_and_a_removed_code_is_refused(desk: Desk) -> None:
    lists = [code_list("colour", "red", "blue"), code_list("colour", "red", version=2)]
    desk.registry.add_code_lists([CodeList.from_data(each) for each in lists])

    def coloured(version: int) -> dict[str, Any]:
        return {"properties": {"c": {"type": "string", "x-code-list": {"id": "colour", "version": version}}}}

    desk.publish(coloured(1))
    assert desk.subjects.schema("person", 1)["properties"]["c"]["enum"] == ["red", "blue"]
    with pytest.raises(Incompatible) as refused:
        desk.publish(coloured(2))
    assert refused.value.more["witness"] == {"c": "blue"}
    assert [f.code for f in refused.value.faults] == ["code"]
    used = handlers.where_used("colour", 1, desk.registry, desk.subjects, desk.uses, FakeHolders())["uses"]
    assert [(u["kind"], u["id"], u["version"]) for u in used] == [("schema", "person", "1")]


def test_a_batch_is_all_or_nothing(desk: Desk) -> None:
    def batch(*schemas: Any) -> dict[str, Any]:
        drafts = [
            {"id": "p", "schema": s, "version": None, "mode": None, "lenient": None, "migrations": ()}
            for s in schemas
        ]
        command = {"schemas": drafts, "dry_run": False}
        ports = (desk.subjects, desk.uses, desk.registry)
        return subjects.publish_schemas(command, SYSTEM, *ports, compare_history, desk.work)

    with pytest.raises(Incompatible) as refused:
        batch(PERSON, STRICT)
    assert refused.value.faults[0].pointer == "/schemas/1/schema/required" and desk.work.commits == 0
    desk.subjects.versions.clear()
    assert batch(PERSON, NICKED, NICKED) == {"published": ["p@1", "p@2"], "unchanged": 1}
    assert desk.work.commits == 1


def test_a_version_is_read_and_an_element_stands_in_where_there_is_no_schema(desk: Desk) -> None:
    desk.registry.add_elements([DataElement.from_data(element("person.name"))])
    desk.publish(PERSON)
    assert subjects.schema_version("person", 1, desk.subjects, desk.registry) == {"schema": PERSON}
    found = subjects.schema_version("person.name", 1, desk.subjects, desk.registry)["schema"]
    assert list(found["properties"]) == ["person.name"]
    for id, version in (("person", 2), ("nobody", 1), ("person.name", 9)):
        with pytest.raises(NotFound):
            subjects.schema_version(id, version, desk.subjects, desk.registry)


def test_a_comparison_takes_code_lists_and_history() -> None:
    registry = FakeRegistry()
    registry.add_code_lists([CodeList.from_data(code_list("colour", "red", "blue"))])
    listed = {"x-code-list": {"id": "colour", "version": 1}}
    terms = {"mode": "forward", "lenient": False, "reading": "meaning", "history": []}
    command = {"old": {"enum": ["red"]}, "new": listed, **terms}
    found = handlers.compatibility(command, registry, compare_history)
    assert (found["compatible"], found["witness"]) == (False, "blue")
    history = {**command, "new": {"enum": ["red"]}, "history": [listed], "mode": "backward_transitive"}
    assert handlers.compatibility(history, registry, compare_history)["version"] == 1
    plain = {
        **command,
        "old": {"type": "string"},
        "new": {"type": "string", "pattern": "[a-z]*"},
        "mode": "backward",
    }
    assert handlers.compatibility(plain, registry, compare_history)["compatible"] is True
    declared = handlers.compatibility({**plain, "reading": "declared"}, registry, compare_history)
    assert (declared["compatible"], declared["confirmed"]) == (False, "declaration")


def test_subjects_are_listed_by_page_and_by_a_part_of_their_id(desk: Desk) -> None:
    for id in ("Firm.licence", "person", "person.card"):
        desk.publish(PERSON, id)
    desk.publish(NICKED)

    def listed(q: str = "", cursor: str = "", limit: int = 2) -> Any:
        return subjects.list_subjects({"q": q, "cursor": cursor, "limit": limit}, desk.subjects)

    first = listed()
    assert [(s["id"], s["last"]) for s in first["subjects"]] == [("Firm.licence", 1), ("person", 2)]
    assert [s["id"] for s in listed(cursor=first["next"])["subjects"]] == ["person.card"]
    assert [s["id"] for s in listed("FIRM")["subjects"]] == ["Firm.licence"]
    assert listed("zzz") == {"subjects": [], "next": None}

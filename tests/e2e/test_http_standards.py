"""What a registry is given badly over HTTP: a problem that points at the place, and nothing is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.site import Site
from support.standards import code_list, element, text

STEWARD = "11440305MB2X010153"
NAME = element("bad.name", steward=STEWARD)
LOOP = {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}
TEN_MEGABYTES = 10 * 2**20


def listed(**changes: Any) -> dict[str, Any]:
    held = {**code_list("bad.list", "1", "2"), "steward": STEWARD, **changes}
    return {"format": "json", "content": json.dumps(held)}


def codes(*changes: dict[str, Any]) -> dict[str, Any]:
    names = {"zh-Hans": "一", "zh-Hant": "一", "en": "one"}
    return listed(codes=[{"value": str(n), "names": names, **own} for n, own in enumerate(changes)])


OVER = {"valid_to": "2020-01-01"}
SCHEMAS, ELEMENTS, IMPORT = (
    "/standards/schemas/bad/versions",
    "/standards/elements",
    "/standards/codelists/import",
)
SCHEDULE = "/standards/scheduled"
BAD = [
    ("an invalid schema", "POST", SCHEMAS, {"schema": {"type": "nothing"}}, 422, "/schema/type"),
    ("a schema that is none", "POST", SCHEMAS, {"schema": 5}, 422, "/schema"),
    ("a bad pattern", "POST", SCHEMAS, {"schema": {"properties": {"a": {"pattern": "("}}}}, 422, "/schema/properties/a/pattern"),
    ("a composition in a circle", "POST", SCHEMAS, {"schema": LOOP}, 422, "/schema"),
    ("an element of no list", "POST", SCHEMAS, {"schema": {"x-code-list": {"id": "no", "version": 1}}}, 422, "/schema/x-code-list"),
    ("parents in a circle", "POST", IMPORT, codes({"parent": "1"}, {"parent": "0"}), 422, "/content/codes/0/parent"),
    ("successors in a circle", "POST", IMPORT, codes({**OVER, "replaced_by": ["1"]}, {**OVER, "replaced_by": ["0"]}), 422, "/content/codes/0/replaced_by"),
    ("one code twice", "POST", IMPORT, codes({}, {"value": "0"}), 422, "/content/codes/1/value"),
    ("one id twice", "POST", ELEMENTS, {"elements": [NAME, {**NAME, "format": "an..9"}]}, 409, "/elements/1/version"),
    ("the id of an element", "POST", "/standards/schemas/person.name/versions", {"schema": {}}, 409, "/id"),
    ("a version that leaves a gap", "POST", SCHEMAS, {"schema": {}, "version": 7}, 409, "/version"),
    ("ten megabytes", "POST", IMPORT, {"format": "json", "content": "1" * TEN_MEGABYTES}, 413, "/content"),
    ("no such day", "POST", IMPORT, codes({"valid_from": "2026-02-30"}), 422, "/content/codes/0/valid_from"),
    ("days that end before they begin", "POST", IMPORT, codes({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}), 422, "/content/codes/0/valid_to"),
    ("a day that is no day", "POST", SCHEDULE, {"elements": [NAME], "on": "tomorrow"}, 422, "/on"),
    ("a day that is over", "POST", SCHEDULE, {"elements": [NAME], "on": "2020-01-01"}, 422, "/on"),
    ("an unknown mode", "POST", SCHEMAS, {"schema": {}, "mode": "sideways"}, 422, "/mode"),
    ("an unknown mode of a subject", "PUT", "/standards/schemas/bad", {"mode": "sideways"}, 422, "/mode"),
    ("an unknown mode of a comparison", "POST", "/standards/compatibility", {"old": {}, "new": {}, "mode": "x"}, 422, "/mode"),
    ("an unknown reading", "POST", "/standards/compatibility", {"old": {}, "new": {}, "reading": "x"}, 422, "/reading"),
    ("an unknown format", "POST", IMPORT, {"format": "xls", "content": "x"}, 422, "/format"),
    ("a bad format of an element", "POST", ELEMENTS, {"elements": [{**NAME, "format": "??"}]}, 422, "/elements/0/format"),
    ("a list that is not there", "POST", ELEMENTS, {"elements": [{**NAME, "representation": "code", "code_list": {"id": "no", "version": 1}}]}, 422, "/elements/0/code_list"),
    ("an unknown key", "POST", ELEMENTS, {"elements": [{**NAME, "colour": 1}]}, 422, "/elements/0/colour"),
    ("what is no object", "POST", ELEMENTS, {"elements": [5]}, 422, "/elements/0"),
]  # fmt: skip


@pytest.fixture(scope="module")
def admin(site: Site) -> str:
    return site.sign_in("admin")


def held(site: Site, token: str) -> list[Any]:
    """All that could have been written."""
    paths = (
        "/standards/elements?q=bad",
        "/standards/codelists?q=bad",
        "/standards/schemas/bad",
        "/standards/scheduled",
    )
    return [site.ask("GET", f"/api/v1{path}", token=token).json for path in paths]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "pointer"), [each[1:] for each in BAD], ids=[each[0] for each in BAD]
)
def test_bad_input_is_pointed_at_and_nothing_is_written(
    method: str, path: str, body: Any, status: int, pointer: str, site: Site, admin: str
) -> None:
    before = held(site, admin)
    answer = site.ask(method, f"/api/v1{path}", body, admin)
    assert answer.status == status, answer.text[:600]
    problem = answer.json
    assert answer.headers["Content-Type"] == "application/problem+json" and problem["title"]
    pointers = [error["pointer"] for error in problem.get("errors", ())]
    assert pointer in pointers, pointers
    before[2].pop("trace", None)
    now = held(site, admin)
    now[2].pop("trace", None)
    assert now == before


def test_a_publication_is_scheduled_shown_cancelled_and_planned_again(site: Site, admin: str) -> None:
    draft = element("bad.later", steward=STEWARD, status="standard")
    made = site.ask("POST", "/api/v1/standards/scheduled", {"elements": [draft], "on": "2999-01-01"}, admin)
    assert (made.status, made.json["status"], made.json["publishes"]) == (201, "scheduled", ["bad.later@1"])
    rows = site.ask("GET", "/api/v1/standards/scheduled?status=scheduled", token=admin).json["scheduled"]
    assert [row["id"] for row in rows] == [made.json["id"]]
    path, steward = f"/api/v1/standards/scheduled/{made.json['id']}", site.sign_in("agency-admin")
    told = site.ask("GET", path, token=steward).json
    assert [change["before"] for change in told["changes"]] == [None] and told["refused"] == {}
    assert site.ask("POST", f"{path}/plan", {"on": "2999-02-01"}, steward).status == 403
    assert site.ask("POST", f"{path}/plan", {"on": "2026-01-01"}, admin).json["errors"][0]["pointer"] == "/on"
    assert site.ask("POST", f"{path}/cancel", {}, site.sign_in("citizen")).status == 403
    assert site.ask("POST", f"{path}/cancel", {}, steward).json["status"] == "cancelled"
    assert site.ask("POST", f"{path}/cancel", {}, admin).status == 409
    assert site.ask("POST", f"{path}/plan", {}, steward).json["on"] == "2999-01-01"
    assert site.ask("POST", f"{path}/cancel", {}, admin).status == 200
    assert site.ask("GET", "/api/v1/standards/elements/bad.later", token=admin).status == 404
    of_platform = {"elements": [element("bad.later", status="standard")], "on": "2999-01-01"}
    other = site.ask("POST", "/api/v1/standards/scheduled", of_platform, admin).json["id"]
    assert site.ask("POST", f"/api/v1/standards/scheduled/{other}/cancel", {}, steward).status == 403
    assert site.ask("POST", f"/api/v1/standards/scheduled/{other}/cancel", {}, admin).status == 200


def test_a_crosswalk_is_tried_published_and_left_alone(site: Site, admin: str) -> None:
    path, ends = "/api/v1/standards/crosswalks", {"id": "bad.walked", "version": 1}
    assert (
        site.ask("POST", "/api/v1/standards/codelists/import", listed(id="bad.walked"), admin).status == 201
    )
    walk = {"id": "bad.walk", "version": 1, "names": text("walk"), "source": ends, "target": ends}
    body = {"crosswalks": [{**walk, "steward": STEWARD, "entries": [{"source": "1", "targets": ["2"]}]}]}
    steward = site.sign_in("agency-admin")
    tried = site.ask("POST", path, {**body, "dry_run": True}, steward)
    assert (tried.status, tried.json["crosswalks"]) == (200, ["bad.walk@1"])
    assert {advice["code"] for advice in tried.json["advice"]} == {
        "crosswalk.uncovered",
        "crosswalk.unreached",
    }
    assert site.ask("GET", f"{path}/bad.walk").status == 404
    assert site.ask("POST", path, body, site.sign_in("citizen")).status == 403
    assert site.ask("POST", path, body, steward).status == 201
    assert site.ask("POST", path, body, admin).json["unchanged"] == 1
    other = {"crosswalks": [{**body["crosswalks"][0], "entries": []}]}
    assert site.ask("POST", path, other, steward).status == 409

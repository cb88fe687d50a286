"""Supervision over HTTP: time alone turns the lights, an order goes its way, a calendar moves the days."""

from __future__ import annotations

import re
import urllib.parse
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from support.filing import enrolment
from support.site import Site

AGENCY_CLERK, OTHER_CLERK = "clerk-yb", "clerk-ga"


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A case accepted in November; the house is then started again in March."""
    data = tmp_path_factory.mktemp("late")
    autumn = Site(data, {"GDBOS_NOW": "2026-11-24T09:00:00+08:00"})
    autumn.start()
    try:
        citizen, clerk = autumn.sign_in("citizen"), autumn.sign_in(AGENCY_CLERK)
        body = enrolment(autumn, citizen)
        case_no = autumn.ask(
            "POST", "/api/v1/applications", body, citizen, Idempotency_Key=str(uuid.uuid4())
        ).json["case_no"]
        tasks = autumn.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
        task = next(each["id"] for each in tasks if each["case_no"] == case_no)
        shown = autumn.ask("GET", f"/api/v1/tasks/{task}", token=clerk).json
        if "accept" in [action["id"] for action in shown["actions"]]:
            done = autumn.ask(
                "POST", f"/api/v1/tasks/{task}/complete", {"action": "accept", "data": {}}, clerk
            )
            assert done.status == 200, done.text
    finally:
        assert autumn.stop() == 0
    spring = Site(data, {"GDBOS_NOW": "2027-03-01T09:00:00+08:00"})
    spring.start()
    yield spring, str(case_no)
    assert spring.stop() == 0


def until(site: Site, path: str, token: str, key: str, found: Any) -> Any:
    """The answer once a row of it is what is looked for."""
    return site.until(path, lambda answer: any(found(row) for row in answer[key]), token)


def test_lights_turn_by_time_alone(filed: tuple[Site, str]) -> None:
    site, case_no = filed
    supervisor = site.sign_in("supervisor")
    board = site.ask("GET", "/api/v1/supervision/lights", token=supervisor).json
    assert board["totals"]["red"] == 1 == sum(row["red"] for row in board["rows"])
    histogram = site.ask("GET", "/api/v1/supervision/histogram", token=supervisor).json
    assert histogram["total"] == 1 == sum(each["cases"] for each in histogram["bins"])
    records = until(
        site,
        "/api/v1/supervision/records",
        supervisor,
        "records",
        lambda row: row["case_no"] == case_no and row["light"] == "red",
    )["records"]
    assert [row["rule"] for row in records if row["type"] == "light"] == ["CLOCK-RED"]


def test_an_order_is_issued_signed_answered_and_closed(filed: tuple[Site, str]) -> None:
    site, case_no = filed
    supervisor = site.sign_in("supervisor")
    own, other = site.sign_in(AGENCY_CLERK), site.sign_in(OTHER_CLERK)
    orders = "/api/v1/supervision/orders"
    past = site.ask("POST", orders, {"case_no": case_no, "content": "x", "due": "2027-02-26"}, supervisor)
    assert (past.status, past.json["errors"][0]["pointer"]) == (422, "/due")
    assert site.ask("POST", orders, {}, own).status == 403
    body = {"case_no": case_no, "content": "请尽快办结", "due": "2027-03-03"}
    sent = site.ask("POST", orders, body, supervisor)
    assert sent.status == 201, sent.text
    path = f"{orders}/{sent.json['id']}"
    assert site.ask("GET", orders, token=other).json["orders"] == []
    assert site.ask("POST", f"{path}/sign", token=other).status == 404
    assert site.ask("POST", f"{path}/close", token=supervisor).status == 409
    assert site.ask("POST", f"{path}/sign", token=supervisor).status == 403
    assert site.ask("POST", f"{path}/sign", token=own).status == 200
    assert site.ask("POST", f"{path}/sign", token=own).status == 409
    assert site.ask("POST", f"{path}/reply", {"text": ""}, own).status == 422
    assert site.ask("POST", f"{path}/reply", {"text": "已催办"}, own).json["state"] == "replied"
    assert site.ask("POST", f"{path}/close", token=supervisor).json["state"] == "closed"
    assert site.ask("GET", orders, token=site.sign_in("firm")).status == 403


def test_a_published_holiday_moves_the_due_day(filed: tuple[Site, str]) -> None:
    site, case_no = filed
    admin, supervisor = site.sign_in("admin"), site.sign_in("supervisor")
    path = "/api/v1/supervision/calendars"
    body = {"days": [{"day": "2026-11-25", "works": False}], "reason": "补公布"}
    assert site.ask("POST", path, body, supervisor).status == 403
    before = due(site, case_no, supervisor)
    published = site.ask("POST", path, body, admin)
    assert published.status == 201, published.text
    change = published.json["id"]
    done = until(site, path, admin, "changes", lambda row: row["id"] == change and row["done_at"])
    assert next(row["moved"] for row in done["changes"] if row["id"] == change) == 1
    assert due(site, case_no, supervisor) > before


def due(site: Site, case_no: str, token: str) -> str:
    return str(
        site.ask("GET", f"/api/v1/applications/{case_no}", token=token).json["clocks"]["promised"]["due"]
    )


def test_the_pages_do_the_same_without_scripts(filed: tuple[Site, str]) -> None:
    site, case_no = filed
    supervisor, clerk = site.sign_in("supervisor"), site.sign_in(AGENCY_CLERK)
    page = site.ask("GET", "/supervise?lang=en", token=supervisor)
    assert page.status == 200 and "<svg" in page.text and case_no in page.text
    wrong = post(site, supervisor, "/supervise", "/supervise/orders", case_no="nowhere", content="x", due="")
    assert wrong.status == 422 and 'href="#order-due"' in wrong.text
    fields = {"case_no": case_no, "content": "请说明原因", "due": "2027-03-05"}
    assert "请说明原因" in post(site, supervisor, "/supervise", "/supervise/orders", **fields).text
    id = re.search(r'id="order-(\d+)"', site.ask("GET", "/desk/orders", token=clerk).text)
    assert id is not None
    post(site, clerk, "/desk/orders", f"/desk/orders/{id[1]}/sign")
    assert "已督促" in post(site, clerk, "/desk/orders", f"/desk/orders/{id[1]}/reply", text="已督促").text
    closed = post(site, supervisor, "/supervise", f"/supervise/orders/{id[1]}/close")
    assert closed.status == 200 and f"/supervise/orders/{id[1]}/close" not in closed.text


def post(site: Site, token: str, page: str, action: str, **form: str) -> Any:
    """A form of the page sent as a browser would: with its session's cookie and the token in the form."""
    cookie = f"gdbos_session={token}"
    csrf = re.search(r'name="csrf" value="([^"]+)"', site.ask("GET", page, Cookie=cookie).text)
    body = urllib.parse.urlencode({**form, "csrf": csrf[1] if csrf else ""}).encode()
    sent = site.ask("POST", action, body, Content_Type="application/x-www-form-urlencoded", Cookie=cookie)
    return sent if sent.status == 422 else site.ask("GET", page, Cookie=cookie)

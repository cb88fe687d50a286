"""Running processes in a browser: incidents tried again, cases carried to another version and back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium, look_at
from support.engine_host import bpmn
from support.filing import enrolment
from support.site import Site

PROCESS = "insurance-enrolment"
POISON = """
start s
catch t timer=PT0S
xor x
task a
end e
s > t > x
x > a if never = true
a > e
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def admin(site: Site, browser: Browser) -> Iterator[Visitor]:
    """Who administers every agency, without scripts."""
    visitor = Visitor(browser, site.url, java_script_enabled=False)
    visitor.sign_in("admin")
    yield visitor
    visitor.page.context.close()


def filed(site: Site) -> str:
    citizen = site.sign_in("citizen")
    body = enrolment(site, citizen)
    answer = site.ask("POST", "/api/v1/applications", body, citizen, Idempotency_Key=uuid.uuid4().hex)
    return str(answer.json["case_no"])


def deployed(admin: Visitor, model: bytes) -> None:
    admin.open(f"/agency/processes/{PROCESS}")
    admin.page.set_input_files("#bpmn", {"name": "next.bpmn", "mimeType": "application/xml", "buffer": model})
    admin.press("部署，仅用于新办件")


def audited(site: Site, browser: Browser, account: str, *paths: str) -> None:
    """Every page in every language, narrow and wide, light and dark."""
    look_at(browser, site.url, account, paths)


def test_an_agency_without_incidents_is_told_so(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("agency-admin")
    visitor.open("/agency/incidents")
    expect(visitor.page.get_by_role("heading", name="没有流程异常")).to_be_visible()
    visitor.open(f"/agency/processes/{PROCESS}/migrate")
    expect(visitor.page.get_by_role("heading", name="只有一个版本")).to_be_visible()
    visitor.page.context.close()
    audited(site, browser, "agency-admin", "/agency/incidents", f"/agency/processes/{PROCESS}/migrate")


def test_cases_go_to_another_version_and_come_back(site: Site, browser: Browser, admin: Visitor) -> None:
    """Preview, apply, undo, each by its button; a version or a line that makes no sense changes nothing."""
    case_no = filed(site)
    xml = site.ask("GET", f"/agency/processes/{PROCESS}/file", Cookie=cookie(site)).text
    deployed(admin, xml.replace("城乡居民参保流程", "城乡居民参保流程二").encode())
    admin.open(f"/agency/processes/{PROCESS}")
    admin.page.get_by_role("link", name="在办件换版本").click()
    for field, text, said in (("#moves", "没有等号", "每行写一个对应"), ("#to", "77", "没有这个版本")):
        admin.page.fill(field, text)
        admin.press("预览")
        expect(admin.page.locator("#summary")).to_contain_text(said)
        admin.open(f"/agency/processes/{PROCESS}/migrate")
    admin.press("预览")
    expect(admin.page.get_by_role("status")).to_contain_text("该版本在办 1 件")
    admin.press("更换这 1 件")
    expect(admin.page.get_by_role("status")).to_contain_text("已更换 1 件")
    admin.press("撤销更换")
    expect(admin.page.get_by_role("status")).to_contain_text("已恢复 1 件")
    admin.press("预览")
    expect(admin.page.get_by_role("status")).to_contain_text("该版本在办 1 件")
    clerk = site.sign_in("clerk-yb")
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    assert [each["case_no"] for each in tasks].count(case_no) == 1
    audited(site, browser, "admin", f"/agency/processes/{PROCESS}/migrate")


def test_an_incident_says_why_and_is_tried_again(site: Site, browser: Browser, admin: Visitor) -> None:
    deployed(admin, bpmn(POISON))
    case_no = filed(site)
    token = site.sign_in("admin")
    site.until("/api/v1/incidents", lambda found: len(found["incidents"]) == 1, token)
    admin.open("/agency/incidents")
    article = admin.page.locator("article", has_text=case_no)
    expect(article).to_contain_text("no_path")
    address = article.locator("form").get_attribute("action")
    audited(site, browser, "admin", "/agency/incidents")
    retried = Visitor(browser, site.url)
    retried.sign_in("admin")
    retried.open("/agency/incidents")
    button = retried.page.locator("article").get_by_role("button")
    button.focus()
    retried.page.keyboard.press("Enter")
    expect(retried.page.get_by_role("status")).to_contain_text(case_no)
    retried.page.context.close()
    site.until("/api/v1/incidents", lambda found: found["incidents"][0]["attempts"] == 2, token)
    stranger = site.sign_in("agency-admin")
    assert site.ask("GET", "/api/v1/incidents", token=stranger).json["incidents"] == []
    assert address is not None
    assert site.ask("POST", f"/api/v1{address.removeprefix('/agency')}", token=stranger).status == 404


def test_what_was_carried_over_is_listed_and_undone_from_the_list(site: Site, admin: Visitor) -> None:
    admin.open(f"/agency/processes/{PROCESS}/migrate")
    admin.page.get_by_role("link", name="换版本记录").click()
    expect(admin.page.locator("article")).to_contain_text("已撤销")
    expect(admin.page.get_by_role("button", name="撤销更换")).to_have_count(0)
    admin.open(f"/agency/processes/{PROCESS}/migrate")
    admin.page.fill("#from", "1")
    admin.page.fill("#to", "2")
    admin.press("预览")
    admin.press("更换这 1 件")
    admin.open("/agency/migrations")
    first = admin.page.locator("article").first
    expect(first).to_contain_text("版本 1 → 2")
    expect(first).to_contain_text("已更换 1 件")
    first.get_by_role("button").click()
    expect(admin.page.get_by_role("status")).to_contain_text("已恢复 1 件")
    expect(admin.page.locator("article").first).to_contain_text("已撤销")


def test_an_agency_that_carried_nothing_is_told_so(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("agency-admin")
    visitor.open("/agency/migrations")
    expect(visitor.page.get_by_role("heading", name="还没有换过版本")).to_be_visible()
    visitor.page.context.close()
    audited(site, browser, "agency-admin", "/agency/migrations")
    audited(site, browser, "admin", "/agency/migrations")


def test_an_incident_is_resolved_by_hand(site: Site, browser: Browser, admin: Visitor) -> None:
    """Without scripts: what does not help is said, what helps is shown first, and the case goes on."""
    token = site.sign_in("admin")
    (incident,) = site.ask("GET", "/api/v1/incidents", token=token).json["incidents"]
    address = f"/agency/incidents/{incident['case_no']}/{incident['token']}"
    audited(site, browser, "admin", address)
    admin.open("/agency/incidents")
    admin.page.get_by_role("link", name="人工处理").click()
    for text, said in (("没有等号", "每行写一个变量"), ("other = 1", "x")):
        admin.page.fill("#variables", text)
        admin.page.fill("#reason", "申请人补充说明")
        admin.press("预览")
        expect(admin.page.locator("#summary")).to_contain_text(said)
    admin.page.fill("#variables", "never = true")
    admin.press("预览")
    expect(admin.page.get_by_role("status")).to_contain_text("已办结")
    admin.press("确认处理")
    expect(admin.page.get_by_role("status")).to_contain_text(incident["case_no"])
    expect(admin.page.get_by_role("heading", name="没有流程异常")).to_be_visible()
    admin.open(address)
    expect(admin.page.locator("main")).to_contain_text("申请人补充说明")
    audited(site, browser, "admin", address)


def test_a_case_that_cannot_go_is_named_with_its_reason(site: Site, admin: Visitor) -> None:
    admin.open(f"/agency/processes/{PROCESS}/migrate")
    admin.page.fill("#from", "1")
    admin.page.fill("#to", "3")
    admin.press("预览")
    expect(admin.page.get_by_role("status")).to_contain_text("1 件不能更换")
    expect(admin.page.get_by_role("status")).to_contain_text("新版本没有该节点")


def cookie(site: Site) -> str:
    return f"gdbos_session={site.sign_in('admin')}"

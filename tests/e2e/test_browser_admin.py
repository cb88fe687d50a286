"""Calendars and successions in a browser: seen, looked at before the change, changed; by keyboard, without scripts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium, look_at
from support.filing import enrolment
from support.site import Site

PAGES = ("/admin", "/admin/calendars", "/admin/calendars?year=2031", "/admin/successions")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def test_the_pages_are_accessible_in_every_language(site: Site, browser: Browser) -> None:
    look_at(browser, site.url, "admin", PAGES)


def test_a_calendar_is_changed_after_a_look_at_the_due_days(site: Site, browser: Browser) -> None:
    citizen, clerk = site.sign_in("citizen"), site.sign_in("clerk-yb")
    body = enrolment(site, citizen)
    case_no = site.ask("POST", "/api/v1/applications", body, citizen, Idempotency_Key=uuid.uuid4().hex).json[
        "case_no"
    ]
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    task = next(each["id"] for each in tasks if each["case_no"] == case_no)
    site.ask("POST", f"/api/v1/tasks/{task}/complete", {"action": "accept", "data": {}}, clerk)
    due = site.ask("GET", f"/api/v1/applications/{case_no}", token=citizen).json["clocks"]["promised"]["due"]
    visitor = Visitor(browser, site.url, java_script_enabled=False)
    visitor.sign_in("admin")
    visitor.open("/admin/calendars")
    page = visitor.page
    for field in ("#first", "#last"):
        page.fill(field, due)
    page.get_by_label("放假").check()
    page.fill("#reason", "台风停工")
    page.get_by_role("button", name="预览").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 件的期限会变动")
    expect(page.get_by_role("status")).to_contain_text(case_no)
    visitor.press("发布更改")
    expect(page.get_by_role("status")).to_contain_text("已发布 1 天")
    site.until(
        f"/api/v1/applications/{case_no}", lambda found: found["clocks"]["promised"]["due"] > due, citizen
    )
    page.context.close()


def test_what_is_missing_is_said_at_its_field_and_nothing_is_published(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("admin")
    visitor.open("/admin/calendars")
    visitor.page.fill("#first", "2027-03-10")
    visitor.page.fill("#last", "2027-03-01")
    visitor.page.get_by_label("放假").check()
    visitor.page.fill("#reason", "x")
    visitor.press("预览")
    expect(visitor.page.locator("#summary")).to_contain_text("止日不早于起日")
    visitor.audit()
    visitor.open("/admin/calendars?year=2027")
    expect(visitor.page.get_by_text("该年没有公布的日期")).to_be_visible()
    visitor.page.context.close()


def test_a_succession_is_looked_at_and_published(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("admin")
    visitor.open("/admin/successions")
    expect(visitor.page.get_by_role("heading", name="没有机构沿革")).to_be_visible()
    for new, said in (("OLD-ONE", "机构不能继承自己"), ("NEW-ONE", "")):
        visitor.page.fill("#old", "OLD-ONE")
        visitor.page.fill("#new", new)
        visitor.page.fill("#from_day", "2099-01-01")
        visitor.press("预览")
        if said:
            expect(visitor.page.locator("#summary")).to_contain_text(said)
    expect(visitor.page.get_by_role("status")).to_contain_text("涉及 0 件在办件")
    visitor.audit()
    visitor.press("确认发布")
    expect(visitor.page.get_by_role("status")).to_contain_text("已发布 OLD-ONE 的沿革")
    expect(visitor.page.locator("tbody tr")).to_contain_text("未到日期")
    visitor.audit()
    visitor.page.context.close()


def test_a_page_without_its_styles_announces_nothing(site: Site, browser: Browser) -> None:
    """What is to be announced later stays silent even while the styles are on their way."""
    visitor = Visitor(browser, site.url)
    visitor.page.route("**/*.css*", lambda route: route.abort())
    visitor.open("/login")
    expect(visitor.page.get_by_role("status")).to_have_count(0)
    visitor.page.context.close()


def test_what_takes_longer_than_a_second_says_so(site: Site, browser: Browser) -> None:
    """The answer is 204, at which a browser stays where it is, waiting as the script sees it."""
    visitor = Visitor(browser, site.url)
    visitor.open("/login")
    visitor.page.route("**/login", lambda route: route.fulfill(status=204))
    visitor.page.fill("#username", "admin")
    visitor.page.fill("#password", "gdbos-demo")
    visitor.page.locator("main form button.button").click()
    expect(visitor.page.get_by_role("status")).to_have_text("正在处理，请稍候…")
    visitor.audit()
    visitor.page.unroute("**/login")
    visitor.page.reload()
    expect(visitor.page.get_by_role("status")).to_have_count(0)
    visitor.page.context.close()

"""Service and archive in a browser: a refusal is served, the applicant reads until when remedies are open, it is archived."""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium
from support.filing import enrolment
from support.site import Site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def refused(site: Site) -> str:
    """The number of an application of the citizen's that was not accepted."""
    citizen, clerk = site.sign_in("citizen"), site.sign_in("clerk-yb")
    key = uuid.uuid4().hex
    filed = site.ask("POST", "/api/v1/applications", enrolment(site, citizen), citizen, Idempotency_Key=key)
    case_no = str(filed.json["case_no"])
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    task = quote(next(each["id"] for each in tasks if each["case_no"] == case_no))
    act = {"action": "refuse_acceptance", "data": {"reason": "不属于参保范围"}}
    assert site.ask("POST", f"/api/v1/tasks/{task}/complete", act, clerk).json["status"] == "closed"
    return case_no


def test_a_decision_is_served_and_archived(site: Site, browser: Browser, refused: str) -> None:
    clerk = Visitor(browser, site.url, viewport={"width": 390, "height": 800})
    clerk.sign_in("clerk-yb")
    clerk.open(f"/cases/{refused}")
    clerk.audit()
    clerk.page.select_option("#serve-way", "in_person")
    clerk.page.fill("#serve-on", "2099-01-01")
    clerk.press("登记送达")
    expect(clerk.page.locator("#summary")).to_contain_text("此送达方式须填写")
    clerk.audit()
    clerk.page.select_option("#serve-way", "in_person")
    closed = str(
        site.ask("GET", f"/api/v1/applications/{refused}", token=site.sign_in("citizen")).json["closed_at"]
    )
    clerk.page.fill("#serve-on", closed[:10])
    clerk.page.fill("#serve-collector", "440305199003071236")
    clerk.press("登记送达")
    expect(clerk.page.locator("#service")).to_contain_text("直接送达")
    clerk.press("归档")
    expect(clerk.page.locator("#archive")).to_contain_text("SHA-256")
    clerk.audit()


def test_the_applicant_reads_when_it_was_served_and_what_is_open(
    site: Site, browser: Browser, refused: str
) -> None:
    citizen = Visitor(browser, site.url, viewport={"width": 1280, "height": 900})
    citizen.sign_in("citizen")
    for language in ("zh-Hans", "zh-Hant", "en"):
        citizen.open(f"/cases/{refused}?lang={language}")
        citizen.audit()
    expect(citizen.page.locator("#service")).to_contain_text("served on")
    expect(citizen.page.locator("main")).to_contain_text("until")


def test_the_index_of_the_archive_is_accessible_in_every_language(
    site: Site, browser: Browser, refused: str
) -> None:
    clerk = Visitor(browser, site.url, viewport={"width": 390, "height": 800})
    clerk.sign_in("clerk-yb")
    for language in ("zh-Hans", "zh-Hant", "en"):
        clerk.open(f"/desk/archive?lang={language}")
        clerk.audit()
    expect(clerk.page.locator("main")).to_contain_text("10 years")
    other = Visitor(browser, site.url)
    other.sign_in("clerk-scjg")
    other.open("/desk/archive")
    expect(other.page.locator("main")).to_contain_text("还没有归档的办件")
    other.audit()


def test_an_archivist_takes_the_package_along_and_others_do_not(
    site: Site, browser: Browser, refused: str
) -> None:
    archivist = Visitor(browser, site.url)
    archivist.sign_in("archivist-yb")
    archivist.open(f"/cases/{refused}")
    archivist.audit()
    with archivist.page.expect_download() as taken:
        archivist.page.get_by_role("link", name="下载档案包").click()
    with zipfile.ZipFile(taken.value.path()) as bag:
        lines = [line.split("  ") for line in bag.read("manifest-sha256.txt").decode().splitlines()]
        assert lines and all(hashlib.sha256(bag.read(name)).hexdigest() == digest for digest, name in lines)
    clerk = Visitor(browser, site.url)
    clerk.sign_in("clerk-yb")
    clerk.open(f"/cases/{refused}")
    expect(clerk.page.get_by_role("link", name="下载档案包")).to_have_count(0)


def test_an_agency_sets_its_days_on_the_page_of_the_archive(site: Site, browser: Browser) -> None:
    admin = Visitor(browser, site.url, viewport={"width": 390, "height": 800})
    admin.sign_in("agency-admin")
    admin.open("/desk/archive")
    admin.audit()
    admin.page.fill("#days", "soon")
    admin.press("保存")
    expect(admin.page.get_by_role("alert")).to_be_visible()
    admin.audit()
    admin.page.fill("#days", "45")
    admin.press("保存")
    expect(admin.page.locator("#days")).to_have_value("45")

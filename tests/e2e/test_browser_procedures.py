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
from support.filing import enrolment, food_application
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


STEPS: dict[str, tuple[str, dict[str, str]]] = {
    "intake": ("accept", {}),
    "document_review": ("pass", {"review.finding": "材料齐全"}),
    "site_inspection": ("pass", {"inspection.finding": "合格"}),
    "decide": ("grant", {}),
}


@pytest.fixture(scope="module")
def granted(site: Site) -> str:
    """The number of a case of the firm's whose licence the hub knows."""
    firm, clerk = site.sign_in("firm"), site.sign_in("clerk-scjg")
    key = uuid.uuid4().hex
    filed = site.ask("POST", "/api/v1/applications", food_application(site, firm), firm, Idempotency_Key=key)
    case_no = str(filed.json["case_no"])
    for _ in STEPS:
        tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
        task = next(each for each in tasks if each["case_no"] == case_no)
        action, data = STEPS[task["element"]]
        done = {"action": action, "data": data}
        answer = site.ask("POST", f"/api/v1/tasks/{quote(task['id'])}/complete", done, clerk)
        assert answer.status == 200, answer.text
    licence = site.ask("GET", f"/api/v1/applications/{case_no}", token=firm).json["result"]["licence"]
    site.until(f"/api/v1/licences/verify?code={licence}", lambda verdict: verdict["valid"])
    return case_no


def test_a_licence_is_revoked_with_a_reason_that_the_applicant_reads(
    site: Site, browser: Browser, granted: str
) -> None:
    admin = Visitor(browser, site.url, viewport={"width": 390, "height": 800})
    admin.sign_in("agency-admin")
    admin.open(f"/cases/{granted}")
    admin.page.get_by_role("link", name="撤销证照").click()
    for language in ("zh-Hant", "en", "zh-Hans"):
        admin.open(f"/cases/{granted}/revocation?lang={language}")
        admin.audit()
    admin.page.evaluate("document.querySelector('#reason').removeAttribute('required')")
    admin.press("撤销此证照")
    expect(admin.page.get_by_role("alert")).to_be_visible()
    admin.audit()
    admin.page.fill("#reason", "以欺骗手段取得")
    admin.press("撤销此证照")
    expect(admin.page.get_by_role("status")).to_contain_text("证照已撤销")
    admin.audit()
    firm, address = site.sign_in("firm"), f"/api/v1/applications/{granted}"
    site.until(address, lambda found: found["revoked"], firm)
    licence = site.ask("GET", address, token=firm).json["result"]["licence"]
    assert site.ask("GET", f"/api/v1/licences/verify?code={licence}").json["valid"] is False
    admin.open(f"/cases/{granted}/revocation")
    expect(admin.page.locator("main")).to_contain_text("已撤销")
    expect(admin.page.locator("#reason")).to_have_count(0)


def test_a_clerk_is_not_offered_to_revoke(site: Site, browser: Browser, granted: str) -> None:
    clerk = Visitor(browser, site.url)
    clerk.sign_in("clerk-scjg")
    clerk.open(f"/cases/{granted}")
    expect(clerk.page.get_by_role("link", name="撤销证照")).to_have_count(0)
    clerk.open(f"/cases/{granted}/revocation")
    expect(clerk.page.locator("#reason")).to_have_count(0)

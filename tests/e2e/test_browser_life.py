"""The main job in a browser: a firm files, a clerk handles, the licence spares the next upload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.applying import fill, find, through_the_guide
from support.browser import Visitor, chromium, look_at
from support.site import Site

LICENSED = {
    "premises.name": "演示小馆",
    "premises.address": "深圳市南山区演示大道88号101铺",
    "premises.area": "120",
    "food.safety_manager": "王安",
    "contact.name": "林一鸣",
    "contact.mobile": "13800138000",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "布局图.pdf"
    path.write_bytes(b"%PDF-1.4\n%synthetic\n")
    return path


def file_food_licence(visitor: Visitor, plan: Path) -> str:
    """The case number of a food licence that the firm applied for."""
    find(visitor, "食品经营", "食品经营许可")
    through_the_guide(visitor)
    visitor.audit()
    visitor.press("保存并继续")
    expect(visitor.page.locator("#summary")).to_be_focused()
    visitor.audit()
    fill(visitor, LICENSED)
    visitor.press("保存并继续")
    visitor.audit()
    for chooser in visitor.page.locator("fieldset.material").all():
        if not chooser.locator('input[value^="licence:"]').count():
            chooser.locator("input[type=file]").set_input_files(plan)
    visitor.press("保存并继续")
    visitor.audit()
    visitor.press("提交申请")
    expect(visitor.page.locator("#summary")).to_contain_text("请确认所填内容真实有效")
    visitor.page.check("#declare")
    visitor.press("提交申请")
    visitor.audit()
    return visitor.page.locator(".receipt .number").inner_text()


def handle(clerk: Visitor, case_no: str) -> None:
    """Do what the desk offers first until the case has left it."""
    for _ in range(8):
        clerk.open("/desk?limit=100")
        row = clerk.page.locator("tr", has_text=case_no)
        if not row.count():
            return
        clerk.audit()
        row.first.get_by_role("link").first.click()
        clerk.page.wait_for_load_state()
        clerk.audit()
        claim = clerk.page.get_by_role("button", name="签收", exact=True)
        if claim.count():
            claim.click()
            clerk.page.wait_for_load_state()
        act(clerk)
    raise AssertionError(f"{case_no} never left the desk")


def act(clerk: Visitor) -> None:
    for action in ("accept", "pass", "grant"):
        form = clerk.page.locator(f"#act-{action}")
        if form.count():
            for box in form.locator("input[type=text], textarea").all():
                box.fill("合格")
            form.get_by_role("button").click()
            clerk.page.wait_for_load_state()
            return
    raise AssertionError(clerk.page.locator(".decision").inner_text())


def test_from_the_front_page_to_a_licence_that_spares_an_upload(
    site: Site, browser: Browser, plan: Path
) -> None:
    firm, clerk = Visitor(browser, site.url), Visitor(browser, site.url)
    firm.open("/")
    firm.audit()
    firm.sign_in("firm")
    case_no = file_food_licence(firm, plan)
    clerk.sign_in("clerk-scjg")
    handle(clerk, case_no)
    expect(firm.page.locator(".status-line")).to_contain_text("准予", timeout=15_000)
    site.until("/api/v1/licences", lambda held: len(held["licences"]) > 1, site.sign_in("firm"))
    firm.page.get_by_role("link", name="查看电子证照").click()
    firm.page.wait_for_load_state()
    firm.audit()
    expect(firm.page.locator(".licence-sheet")).to_contain_text("食品经营许可证")

    find(firm, "招牌", "户外招牌")
    through_the_guide(firm)
    held = firm.page.locator(".held", has_text="食品经营许可证")
    expect(held.filter(has_text="演示大道88号101铺")).to_have_count(1)
    assert firm.page.locator('[name="a.premises.address"]').count() == 0
    firm.audit()


def test_who_is_not_signed_in_comes_back_to_where_they_were(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.open("/me")
    visitor.audit()
    visitor.page.fill("#username", "citizen")
    visitor.page.fill("#password", "wrong")
    visitor.press("登录")
    expect(visitor.page.locator("#summary")).to_be_visible()
    visitor.page.fill("#password", "gdbos-demo")
    visitor.press("登录")
    assert visitor.page.url == f"{site.url}/me"
    visitor.audit()


@pytest.mark.parametrize(
    ("username", "paths"),
    [
        ("citizen", ["/cases", "/me", "/desk", "/docs"]),
        ("clerk-scjg", ["/desk/orders"]),
        ("supervisor", ["/supervise"]),
        ("agency-admin", ["/agency"]),
        ("admin", ["/admin", "/agency", "/supervise"]),
    ],
)
def test_every_part_is_accessible_in_every_language_and_light(
    site: Site, browser: Browser, username: str, paths: list[str]
) -> None:
    look_at(browser, site.url, username, paths)


def test_a_form_from_elsewhere_is_refused(site: Site) -> None:
    answer = site.ask(
        "POST",
        "/login",
        b"username=citizen&password=gdbos-demo",
        Content_Type="application/x-www-form-urlencoded",
    )
    assert answer.status == 403
    assert "gdbos_session" not in str(answer.headers)


def test_words_stand_in_three_languages_for_every_key_the_pages_use() -> None:
    from gateway.portal.words import catalogue

    folder = Path(__file__).resolve().parents[2] / "gateway" / "portal"
    used = set()
    for path in folder.rglob("*.html"):
        used |= set(re.findall(r"""\bt\('([a-z_.]+)'[,)]""", path.read_text(encoding="utf-8")))
    assert used - set(catalogue()) == set()

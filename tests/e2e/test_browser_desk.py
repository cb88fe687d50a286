"""The desk in a browser: with and without scripts, wide and narrow, in three languages."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium
from support.filing import enrolment
from support.site import Site

CLERK, CASES = "clerk-yb", 5


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def cases(site: Site) -> list[str]:
    """Case numbers of applications that were just filed."""
    citizen = site.sign_in("citizen")
    body = enrolment(site, citizen)
    return [
        site.ask("POST", "/api/v1/applications", body, citizen, Idempotency_Key=uuid.uuid4().hex).json[
            "case_no"
        ]
        for _ in range(CASES)
    ]


def shot(visitor: Visitor, name: str) -> None:
    """A picture for people, when GDBOS_SHOTS names a folder."""
    folder = os.environ.get("GDBOS_SHOTS", "")
    if folder:
        visitor.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_desk_is_accessible_in_every_language(
    site: Site, browser: Browser, cases: list[str], width: int
) -> None:
    for language, scheme in (("zh-Hans", "light"), ("zh-Hant", "dark"), ("en", "light")):
        visitor = Visitor(browser, site.url, color_scheme=scheme, viewport={"width": width, "height": 900})
        visitor.sign_in(CLERK)
        for name, path in (("desk", "/desk"), ("none", "/desk?text=zzz"), ("red", "/desk?light=red")):
            visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
            visitor.audit()
            shot(visitor, f"{name}-{language}-{width}")
        visitor.open("/desk")
        visitor.page.locator("[data-open]").first.click()
        visitor.page.wait_for_load_state()
        visitor.audit()
        shot(visitor, f"task-{language}-{width}")
        visitor.page.context.close()


def test_everything_works_without_scripts(site: Site, browser: Browser, cases: list[str]) -> None:
    """Claim, undo, put back, undo from the list, preview, apply."""
    visitor = Visitor(browser, site.url, java_script_enabled=False)
    visitor.sign_in(CLERK)
    visitor.open("/desk")
    row = visitor.page.locator("tr", has_text=cases[0])
    row.get_by_role("button").click()
    expect(visitor.page.get_by_text("我的", exact=True)).to_be_visible()
    visitor.press("撤销")
    visitor.press("签收")
    visitor.press("放回")
    visitor.press("撤销")
    visitor.press("放回")
    visitor.open("/desk")
    for case_no in cases[:2]:
        visitor.page.locator("tr", has_text=case_no).get_by_role("checkbox").check()
    visitor.page.select_option("#bulk-operation", "complete:accept")
    visitor.press("预览")
    expect(visitor.page.get_by_text("2 件将办理")).to_be_visible()
    shot(visitor, "preview")
    visitor.press("办理这 2 件")
    expect(visitor.page.get_by_role("status")).to_contain_text("已办理 2 件")
    visitor.page.context.close()


def test_a_preview_of_nothing_says_what_to_do(site: Site, browser: Browser, cases: list[str]) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in(CLERK)
    visitor.open("/desk")
    visitor.press("预览")
    expect(visitor.page.locator("#summary")).to_contain_text("请勾选任务")
    visitor.audit()
    visitor.page.context.close()


def test_a_number_never_stands_in_the_address(site: Site, browser: Browser, cases: list[str]) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in(CLERK)
    visitor.open("/desk")
    visitor.page.fill("#sift-text", "440305199003071236")
    visitor.press("查找")
    assert "440305199003071236" not in visitor.page.url
    expect(visitor.page.locator("[data-open]").first).to_be_visible()
    visitor.page.context.close()


def test_the_keyboard_moves_ticks_and_opens(site: Site, browser: Browser, cases: list[str]) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in(CLERK)
    visitor.open("/desk")
    visitor.page.keyboard.press("j")
    visitor.page.keyboard.press("x")
    expect(visitor.page.locator("[name=ids]").first).to_be_checked()
    visitor.page.keyboard.press("o")
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator(".decision")).to_be_visible()
    visitor.page.context.close()


def test_a_filter_is_kept_by_name(site: Site, browser: Browser, cases: list[str]) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in(CLERK)
    visitor.open("/desk?light=green")
    visitor.page.locator(".keep summary").click()
    visitor.page.fill("#filter-name", "绿灯件")
    visitor.press("保存")
    visitor.page.get_by_role("link", name="绿灯件").click()
    assert "light=green" in visitor.page.url
    visitor.page.context.close()


def test_a_stand_in_is_named_between_two_days(site: Site, browser: Browser) -> None:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("clerk-scjg")
    visitor.open("/desk")
    visitor.page.locator("#delegate summary").click()
    visitor.page.select_option("#delegate-to", "clerk-scjg-2")
    visitor.page.fill("#delegate-first", "2099-01-01")
    visitor.page.fill("#delegate-last", "2099-01-31")
    visitor.press("委托")
    expect(visitor.page.locator("#delegate li")).to_contain_text("第二办事员")
    visitor.audit()
    visitor.press("结束")
    expect(visitor.page.locator("#delegate li")).to_have_count(0)
    visitor.page.context.close()

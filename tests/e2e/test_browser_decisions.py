"""Decisions in a browser: read as a table, tried and explained, kept and published; bad files change nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.analyst import visitor_of
from support.browser import chromium
from support.house import ROOT
from support.site import STARTER, Site

VENDOR = ROOT / "gateway" / "portal" / "static" / "vendor" / "dmn-js"
RENEWAL = (STARTER / "decisions" / "insurance-renewal.dmn").read_text(encoding="utf-8")
PAGE = "/agency/decisions/insurance-renewal"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("zh-Hans", "light", 1280), ("zh-Hant", "dark", 390), ("en", "light", 390)],
)
def test_every_page_is_accessible(
    site: Site, browser: Browser, language: str, scheme: str, width: int
) -> None:
    visitor = visitor_of(browser, site, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in ("/agency/decisions", PAGE):
        visitor.open(f"{path}?lang={language}")
        visitor.audit()


def test_values_are_tried_and_the_row_and_its_ground_are_told(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, "agency-admin", java_script_enabled=False)
    visitor.open(PAGE)
    expect(visitor.page.locator(".findings")).to_contain_text("缺口")
    visitor.page.fill("[name='input.birth_date']", "2015-03-02")
    visitor.page.fill("[name='input.citizen_id']", "440305201503021234")
    visitor.page.fill("[name='input.today']", "24 November")
    visitor.press("试算")
    expect(visitor.page.get_by_role("alert")).to_contain_text("/inputs/today")
    visitor.page.fill("[name='input.today']", "2026-11-24")
    visitor.press("试算")
    result = visitor.page.locator("#result")
    expect(result).to_contain_text("grant")
    expect(result).to_contain_text("第 1 行")
    expect(result).to_contain_text("社会保险法 第二十五条")
    assert "440305201503021234" not in (site.data / "log").read_text()


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b"<definitions",
        b"<other/>",
        b"",
        b"<a>" + b" " * (10 * 1024 * 1024) + b"</a>",
    ],
    ids=["entities", "malformed", "not DMN", "empty", "over 10 MB"],
)
def test_a_bad_file_changes_nothing(site: Site, browser: Browser, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.dmn"
    bad.write_bytes(content)
    visitor = visitor_of(browser, site, java_script_enabled=False)
    for button in ("检查", "保存草稿", "发布新版本"):
        visitor.open(f"{PAGE}/edit")
        visitor.page.set_input_files("#dmn_file", bad)
        visitor.press(button)
        expect(visitor.page.get_by_role("alert")).to_be_visible()
    visitor.open(PAGE)
    expect(visitor.page.locator("p.tags")).to_have_text("insurance-renewal版本 1")


def test_an_overlap_is_found_and_a_new_version_published(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, java_script_enabled=False)
    visitor.open(f"{PAGE}/edit")
    expect(visitor.page.locator("code", has_text="make assets")).to_have_count(0 if VENDOR.exists() else 1)
    visitor.page.fill("#dmn", RENEWAL.replace("[18..150]", "[17..150]"))
    visitor.press("检查")
    expect(visitor.page.locator("#found")).to_contain_text("重叠")
    visitor.press("保存草稿")
    expect(visitor.page.locator("#dmn")).to_have_value(re.compile(r"\[17\.\.150\]"))
    visitor.page.fill("#dmn", RENEWAL.replace("[18..150]", "[18..130]"))
    visitor.press("发布新版本")
    expect(visitor.page.locator("p.tags")).to_contain_text("版本 2")
    expect(visitor.page.locator("table").first).to_contain_text("[18..130]")


def test_the_table_editor_keeps_the_grounds_under_the_strict_policy(site: Site, browser: Browser) -> None:
    if not VENDOR.exists():
        pytest.skip("the editor of decisions is not installed: make assets")
    visitor = visitor_of(browser, site, viewport={"width": 1280, "height": 900})
    visitor.open(f"{PAGE}/edit")
    cell = visitor.page.locator("td.input-cell [contenteditable]").first
    cell.click()
    visitor.page.keyboard.press("Control+a")
    visitor.page.keyboard.type("[0..17)")
    visitor.page.locator("h1").click()
    expect(visitor.page.locator("#dmn")).to_have_value(re.compile(r"\[0\.\.17\)"))
    kept = visitor.page.locator("#dmn").input_value()
    assert "社会保险法 第二十五条" in kept and "DMN/20230324/MODEL" in kept
    visitor.audit()
    visitor.press("检查")
    expect(visitor.page.locator("#found table")).to_contain_text("[0..17)")
    visitor.audit()

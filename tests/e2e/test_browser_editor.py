"""The editor of a process: with the drawing editor where it is installed, and always as text and file."""

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

VENDOR = ROOT / "gateway" / "portal" / "static" / "vendor" / "bpmn-js"
SIGNBOARD = (STARTER / "processes" / "signboard.bpmn").read_text(encoding="utf-8")
EDIT = "/agency/processes/signboard/edit"
LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">{}]><lolz>&lol9;</lolz>""".format(
    "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_is_accessible_with_and_without_scripts(
    site: Site, browser: Browser, scheme: str, width: int, scripts: bool
) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    visitor = visitor_of(browser, site, java_script_enabled=scripts, **look)
    for language in ("zh-Hans", "en"):
        visitor.open(f"{EDIT}?lang={language}")
        expect(
            visitor.page.get_by_role("button").filter(has_text="draft" if language == "en" else "草稿")
        ).to_be_visible()
        if scripts:
            visitor.audit()
    absent = visitor.page.locator("code", has_text="make assets")
    expect(absent).to_have_count(0 if VENDOR.exists() else 1)
    if not scripts:
        assert visitor.complaints == []
        expect(visitor.page.locator("#bpmn")).to_be_visible()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LAUGHS.encode(), "DOCTYPE"),
        (b"<definitions", "XML"),
        (b"", "请选择文件"),
        ("流程".encode("gb18030"), "UTF-8"),
        (b"<a>" + b" " * (10 * 1024 * 1024) + b"</a>", ""),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', ""),
    ],
    ids=["billion laughs", "malformed", "empty", "other encoding", "over 10 MB", "no process"],
)
def test_a_bad_file_is_refused_with_its_reason_and_changes_nothing(
    site: Site, browser: Browser, tmp_path: Path, content: bytes, told: str
) -> None:
    bad = tmp_path / "bad.bpmn"
    bad.write_bytes(content)
    visitor = visitor_of(browser, site, java_script_enabled=False)
    for button in ("保存草稿", "部署，仅用于新办件"):
        if button == "保存草稿" and b"definitions xmlns" in content:
            continue  # a draft may still be without a process
        visitor.open(EDIT)
        visitor.page.set_input_files("#bpmn_file", bad)
        visitor.press(button)
        alert = visitor.page.get_by_role("alert")
        expect(alert).to_be_visible()
        expect(alert).to_contain_text(told)
    visitor.open("/agency/processes/signboard")
    expect(visitor.page.locator("p.tags")).to_have_text("signboard版本 1")


def test_a_text_is_checked_compared_kept_and_deployed_for_new_cases(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, java_script_enabled=False)
    changed = SIGNBOARD.replace('name="审查"', 'name="当场审查"', 1)
    assert changed != SIGNBOARD
    visitor.open(EDIT)
    visitor.page.fill("#bpmn", changed)
    visitor.press("检查")
    expect(visitor.page.locator("#found")).to_contain_text("没有问题")
    expect(visitor.page.locator("#found svg")).to_contain_text("当场审查")
    visitor.press("与现行版本对比")
    expect(visitor.page.locator("#found table")).to_contain_text("修改")
    expect(visitor.page.locator("#found svg .changed")).to_have_count(2)
    visitor.press("保存草稿")
    stale = visitor_of(browser, site, "agency-admin", java_script_enabled=False)
    stale.open(EDIT)
    expect(stale.page.locator("#bpmn")).to_have_value(changed)
    expect(stale.page.get_by_role("button", name="部署，仅用于新办件")).to_have_count(0)
    visitor.press("保存草稿")
    stale.press("保存草稿")
    expect(stale.page.get_by_role("alert")).to_contain_text("草稿已被他人更新")
    visitor.press("部署，仅用于新办件")
    expect(visitor.page.locator("p.tags")).to_contain_text("版本 2")
    visitor.open("/agency/processes/signboard/compare?old=1&new=2")
    expect(visitor.page.locator("main")).to_contain_text("当场审查")


def test_findings_are_marked_on_the_elements(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, java_script_enabled=False)
    broken = SIGNBOARD.replace('gdbos:role="decider"', "", 1).replace('default="', 'default="no_such_', 1)
    visitor.open(EDIT)
    visitor.page.fill("#bpmn", broken)
    visitor.press("检查")
    findings = visitor.page.locator("#found ol.findings > li.error")
    expect(findings.first).to_be_visible()
    expect(visitor.page.locator("#found svg .error rect.b").first).to_be_attached()


def test_the_drawing_editor_lints_live_under_the_strict_policy(site: Site, browser: Browser) -> None:
    if not VENDOR.exists():
        pytest.skip("the drawing editor is not installed: make assets")
    visitor = visitor_of(browser, site, viewport={"width": 1280, "height": 900})
    visitor.open("/agency/processes/tobacco-licence/edit")
    live = visitor.page.locator("#live")
    expect(live).to_have_text("没有问题。")
    expect(visitor.page.locator(".bjs-powered-by")).to_be_visible()
    visitor.page.locator("[data-element-id=review] .djs-hit").click(position={"x": 10, "y": 8})
    expect(visitor.page.locator("#property-role")).to_have_value("reviewer")
    visitor.page.fill("#property-name", "联合审查")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#bpmn")).to_have_value(re.compile("联合审查"))
    visitor.page.locator("[data-element-id=start] .djs-hit").click(position={"x": 4, "y": 9})
    visitor.page.keyboard.press("Delete")
    expect(live.locator("li.error, li.warning").first).to_be_visible()
    visitor.audit()
    visitor.page.keyboard.press("Control+z")
    visitor.press("与现行版本对比")
    expect(visitor.page.locator("#found")).to_contain_text("联合审查")
    visitor.audit()


@pytest.mark.parametrize(
    ("plural", "button"), [("processes", "部署，仅用于新办件"), ("decisions", "发布新版本")]
)
def test_a_model_is_begun_on_its_page_edited_and_put_in_force(
    site: Site, browser: Browser, plural: str, button: str
) -> None:
    visitor = visitor_of(browser, site, java_script_enabled=False)
    visitor.open(f"/agency/{plural}/new")
    visitor.page.fill("#name", "砍伐树木")
    visitor.page.fill("#id", "Tree felling")
    visitor.press("检查")
    expect(visitor.page.get_by_role("alert")).to_contain_text("小写字母")
    visitor.page.fill("#id", "tree-felling")
    visitor.press("检查")
    expect(visitor.page.locator("#found")).to_be_visible()
    visitor.open(f"/agency/{plural}")
    expect(visitor.page.get_by_role("link", name="tree-felling")).to_have_count(0)
    visitor.open(f"/agency/{plural}/new")
    visitor.page.fill("#name", "砍伐树木")
    visitor.page.fill("#id", "tree-felling")
    visitor.press("新建并编辑")
    assert visitor.page.url.endswith(f"/agency/{plural}/tree-felling/edit")
    visitor.open(f"/agency/{plural}")
    visitor.page.get_by_role("link", name="tree-felling").click()
    visitor.press(button)
    assert f"/agency/{plural}/tree-felling?published=1" in visitor.page.url
    visitor.open(f"/agency/{plural}/new")
    visitor.page.fill("#name", "又一个")
    visitor.page.fill("#id", "tree-felling")
    visitor.press("新建并编辑")
    expect(visitor.page.get_by_role("alert")).to_contain_text("编号已被使用")


def test_the_pages_of_new_models_are_accessible(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, viewport={"width": 390, "height": 800})
    for plural in ("processes", "decisions"):
        for language in ("zh-Hans", "zh-Hant", "en"):
            visitor.open(f"/agency/{plural}/new?lang={language}")
            visitor.audit()
            assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

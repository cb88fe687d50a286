"""Schemas, crosswalks, editions of a list and the drafting of templates in a browser, without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium, look_at
from support.house import ROOT
from support.site import Site
from support.standards import code_list, element, text

SCHEMA = {"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}, "required": ["age"]}
ADULT = {**SCHEMA, "properties": {"age": {"type": "integer", "minimum": 18}}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Both packs, as `make run` installs them, and a schema whose second version asks more than the first."""
    data = tmp_path_factory.mktemp("registry")
    before = Site(data, pack=ROOT / "deploy" / "packs" / "standards")
    before.start()
    assert before.stop() == 0
    site = Site(data)
    site.start()
    admin = site.sign_in("admin")
    for schema in (SCHEMA, ADULT):
        body = {"schema": schema, "mode": "none"}
        answer = site.ask("POST", "/api/v1/standards/schemas/demo.age/versions", body, admin)
        assert answer.status == 201, answer.text
    steward = site.sign_in("agency-admin")
    for version, codes in ((1, "ab"), (2, "abc")):
        held = {**code_list("demo.sizes", *codes, version=version), "steward": STEWARD}
        body = {"format": "json", "content": json.dumps(held)}
        answer = site.ask("POST", "/api/v1/standards/codelists/import", body, steward)
        assert answer.status == 201, answer.text
    body = {"elements": [LATER], "code_lists": [code_list("demo.later", "1", "2")], "on": "2999-01-01"}
    assert site.ask("POST", "/api/v1/standards/scheduled", body, admin).status == 201
    yield site
    assert site.stop() == 0


PUBLIC = (
    "/standards/schemas",
    "/standards/schemas?q=nothing-like-it",
    "/standards/schemas/demo.age",
    "/standards/schemas/demo.age?old=1&new=1",
    "/standards/crosswalks",
    "/standards/crosswalks/gb.industry_2017",
    "/standards/crosswalks/gb.industry_2017?back=1&q=zzz",
    "/standards/codelists/gb.industry",
    "/standards/codelists/gb.industry?version=2011",
    "/standards/codelists/gb.region_change",
)
AGENCY = (
    "/standards/draft-template",
    "/standards/draft-crosswalk",
    "/standards/draft-crosswalk?from=gb.industry_2017",
    "/standards/twins",
    "/standards/scheduled",
    "/standards/scheduled/1",
    "/standards/scheduled?status=published",
)
STEWARD = "11440305MB2X010153"
LATER = {**element("demo.later", "以后", status="standard", steward=STEWARD), "names": text("以后生效的名称")}


@pytest.mark.parametrize(("username", "paths"), [("", PUBLIC), ("agency-admin", AGENCY)])
def test_every_page_is_accessible_in_every_language_width_and_light(
    stocked: Site, browser: Browser, username: str, paths: tuple[str, ...]
) -> None:
    look_at(browser, stocked.url, username, paths)


def test_two_versions_of_a_schema_show_each_change_and_a_witness(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.open("/standards/schemas")
    visitor.page.get_by_role("link", name="demo.age").click()
    broken = visitor.page.locator(".verdict.no")
    expect(broken).to_contain_text("向后兼容")
    expect(broken).to_contain_text("minimum")
    expect(broken.locator("pre")).to_contain_text('"age"')
    visitor.page.select_option("#new", "1")
    visitor.press("比较")
    expect(visitor.page.locator("main")).to_contain_text("两个版本的内容相同")


def test_a_crosswalk_is_read_both_ways_and_several_answers_are_shown(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.open("/standards/crosswalks")
    visitor.page.get_by_role("link", name="行业分类：2011 版到 2017 版（大类）").click()
    visitor.page.fill("#q", "58")
    visitor.press("搜索")
    row = visitor.page.locator("tbody tr")
    expect(row).to_contain_text("1 : 2")
    expect(row).to_contain_text("多式联运和运输代理业")
    visitor.page.get_by_role("link", name="gb.industry@2017 → gb.industry@2011").click()
    visitor.page.fill("#q", "土地管理业")
    visitor.press("搜索")
    expect(visitor.page.locator("tbody tr")).to_contain_text("未说明")


def test_every_edition_of_a_list_has_its_days_and_its_downloads(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.open("/standards/codelists/gb.industry")
    edition = visitor.page.locator("tr").filter(has_text="GB/T 4754-2011")
    expect(edition).to_contain_text("2011年11月1日 – 2017年10月1日")
    addresses = [str(link.get_attribute("href")) for link in edition.locator("a[href*='format=']").all()]
    assert len(addresses) == 4
    for address in addresses:
        answer = stocked.ask("GET", address)
        assert answer.status == 200 and "装卸搬运和运输代理业" in answer.text, address
    edition.get_by_role("link", name="2011", exact=True).click()
    expect(visitor.page.locator(".over")).to_have_text("gb.industry@2011")


def test_an_agency_arranges_a_template_sees_it_and_publishes_it(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/templates")
    visitor.page.get_by_role("link", name="编排模板").click()
    visitor.page.fill("#id", "shop-form")
    for language, name in (("zh-Hans", "店铺登记表"), ("zh-Hant", "店鋪登記表"), ("en", "Shop form")):
        visitor.page.fill(f"#name-{language}", name)
    visitor.page.fill("#arranged", "# 本人 | 本人 | Person\nperson.name\n这不是数据元")
    visitor.press("预览")
    visitor.page.locator("#summary").get_by_role("link", name="第 3 行").click()
    assert visitor.page.url.endswith("#arranged")
    visitor.page.fill("#arranged", "# 本人 | 本人 | Person\nperson.name\nperson.sex@1 ?\nno.such@1")
    visitor.press("预览")
    expect(visitor.page.locator("#summary")).to_contain_text("no.such@1")
    visitor.page.fill("#arranged", "# 本人 | 本人 | Person\nperson.name\nperson.sex@1 ?")
    visitor.press("预览")
    shown = visitor.page.locator(".preview")
    expect(shown.get_by_label("姓名")).to_be_disabled()
    expect(shown).to_contain_text("选填")
    assert stocked.ask("GET", "/api/v1/standards/templates/shop-form").status == 404
    visitor.press("发布")
    expect(visitor.page.locator("h1")).to_have_text("店铺登记表")
    visitor.open("/standards/elements/person.sex")
    expect(visitor.page.locator("#uses table")).to_contain_text("店铺登记表")
    visitor.open("/standards/templates/shop-form")
    visitor.page.get_by_role("link", name="编排下一版本").click()
    expect(visitor.page.locator("#version")).to_have_value("2")
    expect(visitor.page.locator("#arranged")).to_have_value(
        "# 本人 | 本人 | Person\nperson.name@1\nperson.sex@1 ?"
    )


def test_what_waits_for_a_day_is_cancelled_and_stands_again(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.sign_in("admin")
    visitor.open("/standards/scheduled")
    visitor.page.get_by_role("link", name="2999年1月1日").click()
    main = visitor.page.locator("main")
    expect(main).to_contain_text("以后生效的名称")
    expect(main).to_contain_text("首个版本")
    visitor.page.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    visitor.press("确认取消")
    expect(main).to_contain_text("已取消")
    visitor.page.fill("#on", "2020-01-01")
    visitor.press("改为此日生效")
    expect(visitor.page.locator("#summary")).to_contain_text("须为今天以后的日期")
    visitor.press("撤销取消")
    expect(main).to_contain_text("待生效")
    visitor.open("/standards/scheduled?status=cancelled")
    expect(main).to_contain_text("没有取消的发布")


def test_a_steward_pairs_two_lists_sees_what_is_open_and_publishes(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/crosswalks")
    visitor.page.get_by_role("link", name="编制代码对照").click()
    visitor.page.fill("#id", "demo.walk")
    for language, name in (("zh-Hans", "尺寸对照"), ("zh-Hant", "尺寸對照"), ("en", "Sizes")):
        visitor.page.fill(f"#name-{language}", name)
    visitor.page.fill("#source", "demo.sizes@1")
    visitor.page.fill("#target", "demo.sizes@9")
    visitor.page.fill("#entries", "a,a\n,b")
    visitor.press("预览")
    expect(visitor.page.locator("#summary")).to_contain_text("第 2 行")
    visitor.page.fill("#entries", "a,a|z")
    visitor.press("预览")
    visitor.page.locator("#summary").get_by_role("link", name="demo.sizes@9").click()
    assert visitor.page.url.endswith("#target")
    visitor.page.fill("#target", "demo.sizes@2")
    visitor.press("预览")
    expect(visitor.page.locator("#summary")).to_contain_text("“z”不在所引代码集中")
    visitor.page.fill("#entries", "a,a|c")
    visitor.press("预览")
    shown = visitor.page.locator("section.sheet")
    expect(shown).to_contain_text("1 : 2")
    expect(shown).to_contain_text("源代码“b”没有对照")
    assert stocked.ask("GET", "/api/v1/standards/crosswalks/demo.walk").status == 404
    visitor.press("发布")
    expect(visitor.page.locator("h1")).to_have_text("尺寸对照")
    visitor.page.get_by_role("link", name="编排下一版本").click()
    expect(visitor.page.locator("#version")).to_have_value("2")
    visitor.page.fill("#source", "gb.industry@2011")
    visitor.page.fill("#target", "gb.industry@2017")
    visitor.page.fill("#entries", "01,01")
    visitor.press("发布")
    expect(visitor.page.locator("#summary")).to_contain_text("只有其中一个代码集的提交机构可以发布对照")


def test_the_preview_of_a_crosswalk_is_accessible(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/draft-crosswalk?from=gb.industry_2017&lang=en")
    visitor.page.fill("#source", "demo.sizes@1")
    visitor.page.fill("#target", "demo.sizes@2")
    visitor.page.fill("#entries", "a,a|c")
    visitor.press("Preview")
    visitor.audit()

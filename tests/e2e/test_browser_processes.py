"""業務再造 in a browser: a process drawn and simulated, a bundle before and after, all under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.analyst import visitor_of
from support.browser import chromium
from support.site import Site

LOOKS = (("zh-Hans", "light", 1280), ("zh-Hant", "dark", 390), ("en", "light", 390))
PAGES = (
    "/agency/processes",
    "/agency/processes/food-licence",
    "/agency/processes/food-licence/simulate",
    "/agency/processes/food-licence/compare?old=1&new=1",
    "/agency/studies/restaurant",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_every_page_is_accessible_and_asks_nothing_of_others(
    site: Site, browser: Browser, language: str, scheme: str, width: int
) -> None:
    visitor = visitor_of(browser, site, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in PAGES:
        visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert visitor.page.locator("html").get_attribute("lang") == language
        visitor.audit()
    visitor.page.context.close()


def test_the_drawing_says_in_words_what_it_shows(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, "agency-admin", java_script_enabled=False)
    visitor.open("/agency/processes/food-licence")
    drawing = visitor.page.locator("svg.bpmn")
    expect(drawing.locator("title")).to_have_text("食品经营许可流程")
    shown = drawing.locator("[data-element=site_inspection] text")
    expect(shown).to_have_text("现场核查")
    visitor.page.get_by_text("步骤清单（文字版）").click()
    steps = visitor.page.locator("ol.outline > li")
    assert steps.first.inner_text().startswith("提交")
    expect(steps.filter(has_text="现场核查").first).to_contain_text("审查")
    assert visitor.page.locator("[style]").count() == 0


def test_a_simulation_shows_its_progress_and_then_numbers_and_pictures(site: Site, browser: Browser) -> None:
    visitor = visitor_of(browser, site, "agency-admin")
    visitor.open("/agency/processes/signboard/simulate")
    visitor.page.fill("#replications", "0")
    visitor.page.locator("form[data-once]").evaluate("form => form.noValidate = true")
    visitor.press("开始仿真")
    expect(visitor.page.get_by_role("alert")).to_contain_text("1 到 1000")
    visitor.page.fill("#replications", "3")
    visitor.press("开始仿真")
    expect(visitor.page.locator("main")).to_contain_text("办理时长", timeout=60_000)
    expect(visitor.page.locator("svg.bars")).to_have_count(3)
    expect(visitor.page.locator("main")).to_contain_text("3 次重复")
    expect(visitor.page.locator("table").first).to_contain_text("±")
    visitor.audit()


def test_the_restaurant_bundle_before_and_after(site: Site, browser: Browser) -> None:
    """The figures are those of the study under its own seed, the same as the command line tells."""
    visitor = visitor_of(browser, site, "agency-admin", viewport={"width": 390, "height": 800})
    visitor.open("/agency/processes")
    visitor.page.get_by_role("link", name="开餐饮店一件事：再造前后仿真").click()
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("main")).to_contain_text("还没有结果")
    visitor.press("开始仿真")
    expect(visitor.page.locator("main")).to_contain_text(
        "由 34.8 个工作日减为 13.5 个工作日", timeout=180_000
    )
    expect(visitor.page.locator("figure svg title")).to_have_text("开餐饮店一件事：再造前后仿真")
    visitor.audit()
    visitor.open("/agency/studies/restaurant?lang=en")
    expect(visitor.page.locator("main")).to_contain_text("From 34.8 to 13.5 working days")
    visitor.audit()

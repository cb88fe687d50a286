"""The standards in a browser: everybody reads, an agency maps and governs, a steward moves a status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, chromium, look_at
from support.site import Site

SCJG, GA = "11440305MB2X010153", "11440305MB2X01058G"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def words(hans: str, en: str) -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hans, "en": en}


def refer(*ids: str) -> list[dict[str, Any]]:
    return [{"element": id, "version": 1} for id in ids]


@pytest.fixture(scope="module")
def stocked(site: Site) -> Site:
    """A second version of one element under consultation, and a template of each kind."""
    admin = site.sign_in("admin")
    held = site.ask("GET", "/api/v1/standards/elements/person.name").json
    own = ("id", "names", "representation", "sensitivity")
    newer = {
        **{key: held[key] for key in own},
        "version": 2,
        "format": "an2..80",
        "definition": words("户籍登记中的正式姓名", "The name in the household register"),
        "legal_basis": ["居民身份证法 第三条"],
        "synonyms": ["證件姓名"],
        "steward": SCJG,
    }
    firm = site.ask("GET", "/api/v1/standards/elements/firm.name").json
    twin = {**{key: firm[key] for key in (*own, "definition", "format")}, "id": "company.name", "version": 1}
    drafts = {"elements": [newer, {**twin, "steward": SCJG}]}
    assert site.ask("POST", "/api/v1/standards/elements", drafts, admin).status == 201
    templates = [
        {
            "id": "licence",
            "version": 1,
            "kind": "licence",
            "names": words("食品经营许可证", "Food licence"),
            "steward": SCJG,
            "licence_type": "11100000000013338W009",
            "sections": [{"names": words("经营者", "Operator"), "fields": refer("firm.name", "firm.uscc")}],
        },
        {
            "id": "form",
            "version": 1,
            "kind": "form",
            "names": words("基本信息表", "Basics"),
            "steward": GA,
            "sections": [{"names": words("本人", "Person"), "fields": refer("person.name", "person.sex")}],
        },
    ]
    answer = site.ask("POST", "/api/v1/standards/templates", {"templates": templates}, admin)
    assert answer.status == 201, answer.text
    return site


PUBLIC = (
    "/standards",
    "/standards?q=nothing-like-it",
    "/standards/codelists",
    "/standards/codelists/gb.sex",
    "/standards/codelists/gb.sex?q=zzz",
    "/standards/templates",
    "/standards/templates/licence",
    "/standards/elements/person.name?version=1",
    "/standards/elements/person.sex",
    "/standards/elements/person.citizen_id",
    "/standards/elements/person.name/compare",
    "/standards/compare",
)
AGENCY = (
    "/standards/mapping",
    "/standards/coverage",
    "/standards/twins",
    "/standards/twins?verdict=merge",
    "/standards/elements/person.name",
)


@pytest.mark.parametrize(("username", "paths"), [("", PUBLIC), ("agency-admin", AGENCY)])
def test_every_page_is_accessible_in_every_language_width_and_light(
    stocked: Site, browser: Browser, username: str, paths: tuple[str, ...]
) -> None:
    look_at(browser, stocked.url, username, paths)


@pytest.mark.parametrize("q", ["证件", "證件"])
def test_two_characters_in_either_writing_find_an_element_by_its_synonym(
    stocked: Site, browser: Browser, q: str
) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.open("/")
    visitor.page.locator("footer").get_by_role("link", name="标准", exact=True).click()
    visitor.page.fill("#q", q)
    visitor.press("搜索")
    visitor.page.locator(".register").get_by_role("link", name="姓名", exact=True).click()
    expect(visitor.page.locator(".over")).to_have_text("gdbos#person.name#2")
    visitor.page.get_by_role("link", name="1 · 标准").click()
    expect(visitor.page.locator("#uses table")).to_contain_text("基本信息表")
    expect(visitor.page.locator("svg.graph")).to_contain_text("表单 基本信息表")
    visitor.page.get_by_role("link", name="比较两个版本").click()
    expect(visitor.page.locator(".verdict.no").first).to_contain_text("minLength")
    expect(visitor.page.locator(".verdict.no pre").first).to_contain_text('"person.name": "')


def test_pasted_schemas_are_compared_and_faults_lead_to_their_field(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url)
    visitor.open("/standards/compare")
    visitor.page.fill("#old", '{"type": "string", "maxLength": 5}')
    visitor.page.fill("#new", '{"type": ')
    visitor.press("比较")
    visitor.page.locator("#summary").get_by_role("link").click()
    assert visitor.page.url.endswith("#new")
    visitor.audit()
    visitor.page.fill("#new", '{"type": "string", "maxLength": 9}')
    visitor.press("比较")
    expect(visitor.page.locator(".verdict.yes")).to_contain_text("向后兼容")
    expect(visitor.page.locator(".verdict.no")).to_contain_text("向前兼容")
    visitor.audit()


def test_the_reader_chooses_what_is_compared(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url)
    visitor.open("/standards/compare")
    expect(visitor.page.get_by_role("radio", name="含义")).to_be_checked()
    visitor.page.fill("#old", '{"type": "string"}')
    visitor.page.fill("#new", '{"type": "string", "pattern": "[a-z]*"}')
    visitor.press("比较")
    expect(visitor.page.locator(".verdict.yes")).to_have_count(2)
    visitor.page.get_by_role("radio", name="声明").check()
    visitor.press("比较")
    expect(visitor.page.locator(".verdict.no")).to_contain_text("按声明来校验")
    expect(visitor.page.get_by_role("radio", name="声明")).to_be_checked()
    visitor.audit()


def test_pasted_columns_get_proposals_and_are_not_kept(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/mapping")
    visitor.press("给出建议")
    assert "/standards/mapping" in visitor.page.url
    visitor.page.fill("#text", "XM（姓名）,C17,REMARK9\n陈晓明,420106198911309921,无")
    visitor.press("给出建议")
    expect(visitor.page.locator(".proposals")).to_contain_text("person.citizen_id@1")
    expect(visitor.page.locator("pre")).to_contain_text(re.compile(r"person\.name: XM"))
    assert "420106198911309921" not in (stocked.data / "log").read_text()


def test_a_steward_moves_the_status_of_its_own_element(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/elements/person.sex")
    expect(visitor.page.locator("#status")).to_have_count(0)
    visitor.open("/standards/elements/person.name?version=2")
    visitor.page.select_option("#status", "consultation")
    visitor.page.fill("#note", "请各部门反馈")
    visitor.press("推进")
    expect(visitor.page.locator(".timeline")).to_contain_text("草案 → 征求意见")
    visitor.audit()


def test_a_steward_judges_two_elements_that_look_alike(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url, java_script_enabled=False)
    visitor.sign_in("agency-admin")
    visitor.open("/standards/coverage")
    visitor.page.get_by_role("link", name="逐对查看并给出意见").click()
    pair = visitor.page.locator(".twins > li").filter(has_text="company.name")
    pair.locator("summary").click()
    pair.get_by_label("合并还是保留").select_option("firm.name")
    pair.get_by_label("理由（必填）").fill("同一名称")
    pair.get_by_role("button", name="给出意见").click()
    expect(visitor.page.locator("main")).not_to_contain_text("company.name")
    visitor.page.get_by_role("link", name="合并", exact=True).click()
    expect(visitor.page.locator(".twins")).to_contain_text("同一名称")


def test_every_download_of_a_code_list_is_there(stocked: Site, browser: Browser) -> None:
    visitor = Visitor(browser, stocked.url)
    visitor.open("/standards/codelists/gb.sex")
    links = visitor.page.locator("a[href*='format=']").all()
    addresses = [str(link.get_attribute("href")) for link in links]
    assert len(addresses) == 4
    for address in addresses:
        answer = stocked.ask("GET", address)
        assert answer.status == 200 and "未说明的性别" in answer.text, address


def test_governance_is_for_agencies(stocked: Site) -> None:
    citizen = stocked.sign_in("citizen")
    for path in ("likeness", "naming", "coverage"):
        assert stocked.ask("GET", f"/api/v1/standards/{path}").status == 401
        assert stocked.ask("GET", f"/api/v1/standards/{path}", token=citizen).status == 403
    body = {"elements": [{"id": "a.b"}]}
    assert stocked.ask("POST", "/api/v1/standards/elements", body, citizen).status == 403
    agency = stocked.sign_in("agency-admin")
    found = stocked.ask("GET", f"/api/v1/standards/coverage?agency={SCJG}", token=agency).json["agencies"]
    assert [row["agency"] for row in found] == [SCJG]

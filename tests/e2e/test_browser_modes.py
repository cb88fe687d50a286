"""The ways a case may go beside the plain one, in a browser: 補正, 容缺, 告知承諾, 重新立案; by keyboard and audited."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from support.applying import fill, find, through_the_guide
from support.browser import Visitor, chromium, look_at
from support.filing import enrolment
from support.site import Site

SIGN = {
    "premises.name": "演示小馆",
    "premises.address": "深圳市南山区演示大道88号101铺",
    "sign.text": "演示小馆",
    "sign.width": "3.5",
    "contact.name": "林一鸣",
    "contact.mobile": "13800138000",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "材料.pdf"
    path.write_bytes(b"%PDF-1.4\n%synthetic\n")
    return path


@pytest.fixture(scope="module")
def citizen(site: Site, browser: Browser) -> Iterator[Visitor]:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("citizen")
    yield visitor
    visitor.page.context.close()


def filed(site: Site) -> str:
    token = site.sign_in("citizen")
    body = enrolment(site, token)
    answer = site.ask("POST", "/api/v1/applications", body, token, Idempotency_Key=uuid.uuid4().hex)
    return str(answer.json["case_no"])


def act(site: Site, clerk: str, case_no: str, action: str, **data: Any) -> None:
    """The clerk's next task of the case, done by that action."""
    token = site.sign_in(clerk)
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=token).json["tasks"]
    task = next(each["id"] for each in tasks if each["case_no"] == case_no)
    done = site.ask("POST", f"/api/v1/tasks/{task}/complete", {"action": action, "data": data}, token)
    assert done.status == 200, done.text


def audited(site: Site, browser: Browser, account: str, path: str) -> None:
    """The page in every language, narrow and wide, light and dark."""
    look_at(browser, site.url, account, [path])


def entered(visitor: Visitor, button: str) -> None:
    """Press the button by the keyboard and wait for the page it leads to."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=button, exact=True).first.press("Enter")


def test_a_correction_names_what_is_wrong_and_is_sent_by_keyboard(
    site: Site, browser: Browser, citizen: Visitor
) -> None:
    case_no = filed(site)
    faults = [{"field": "contact.mobile", "message": "号码停机"}]
    act(site, "clerk-yb", case_no, "correct", faults=faults)
    audited(site, browser, "citizen", f"/cases/{case_no}")
    audited(site, browser, "citizen", f"/cases/{case_no}/correct")
    citizen.open(f"/cases/{case_no}")
    with citizen.page.expect_navigation():
        citizen.page.get_by_role("link", name="去补正").press("Enter")
    expect(citizen.page.get_by_text("号码停机").first).to_be_visible()
    box = citizen.page.locator('[name="a.contact.mobile"]')
    expect(box).to_be_visible()
    box.fill("1")
    entered(citizen, "提交补正")
    expect(citizen.page.locator("#summary")).to_be_visible()
    citizen.audit()
    citizen.page.locator('[name="a.contact.mobile"]').fill("13900139000")
    entered(citizen, "提交补正")
    shown = site.ask("GET", f"/api/v1/applications/{case_no}", token=site.sign_in("citizen")).json
    assert shown["answers"]["contact.mobile"] == "13900139000"
    citizen.open(f"/cases/{case_no}/correct")
    assert citizen.page.locator("form [name^='a.']").count() == 0, "one notice, one answer"
    citizen.audit()


def test_what_was_deferred_is_supplied_and_what_was_pledged_is_told(
    site: Site, browser: Browser, file: Path
) -> None:
    """The consent comes later, the proof of safety is pledged."""
    firm = Visitor(browser, site.url)
    firm.sign_in("firm")
    find(firm, "户外招牌", "户外招牌设施设置")
    through_the_guide(firm)
    fill(firm, SIGN)
    firm.press("保存并继续")
    expect(firm.page.locator("fieldset.material").first).to_be_visible()
    for chooser in firm.page.locator("fieldset.material").all():
        pledge = chooser.locator('input[value="pledged"]')
        if pledge.count():
            pledge.focus()
            firm.page.keyboard.press("Space")
            expect(pledge).to_be_checked()
        elif not chooser.locator('input[value^="licence:"]').count():
            chooser.locator("input[type=file]").set_input_files(file)
    firm.audit()
    entered(firm, "保存并继续")
    firm.audit()
    firm.page.check("#declare")
    entered(firm, "提交申请")
    case_no = firm.page.locator(".receipt .number").inner_text()
    act(site, "clerk-cg", case_no, "accept")
    audited(site, browser, "firm", f"/cases/{case_no}")
    firm.open(f"/cases/{case_no}")
    expect(firm.page.get_by_role("heading", name="告知承诺")).to_be_visible()
    supplement = firm.page.locator("#supplement")
    expect(supplement).to_contain_text("产权人同意书")
    entered(firm, "补交")
    expect(firm.page.locator("#summary")).to_contain_text("请选择要补交的文件")
    firm.audit()
    firm.page.locator("#supplement input[type=file]").set_input_files(file)
    entered(firm, "补交")
    expect(firm.page.locator("#supplement")).to_have_count(0)
    firm.audit()
    firm.page.context.close()


def test_a_case_that_ended_badly_is_taken_up_again_once(
    site: Site, browser: Browser, citizen: Visitor
) -> None:
    case_no = filed(site)
    token = site.sign_in("citizen")
    withdrawn = site.ask("POST", f"/api/v1/applications/{case_no}/withdraw", {"reason": ""}, token)
    assert withdrawn.status == 200, withdrawn.text
    audited(site, browser, "citizen", f"/cases/{case_no}")
    citizen.open(f"/cases/{case_no}")
    entered(citizen, "重新申请")
    citizen.audit()
    expect(citizen.page.locator("main")).to_contain_text(f"原办件：{case_no}")
    again = citizen.page.url.rpartition("/")[2]
    assert again != case_no
    citizen.open(f"/cases/{case_no}")
    expect(citizen.page.get_by_role("link", name=again)).to_be_visible()
    assert citizen.page.get_by_role("button", name="重新申请").count() == 0


def test_the_list_of_bad_ratings_is_accessible(site: Site, browser: Browser) -> None:
    for account in ("agency-admin", "supervisor"):
        audited(site, browser, account, "/ratings/bad")

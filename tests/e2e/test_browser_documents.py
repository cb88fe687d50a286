"""A document on paper: downloaded from the case, verified by whoever holds it, refused when it was altered."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pypdf
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
def case_no(site: Site) -> str:
    token = site.sign_in("citizen")
    filed = site.ask(
        "POST", "/api/v1/applications", enrolment(site, token), token, Idempotency_Key=uuid.uuid4().hex
    )
    return str(filed.json["case_no"])


def test_the_paper_leads_to_its_verification(
    site: Site, browser: Browser, case_no: str, tmp_path: Path
) -> None:
    citizen = Visitor(browser, site.url, accept_downloads=True)
    citizen.sign_in("citizen")
    citizen.open(f"/cases/{case_no}")
    citizen.audit()
    with citizen.page.expect_download() as waiting:
        citizen.page.get_by_role("link", name="下载已签名的 PDF：收件凭证").click()
    paper = tmp_path / "paper.pdf"
    waiting.value.save_as(paper)
    assert re.fullmatch(rf"收件凭证-{case_no}-\d+\.pdf", waiting.value.suggested_filename)
    number, code = printed(paper)

    anybody = Visitor(browser, site.url, viewport={"width": 390, "height": 800})
    for language in ("zh-Hant", "en", "zh-Hans"):
        anybody.open(f"/documents/verify?number={number}&code={code}&lang={language}")
        anybody.audit()
    expect(anybody.page.get_by_role("status")).to_contain_text("文书真实")
    expect(anybody.page.get_by_role("status")).to_contain_text(number)
    assert "陈晓明" not in anybody.page.content()
    anybody.page.set_input_files("#file", paper)
    anybody.page.locator("form[enctype] button").click()
    expect(anybody.page.get_by_role("status")).to_contain_text("文书真实")
    paper.write_bytes(paper.read_bytes().replace(b"/Producer", b"/Producar", 1))
    anybody.page.set_input_files("#file", paper)
    anybody.page.locator("form[enctype] button").click()
    expect(anybody.page.get_by_role("status")).to_contain_text("已被改动")
    anybody.audit()


def test_a_number_without_its_code_says_nothing(site: Site, browser: Browser, case_no: str) -> None:
    visitor = Visitor(browser, site.url)
    visitor.open("/documents/verify")
    visitor.page.fill("#number", f"{case_no}-1")
    visitor.page.fill("#code", "0000000000000000")
    visitor.page.locator("form[method=get] button").click()
    expect(visitor.page.get_by_role("status")).to_contain_text("不能确认")
    visitor.audit()


def printed(paper: Path) -> tuple[str, str]:
    """Number and code as they stand on the paper."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.read_bytes())).pages)
    found = re.search(r"文书编号：(\S+)\s+核验码：([0-9A-F]{16})", text)
    assert found is not None, text
    return found[1], found[2]

"""An applicant's way through the pages: find an item, answer the guide, fill the form."""

from __future__ import annotations

from playwright.sync_api import expect

from support.browser import Visitor


def find(visitor: Visitor, words: str, name: str) -> None:
    visitor.open("/")
    visitor.page.fill("#q", words)
    visitor.press("搜索")
    visitor.audit()
    visitor.page.get_by_role("link", name=name).first.click()
    visitor.page.wait_for_load_state()


def through_the_guide(visitor: Visitor) -> None:
    """Answer each question with its first option until nothing is open."""
    visitor.page.get_by_role("link", name="在线办理").click()
    while visitor.page.locator("form.question").count():
        visitor.page.locator("form.question input[type=radio]").first.check()
        visitor.press("下一步")
        expect(visitor.page.locator("#summary")).to_have_count(0)
    visitor.audit()
    visitor.press("开始填写")


def fill(visitor: Visitor, values: dict[str, str]) -> None:
    """Type what is known by name; take the first choice of what has choices."""
    for name, value in values.items():
        box = visitor.page.locator(f'[name="a.{name}"]')
        if box.count():
            box.fill(value)
    for group in visitor.page.locator("main fieldset.field").all():
        group.locator("input[type=radio]").first.check()
    for choice in visitor.page.locator("main select").all():
        choice.select_option(index=1)

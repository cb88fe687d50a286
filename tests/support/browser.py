"""A real Chromium on a running house, with an audit of accessibility on every page."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NARROW = 320
"""CSS pixels at which nothing may scroll sideways: WCAG 2.2, 1.4.10."""
LOOKS = (("zh-Hans", "light", 1280), ("zh-Hant", "dark", 390), ("en", "light", NARROW))
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One person at one browser. Scripts that fail are counted as failures of the page."""

    def __init__(self, browser: Browser, url: str, language: str = "zh-CN", **context: Any) -> None:
        self.url = url
        self.page: Page = browser.new_context(locale=language, **context).new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sign_in(self, username: str) -> None:
        self.open("/login")
        self.page.fill("#username", username)
        self.page.fill("#password", "gdbos-demo")
        self.page.click("main form button.button")
        self.page.wait_for_load_state()

    def press(self, name: str) -> None:
        """Click the button of that name and wait for the page it leads to."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def audit(self) -> None:
        """No violation of WCAG 2.2 AA that a machine can find; no failed script; nothing wider than a phone."""
        found = Axe().run(self.page, options=STANDARD).response["violations"]
        told = [f"{v['id']}: {[n['target'] for n in v['nodes'][:3]]}" for v in found]
        assert told + self.complaints == [], f"{self.page.url}: {told + self.complaints}"
        self._reflows()

    def _reflows(self) -> None:
        """The page as it stands and at NARROW; the width is left as it was."""
        before = self.page.viewport_size
        assert before is not None
        for width in (before["width"], NARROW):
            self.page.set_viewport_size({**before, "width": width})
            wider = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, f"{self.page.url} scrolls sideways by {wider} at {width} px"
        self.page.set_viewport_size(before)


def look_at(browser: Browser, url: str, username: str, paths: Iterable[str]) -> None:
    """Audit every path in every language, width and light, as `username`; "" is nobody."""
    for language, scheme, width in LOOKS:
        visitor = Visitor(browser, url, color_scheme=scheme, viewport={"width": width, "height": 800})
        if username:
            visitor.sign_in(username)
        for path in paths:
            visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert visitor.page.locator("html").get_attribute("lang") == language
            visitor.audit()
        visitor.page.context.close()

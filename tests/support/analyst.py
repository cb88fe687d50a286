"""Somebody who looks at processes in a browser, under the strict content policy."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from support.browser import Visitor
from support.site import Site


def visitor_of(browser: Browser, site: Site, username: str = "admin", **context: Any) -> Visitor:
    """Signed in; whatever the content policy forbids counts as a failure of the page."""
    visitor = Visitor(browser, site.url, **context)
    visitor.page.on(
        "console",
        lambda said: visitor.complaints.append(said.text) if "Content Security" in said.text else None,
    )
    visitor.page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((site.url, "data:", "blob:"))
            else visitor.complaints.append(asked.url)
        ),
    )
    visitor.sign_in(username)
    return visitor

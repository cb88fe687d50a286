"""治理: how far each agency speaks the standard, what says the same twice, which names break the rules."""

from __future__ import annotations

from typing import Any

from flask import Response, g

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards import address

LISTED = 20


@portal.get("/standards/coverage")
@permit("agency")
def coverage() -> Response:
    """Every agency, the caller's first; then how many look alike, and names."""
    agencies = ask("standards", "coverage")["agencies"]
    own = g.principal.agency
    return view.render(
        "standards-coverage.html",
        agencies=sorted(agencies, key=lambda row: row["agency"] != own),
        own=own,
        names=agency_names(),
        twins=ask("standards", "likeness", {"limit": 1, "verdict": "open"})["total"],
        naming=ask("standards", "naming", {"limit": LISTED}),
        address=address,
    )


def agency_names() -> dict[str, Any]:
    """Agencies by code, as far as their items are published."""
    found = ask("catalog", "search", {"limit": 100})["items"]
    return {item["agency"]["code"]: item["agency"]["name"] for item in found if item.get("agency")}

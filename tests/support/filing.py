"""An application that needs no material, ready to be filed."""

from __future__ import annotations

from typing import Any

from support.site import Site


def enrolment(site: Site, token: str) -> dict[str, Any]:
    """城鄉居民參保 of the starter pack: no material, authentic name and number."""
    found = site.ask("GET", "/api/v1/items?type=20&region=440305&limit=100").json["items"]
    code = next(item["code"] for item in found if "保险" in item["name"]["zh-Hans"])
    asked = {
        "insurance.person_kind": "adult",
        "insurance.start_month": "2026-12",
        "contact.name": "陈晓明",
        "contact.mobile": "13800138000",
    }
    ready = site.ask(
        "POST", f"/api/v1/items/{code}/prefill", {"region": "440305", "situation": "who:self"}, token
    ).json
    known = {name: held["value"] for name, held in ready["values"].items()}
    return {
        "item": code,
        "region": "440305",
        "situation": "who:self",
        "answers": {**known, **asked},
        "materials": [],
        "consents": [],
    }

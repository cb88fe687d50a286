"""Applications ready to be filed: one that needs no material, one with a licence and files."""

from __future__ import annotations

from typing import Any

from support.site import Site

PDF = b"%PDF-1.4\n%synthetic\n"
REGION = "440305"


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


def food(site: Site) -> str:
    """The code of 食品经营许可."""
    found = site.ask("GET", f"/api/v1/items?q=%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5&region={REGION}").json
    return str(next(item["code"] for item in found["items"] if not item["bundle"]))


def upload(site: Site, token: str) -> str:
    """The id of a new file."""
    boundary = "b0undary"
    body = (
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="plan.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        + PDF
        + f"\r\n--{boundary}--\r\n".encode()
    )
    answer = site.ask(
        "POST", "/api/v1/files", body, token, Content_Type=f"multipart/form-data; boundary={boundary}"
    )
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def food_application(site: Site, token: str) -> dict[str, Any]:
    """食品经营许可 of the starter pack: a licence that is held, and two files."""
    code = food(site)
    guide = site.ask(
        "POST",
        f"/api/v1/items/{code}/guide",
        {"region": REGION, "choices": {"form": "shop", "scale": "small"}},
        token,
    ).json
    ready = site.ask(
        "POST", f"/api/v1/items/{code}/prefill", {"region": REGION, "situation": guide["situation"]}, token
    ).json
    known = {name: held["value"] for name, held in ready["values"].items()}
    asked = {
        "premises.name": "演示小馆",
        "premises.address": "深圳市南山区演示大道88号101铺",
        "premises.area": 120,
        "food.business_form": "catering",
        "food.items": "hot",
        "food.safety_manager": "王安",
        "contact.name": "林一鸣",
        "contact.mobile": "13800138000",
    }
    licence = next(
        entry["id"]
        for entry in site.ask("GET", "/api/v1/licences", token=token).json["licences"]
        if entry["name"]["zh-Hans"] == "营业执照"
    )
    return {
        "item": code,
        "region": REGION,
        "situation": guide["situation"],
        "answers": {**asked, **known},
        "materials": [
            {"material": "business_licence", "licence": licence},
            {"material": "layout", "file": upload(site, token)},
            {"material": "safety_rules", "file": upload(site, token)},
        ],
        "consents": [],
    }

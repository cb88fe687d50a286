"""Who a request speaks for, and where the door sends people on to."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.auth import COOKIE, digest
from gateway.http import create_app
from gateway.portal.view import local
from gdbos_contracts.principal import Principal
from gdbos_runtime.settings import Settings


class Accounts:
    """One session, `mine`."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    def principal(self, token_hash: str) -> Principal | None:
        return Principal("citizen", "person", "陈") if token_hash == digest("mine") else None

    def close_session(self, token_hash: str) -> None:
        self.closed.append(token_hash)


@pytest.mark.parametrize(
    ("site", "status"),
    [(None, 204), ("same-origin", 204), ("none", 204), ("same-site", 401), ("cross-site", 401)],
)
def test_another_sites_page_cannot_write_with_our_cookie(site: str | None, status: int) -> None:
    accounts = Accounts()
    app = create_app(Settings(), None, accounts, None)  # type: ignore[arg-type]
    client = app.test_client()
    client.set_cookie(COOKIE, "mine")
    said = {"Sec-Fetch-Site": site} if site else {}
    assert client.delete("/api/v1/sessions", headers=said).status_code == status
    assert accounts.closed == ([digest("mine")] if status == 204 else [])
    assert (
        client.get("/api/v1/me", headers=said).status_code == 200
    )  # reading needs no such care: none can see it


def test_a_token_speaks_for_itself() -> None:
    app = create_app(Settings(), None, Accounts(), None)  # type: ignore[arg-type]
    said = {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer mine"}
    assert app.test_client().delete("/api/v1/sessions", headers=said).status_code == 204


@pytest.mark.parametrize(
    "target",
    ["//evil.cn", "/\\evil.cn", "/\t/evil.cn", "/\n/evil.cn", "https:evil.cn", "javascript:alert(1)",
     "///evil.cn", "/\r\nX: y", "/a\0", "evil.cn", ""],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(target: str) -> None:
    assert local(target) == "/"


@pytest.mark.parametrize("target", ["/", "/cases", "/items/1?region=440305&x=//y", "/desk?text=陈"])
def test_people_come_back_to_where_they_were(target: str) -> None:
    assert local(target) == target


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/items/a%00b", None),
        ("/?q=%00", None),
        ("/login", {"username": "a\0b"}),
        ("/api/v1/items?q=%00", None),
    ],
)
def test_nul_is_refused_at_the_door(path: str, form: Any) -> None:
    app = create_app(Settings(environment="production"), None, Accounts(), None)  # type: ignore[arg-type]
    client = app.test_client()
    answer = client.post(path, data=form) if form else client.get(path)
    assert answer.status_code == 422

"""Token buckets: what an address may do, and that nobody pays for others or for being right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.http import create_app
from gateway.limits import Buckets, Limits
from gdbos_contracts.errors import TooManyRequests
from gdbos_runtime.settings import Settings

VERIFY = "/api/v1/documents/verify?number=A-1&code=WRONG"


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Registry:
    """The services: one document, one licence; no account."""

    def call(self, service: str, method: str, request: dict[str, Any]) -> dict[str, Any]:
        known = "RIGHT" in (request.get("code"), request.get("licence"))
        reason = "genuine" if known else "unknown"
        return {"valid": known, "reason": reason, "document": None, "licence": None}


class Nobody:
    def principal(self, token: str) -> None:
        return None

    def account(self, username: str) -> None:
        return None


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(time: Time) -> Iterator[Any]:
    settings = Settings(guesses_per_minute=3, anonymous_per_minute=30, environment="production")
    app = create_app(settings, Registry(), Nobody(), None, Limits(settings, time))  # type: ignore[arg-type]
    yield app.test_client()


@given(st.lists(st.tuples(st.floats(0, 90), st.sampled_from("ab")), max_size=60), st.integers(1, 9))
def test_nobody_gets_more_than_a_full_bucket_and_what_flowed_in(
    asked: list[tuple[float, str]], most: int
) -> None:
    time = Time()
    buckets, taken, began = Buckets(most, 60.0, time), {"a": 0, "b": 0}, time.now
    for wait, key in asked:
        time.now += wait
        try:
            buckets.take(key)
            taken[key] += 1
        except TooManyRequests as error:
            time.now += error.more["retry_after"]
            buckets.take(key)  # as it was told
            taken[key] += 1
    assert max(taken.values()) <= most + (time.now - began) * most / 60 + 1e-6


def test_of_too_many_keys_the_longest_unused_is_forgotten() -> None:
    buckets = Buckets(1, 60.0, Time(), kept=2)
    for key in ("a", "b", "c"):
        buckets.take(key)
    buckets.take("a")
    with pytest.raises(TooManyRequests):
        buckets.take("c")


def test_none_counts_nothing() -> None:
    buckets = Buckets(0, 60.0, Time())
    for _ in range(100):
        buckets.take("a")


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-Hans", "请求过于频繁"), ("zh-Hant", "請求過於頻繁"), ("en", "Too many requests")],
)
def test_codes_cannot_be_tried_one_after_another(client: Any, time: Time, language: str, title: str) -> None:
    for _ in range(3):
        assert client.get(VERIFY).json["reason"] == "unknown"
    refused = client.get(VERIFY, headers={"Accept-Language": language})
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert (refused.json["code"], refused.json["title"]) == ("too_many_requests", title)
    assert refused.headers["Retry-After"] == "20" and refused.json["retry_after"] == 20
    assert client.get("/api/v1/licences/verify?code=x").status_code == 429
    assert client.get(VERIFY, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
    time.now += 20
    assert client.get(VERIFY).status_code == 200


def test_who_has_the_paper_may_ask_as_often_as_they_like(client: Any) -> None:
    for _ in range(20):
        assert client.get("/api/v1/documents/verify?number=A-1&code=RIGHT").json["valid"]


def test_the_addresses_of_one_ipv6_subscriber_are_one(client: Any) -> None:
    def ask(address: str) -> int:
        return int(client.get(VERIFY, environ_base={"REMOTE_ADDR": address}).status_code)

    assert [ask(f"2001:db8::{n}") for n in range(4)] == [200, 200, 200, 429]
    assert ask("2001:db8:0:1::1") == 200


def test_passwords_are_guesses_whatever_the_name(client: Any) -> None:
    answers = [
        client.post("/api/v1/sessions", json={"username": f"name{n}", "password": "x"}) for n in range(4)
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert answers[-1].headers["Retry-After"] == "20"


def test_whoever_is_not_signed_in_has_a_limit_and_the_probes_have_none(client: Any) -> None:
    for _ in range(30):
        assert client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer guessed"}).status_code == 429
    assert client.get("/readyz").status_code in (200, 503)
    assert client.get("/api/v1/me", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 401


def test_what_a_proxy_says_counts_only_where_there_is_one(time: Time) -> None:
    def statuses(proxies: int) -> list[int]:
        settings = Settings(guesses_per_minute=1, proxies=proxies)
        app = create_app(settings, Registry(), Nobody(), None, Limits(settings, time))  # type: ignore[arg-type]
        said = ({"X-Forwarded-For": f"1.1.1.1, 10.0.0.{n}"} for n in (1, 2))
        return [app.test_client().get(VERIFY, headers=headers).status_code for headers in said]

    assert statuses(0) == [200, 429]
    assert statuses(1) == [200, 200]

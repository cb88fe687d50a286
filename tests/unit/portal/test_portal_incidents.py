"""The page of incidents: of a case with its process, of a rating with no way to whose it was."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.auth import COOKIE
from gateway.http import create_app
from gdbos_contracts.principal import Principal
from gdbos_runtime.settings import Settings

NAME = {"zh-Hans": "食品经营许可", "zh-Hant": "食品經營許可", "en": "Food licence"}
BASE = {
    "message": {"zh-Hans": "程序错误", "zh-Hant": "程式錯誤", "en": "program error"}, "kind": "watch", "attempts": 2,
    "at": "2026-11-25T10:00:00+08:00", "next_at": None, "name": NAME, "element": "", "reason": "RuntimeError",
}  # fmt: skip
OF_RATING = {**BASE, "of": "rating", "case_no": "r7", "token": "rating", "step": "", "process": None}
OF_CASE = {
    **BASE, "of": "case", "case_no": "C-1", "token": "t1", "kind": "timer", "step": "等待", "process": "licence",
    "process_version": 3,
}  # fmt: skip


class Accounts:
    def principal(self, token_hash: str) -> Principal | None:
        return Principal("admin-own", "agency_admin", "管理员", agency="OWN")


class Workflow:
    def __init__(self, found: list[dict[str, Any]]) -> None:
        self.found = found

    def call(self, service: str, method: str, request: Any) -> dict[str, Any]:
        assert (service, method) == ("workflow", "incidents")
        return {"incidents": self.found, "next": None}


def page(found: list[dict[str, Any]], language: str) -> str:
    app = create_app(Settings(), Workflow(found), Accounts(), None)  # type: ignore[arg-type]
    client = app.test_client()
    client.set_cookie(COOKIE, "mine")
    answer = client.get(f"/agency/incidents?lang={language}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "what", "rating"),
    [("zh-Hans", "差评整改时限", "差评"), ("zh-Hant", "差評整改時限", "差評"), ("en", "Time limit of a bad rating", "Bad rating")],
)  # fmt: skip
def test_of_a_rating_there_is_its_own_number_its_cause_and_a_retry_and_no_process(
    language: str, what: str, rating: str
) -> None:
    shown = page([OF_RATING], language)
    assert what in shown and rating in shown and "RuntimeError" in shown
    assert 'action="/agency/incidents/r7/rating/retry"' in shown and 'href="/ratings/bad"' in shown
    assert "/agency/processes/" not in shown and 'href="/agency/incidents/r7/rating"' not in shown


def test_of_a_case_there_is_its_process_and_a_resolution_by_hand() -> None:
    shown = page([OF_CASE], "zh-Hans")
    assert "/agency/processes/licence?version=3" in shown and 'href="/agency/incidents/C-1/t1"' in shown

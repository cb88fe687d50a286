"""What nobody types: NUL in bodies and addresses on either database; and what is costly to answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from eventlet import patcher
from support.town import Town, town

from gdbos_runtime.settings import Settings
from services.standards.adapters import comparing

get_ident = patcher.original("threading").get_ident

CARD, CLERK = "11440305MB2X0107464442031007001", "clerk-rs"
NUL = "a\0b"


@pytest.fixture(scope="module")
def t(settings: Settings) -> Iterator[Town]:
    with town(settings, "2026-11-24") as found:
        yield found


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("citizen", "/items?q=%00"),
        ("citizen", "/items?q=a&region=440305&cursor=%00"),
        ("citizen", "/items/a%00b"),
        ("citizen", "/applications/a%00b"),
        ("citizen", "/applications?status=%00"),
        ("citizen", "/drafts/a%00b"),
        ("citizen", "/licences/verify?code=%00"),
        ("citizen", "/documents/verify?number=%00&code=%00"),
        ("citizen", "/standards/elements?q=%00"),
        ("citizen", "/standards/elements/a%00b"),
        ("citizen", "/standards/codelists/a%00b"),
        ("citizen", "/standards/crosswalks/gov.task_type_from_gd?value=%00"),
        (CLERK, "/tasks?text=%00"),
        (CLERK, "/tasks?queue=%00&item=%00&region=440305"),
        (CLERK, "/tasks/a%00b"),
        ("supervisor", "/supervision/records?case_no=%00"),
        ("agency-admin", "/processes/a%00b"),
        ("agency-admin", "/contracts/a%00b"),
    ],
)
def test_an_address_with_nul_is_refused_or_finds_nothing(t: Town, who: str, path: str) -> None:
    answer = t.as_(who, "GET", path)
    assert answer.status < 500, answer.text


def test_a_costly_comparison_does_not_hold_up_the_house(t: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may ask for one, and two patterns may take seconds: it runs beside the loop that serves the others."""
    threads = []

    def costly(*given: Any, **terms: Any) -> dict[str, Any]:
        threads.append(get_ident())
        return {"compatible": None, "changes": []}

    monkeypatch.setattr(comparing, "compare_history", costly)
    asked = {"old": {"type": "string"}, "new": {"type": "number"}, "mode": "full"}
    assert t.ask("POST", "/api/v1/standards/compatibility", asked).status == 200
    assert threads and get_ident() not in threads


def test_a_body_with_nul_is_refused_and_nothing_is_written(t: Town) -> None:
    body = t.application("citizen", CARD)
    for name in ("contact.name", "person.mobile"):
        if name in body["answers"]:
            body["answers"][name] = NUL
    answer = t.as_("citizen", "POST", "/applications", body, Idempotency_Key=str(uuid.uuid4()))
    assert 400 <= answer.status < 500, answer.text
    case_no = t.file("citizen", CARD)
    for path, said in (
        (f"/applications/{case_no}/messages", {"text": NUL}),
        (f"/applications/{case_no}/withdraw", {"reason": NUL}),
    ):
        answer = t.as_("citizen", "POST", path, said)
        assert (answer.status, answer.json["errors"][0]["code"]) == (422, "nul"), answer.text
    draft = {"item": CARD, "region": "440305", "answers": {"a": NUL}, NUL: 1}
    assert 400 <= t.as_("citizen", "PUT", "/drafts/x1", draft).status < 500
    (task,) = t.tasks(CLERK, case_no)
    done = {"action": "refuse_acceptance", "data": {"reason": NUL}, "comment": NUL}
    assert 400 <= t.as_(CLERK, "POST", f"/tasks/{task['id']}/complete", done).status < 500
    assert 400 <= t.as_(CLERK, "PUT", "/tasks/filters/a%00b", {"text": "x"}).status < 500
    assert t.seen("citizen", case_no)["status"] == "submitted"
    assert t.ask("POST", "/api/v1/sessions", {"username": NUL, "password": NUL}).status in (400, 401, 422)

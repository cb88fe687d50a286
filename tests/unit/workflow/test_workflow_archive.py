"""The archive: what a package holds, how long it is kept, and that no change of it goes unseen."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdbos_contracts.errors import Conflict
from services.workflow.domain import archive
from services.workflow.domain.case import Case


def case(retention: str = "10_years", closed: str = "2026-11-24T10:00:00+08:00") -> Case:
    return Case(
        case_no="N1", kind="item", item="I", item_version=1, name={"en": "Item"}, region="440305", agency="A",
        applicant="citizen", subject={}, state="closed", submitted_at=closed, closed_at=closed, outcome="withdrawn",
        body={"item": {"handling": {"archive": {"retention": retention}}}, "answers": {"person.name": "陈晓明"}},
        steps=2, seal="s2",
    )  # fmt: skip


DOCUMENTS = [{"id": "1", "kind": "receipt", "title": {}, "at": "x", "html": "<p>凭证</p>"}]
TIMELINE = [{"id": 1, "case_no": "N1", "at": "x", "event": "submitted", "agency": {}, "note": {}}]
SEALS = {1: "s1", 2: "s2"}


def packed() -> dict[str, Any]:
    index = archive.index_entry(case(), 7, 1)
    made = archive.package(case(), index, DOCUMENTS, TIMELINE, [])
    found: dict[str, Any] = json.loads(archive.text_of(made))
    return found


@pytest.mark.parametrize(
    ("retention", "until"),
    [("10_years", "2036-12-31"), ("30_years", "2056-12-31"), ("permanent", None), ("a while", "2036-12-31")],
)
def test_it_is_kept_for_whole_years_after_the_year_of_closing(retention: str, until: str | None) -> None:
    assert archive.index_entry(case(retention), 1, 0)["keep_until"] == until


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 999_999))
def test_the_number_names_agency_year_and_class(closed: date, serial: int) -> None:
    made = archive.index_entry(case(closed=f"{closed}T00:00:00+08:00"), serial, 0)["archive_no"]
    assert made == f"A-{closed.year}-10_years-{serial:06d}"


def test_what_was_archived_holds_also_when_more_happens_afterwards() -> None:
    more = [*TIMELINE, {**TIMELINE[0], "id": 2, "event": "rated"}]
    printed = [*DOCUMENTS, {**DOCUMENTS[0], "id": "2"}]
    assert archive.altered(packed(), printed, more, {**SEALS, 3: "s3"}) == ""


@given(st.sampled_from(["html", "title", "at", "kind"]))
def test_one_changed_document_is_found(name: str) -> None:
    changed = [{**DOCUMENTS[0], name: "other"}]
    assert archive.altered(packed(), changed, TIMELINE, SEALS) == "documents"
    assert archive.altered(packed(), [], TIMELINE, SEALS) == "documents"


@given(st.sampled_from(["event", "at", "note", "agency"]))
def test_one_changed_line_of_the_timeline_is_found(name: str) -> None:
    assert archive.altered(packed(), DOCUMENTS, [{**TIMELINE[0], name: "other"}], SEALS) == "timeline"


def test_a_history_written_anew_is_found() -> None:
    assert archive.altered(packed(), DOCUMENTS, TIMELINE, {1: "s1", 2: "other"}) == "history"
    assert archive.altered(packed(), DOCUMENTS, TIMELINE, {1: "s1"}) == "history"


@given(st.text(min_size=1))
def test_the_digest_is_of_every_byte(text: str) -> None:
    whole = archive.text_of(packed())
    assert archive.digest_of(whole + text) != archive.digest_of(whole)


def test_a_case_is_archived_once_and_only_when_closed() -> None:
    closed = case()
    closed.archive()
    assert not closed.open
    for state in ("archived", "reviewing"):
        closed.state = state
        with pytest.raises(Conflict):
            closed.archive()

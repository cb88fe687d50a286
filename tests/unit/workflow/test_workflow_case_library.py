"""辦件庫: every outcome has a code upstream; rows keep their keys; dates as the standard writes them."""

from __future__ import annotations

from typing import Any

import pytest

from services.workflow.domain.case import OUTCOMES, Case
from services.workflow.domain.case_library import TABLES, UPSTREAMS, rows


def closed(**body: Any) -> Case:
    return Case(
        case_no="N1",
        kind="item",
        item="I",
        item_version=2,
        name={"zh-Hans": "招牌"},
        region="440305",
        agency="A",
        applicant="firm",
        subject={"firm.uscc": "91440305MA5X0201XW"},
        state="closed",
        submitted_at="2026-11-24T09:30:00+08:00",
        outcome="granted",
        closed_at="2026-11-26T10:00:00+08:00",
        body={"item": {}, "answers": {}, "materials": [], "applicant_name": "企业", **body},
    )


@pytest.mark.parametrize("upstream", sorted(UPSTREAMS))
def test_every_outcome_has_a_code(upstream: str) -> None:
    assert set(UPSTREAMS[upstream]) == set(OUTCOMES)


def test_rows_of_a_case() -> None:
    case = closed(
        accepted_on="2026-11-25",
        pauses=[{"start": "2026-11-25", "end": None, "kind": "hearing", "reason": ""}],
        materials=[{"material": "m", "files": [{"name": "a.pdf"}]}, {"material": "n", "pledged": True}],
    )
    timeline = [{"at": case.submitted_at, "event": "denied", "note": {"zh-Hans": "不予批准"}}]
    found = rows(case, timeline, "shanghai")
    assert tuple(found) == TABLES
    (accept,), (step,), (pause,) = (found[name] for name in TABLES[:3])
    assert (accept["apply_date"], accept["accept_date"]) == ("20261124T093000", "20261125")
    assert (accept["applyer_type"], accept["applyer_page_type"]) == ("2", "001")
    assert (step["event_name"], step["handle_explain"]) == ("退回", "不予批准")
    assert pause["special_reason"] == "hearing" and pause["end_time"] == ""
    assert [row["get_type"] for row in found["pro_material"]] == ["file", "pledge"]
    assert found["pro_result"][0]["result_type"] == "0"
    assert not any("satisf" in name for table in found.values() for row in table for name in row)


def test_an_open_case_has_no_result_and_the_same_row_the_same_key() -> None:
    case = closed()
    again = rows(case, [], "national")["pro_accept"]
    assert again == rows(case, [], "permission")["pro_accept"]
    case.state, case.outcome = "reviewing", None
    assert rows(case, [], "national")["pro_result"] == []
    with pytest.raises(KeyError):
        rows(closed(), [], "elsewhere")

"""What a member of a bundle 一件事 rests on: the results of the members it waits for, and their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.workflow.domain.case import GOOD, Case

Json = Mapping[str, Any]


def rests_on(case: Case, other: Case) -> bool:
    """Declared by the bundle: it waits for the other's result. Nothing else falls with it (domain.md §2.2)."""
    return other.member is not None and other.member in case.body.get("waits_for", ())


def ground(gone: Case) -> dict[str, Any]:
    """{because, item, reason}: the revoked case, its item's name, and why it was revoked."""
    why = gone.body["revoked"]["reason"]
    return {
        "because": gone.case_no,
        "item": dict(gone.name),
        "reason": f"{gone.name.get('zh-Hans', '')}：{why}",
    }


def stands(case: Case) -> bool:
    """Whether it ended with a result that was not revoked."""
    return not case.open and case.outcome in GOOD and "revoked" not in case.body


def in_vain(case: Case) -> bool:
    """Whether waiting for it is over without its result."""
    return not case.open and not stands(case)


def values_of(finished: Iterable[Case], case: Case) -> dict[str, dict[str, Any]]:
    """{element: {value, source, as_of}}: of the face of the finished members' licences, what `case` asks for.

    The values are those of an agency and no longer of the applicant alone: an automatic decision may rest on them.
    """
    wanted = {each["element"] for each in case.body["elements"]}
    found: dict[str, dict[str, Any]] = {}
    for each in finished:
        result, answers = each.body.get("result") or {}, each.body["answers"]
        for element in each.body["item"]["result"]["face"] if result.get("licence") else ():
            if element in wanted and element in answers:
                source = {"source": result["licence"], "as_of": result["issued_on"]}
                found[element] = {"value": answers[element], **source}
    return found

"""A history holds or does not, whichever way its numbers were written for the digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from services.workflow.domain.engine import history
from services.workflow.domain.engine.replay import Command

DOC = {"vars": {"share": 1e-07, "amount": 1e16}, "tokens": {}}


def written_before(doc: Any) -> str:
    """The digest as it was made with the standard library."""
    text = json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(digest: str) -> list[dict[str, Any]]:
    body = json.dumps({**Command("start").to_data(), "version": 1, "doc": digest})
    row = {
        "case_no": "C1",
        "seq": 1,
        "at": "2026-01-05",
        "actor": "a",
        "command": "start",
        "key": "",
        "body": body,
    }
    return [{**row, "hash": history.seal("", row)}]


@pytest.mark.parametrize("digest", [written_before, history.digest], ids=["before", "now"])
def test_a_document_is_vouched_for_by_either_writing(digest: Any) -> None:
    steps = sealed(digest(DOC))
    assert history.broken_at(steps, steps[-1]["hash"], DOC) is None
    altered = {**DOC, "vars": {**DOC["vars"], "share": 2e-07}}
    assert history.broken_at(steps, steps[-1]["hash"], altered) == 2


def test_the_two_writings_differ_or_this_file_tests_nothing() -> None:
    assert written_before(DOC) != history.digest(DOC)

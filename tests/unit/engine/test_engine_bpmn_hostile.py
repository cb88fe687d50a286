"""A model that is written to hold up its reader."""

from __future__ import annotations

import pytest

from services.workflow.domain import bpmn

PROCESS = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>'
BEFORE = (b"<!-- x -->", b"<?x y?>", b"<!-- x --> ", b"<!----><?x ?>")


@pytest.mark.parametrize("before", BEFORE)
def test_many_comments_before_the_root_are_read_at_once(before: bytes) -> None:
    """Each was tried with every number of its followers: thirty took minutes, and the house stood still."""
    assert bpmn.parse(before * 3000 + PROCESS)


@pytest.mark.parametrize("before", BEFORE)
def test_a_document_type_behind_them_is_refused(before: bytes) -> None:
    with pytest.raises(bpmn.BpmnError):
        bpmn.parse(before * 300 + b'<!DOCTYPE definitions [<!ENTITY a "b">]>' + PROCESS)

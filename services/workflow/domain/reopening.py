"""重新立案: a closed case never opens again; its application may be taken up once more, as a new case."""

from __future__ import annotations

from services.workflow.domain.case import GOOD, Case


def may_reopen(case: Case) -> bool:
    """Closed without what was asked for, not a member of a bundle nor one, and not taken up before."""
    ended_badly = not case.open and case.outcome not in GOOD
    alone = case.kind == "item" and case.parent is None
    return ended_badly and alone and "reopened_as" not in case.body

"""The history of every case, checked against its seals: for `gdbos audit verify`."""

from __future__ import annotations

from dataclasses import dataclass, field

from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.journal import HistoryRepository
from services.workflow.adapters.repository import CaseRepository
from services.workflow.domain.engine.history import broken_at

PAGE = 500


@dataclass(slots=True)
class Verdict:
    """`broken`: case number and the step where its history does not hold."""

    cases: int = 0
    steps: int = 0
    broken: list[tuple[str, int]] = field(default_factory=list)


def verify(store: Store) -> Verdict:
    """Cases that began before histories were kept have none, and are not counted."""
    verdict, after = Verdict(), ""
    with UnitOfWork(store, writing=False) as work:
        history, cases = HistoryRepository(work), CaseRepository(work)
        while page := history.cases(after, PAGE):
            for case_no in page:
                _case(case_no, history, cases, verdict)
            after = page[-1]
    return verdict


def _case(case_no: str, history: HistoryRepository, cases: CaseRepository, verdict: Verdict) -> None:
    case, steps = cases.get(case_no), history.of(case_no)
    if case is None:
        return
    verdict.cases += 1
    verdict.steps += len(steps)
    place = broken_at(steps, case.seal, case.doc)
    if place is not None:
        verdict.broken.append((case_no, place))

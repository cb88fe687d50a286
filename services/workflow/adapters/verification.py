"""The history, archive and documents of every case, checked against their seals: for `gdbos audit verify`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.archives import ArchiveRepository
from services.workflow.adapters.journal import HistoryRepository
from services.workflow.adapters.repository import CaseRepository, PaperRepository, TimelineRepository
from services.workflow.domain import archive
from services.workflow.domain.engine.history import broken_at

PAGE = 500


@dataclass(slots=True)
class Verdict:
    """`broken`: case number and the step where its history does not hold."""

    cases: int = 0
    steps: int = 0
    broken: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Archived:
    """`broken`: case number and what is not as it was archived: package, log, documents, timeline or history."""

    packages: int = 0
    broken: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Printed:
    """`broken`: id of a document and what is wrong: file (altered or gone) or log (made by nobody)."""

    files: int = 0
    broken: list[tuple[str, str]] = field(default_factory=list)


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


def verify_archives(store: Store) -> Archived:
    """Every package against its digest, the digest in the sealed log, and what it was made of."""
    verdict = Archived()
    with UnitOfWork(store, writing=False) as work:
        for row in _archives(ArchiveRepository(work)):
            verdict.packages += 1
            why = _altered(row, work)
            if why:
                verdict.broken.append((row["case_no"], why))
    return verdict


def _archives(archives: ArchiveRepository) -> Iterator[Mapping[str, Any]]:
    after = ""
    while page := archives.numbers(after, PAGE):
        yield from (row for number in page if (row := archives.get(number)) is not None)
        after = page[-1]


def _altered(row: Mapping[str, Any], work: UnitOfWork) -> str:
    if archive.digest_of(row["package"]) != row["digest"]:
        return "package"
    log = RUNTIME["audit"].c
    query = sa.select(log.body).where(log.action == "case.archive", log.object == row["case_no"])
    logged = [json.loads(body)["digest"] for body in work.connection.scalars(query)]
    if logged != [row["digest"]]:
        return "log"
    number, papers = row["case_no"], PaperRepository(work)
    documents = [{**each, **(papers.document(number, each["id"]) or {})} for each in papers.documents(number)]
    seals = {step["seq"]: step["hash"] for step in HistoryRepository(work).of(number)}
    timeline = TimelineRepository(work).of(number, 0)
    return archive.altered(json.loads(row["package"]), documents, timeline, seals)


def verify_documents(store: Store) -> Printed:
    """Every file of a document against the digest kept with it, and both against the sealed log."""
    verdict, log, file = Printed(), RUNTIME["audit"].c, orm.document_file.c
    with UnitOfWork(store, writing=False) as work:
        query = sa.select(log.body).where(log.action == "document.print")
        said = [json.loads(body) for body in work.connection.scalars(query)]
        logged = {each["document"]: each["sha256"] for each in said}
        for (number,) in work.connection.execute(sa.select(file.id).order_by(file.id)).all():
            row = work.connection.execute(sa.select(file.pdf, file.sha256).where(file.id == number)).one()
            verdict.files += 1
            digest = logged.pop(str(number), None)
            if hashlib.sha256(row.pdf).hexdigest() != row.sha256:
                verdict.broken.append((str(number), "file"))
            elif digest != row.sha256:
                verdict.broken.append((str(number), "log"))
    verdict.broken += [(id, "file") for id in logged]
    return verdict

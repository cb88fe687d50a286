"""Files of documents by several workers and by a press that breaks: each made once, none lost, none forgotten."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any, cast

import eventlet
import pytest
import sqlalchemy as sa
from support.press import Bureau, pdf_of, text_of

from gdbos_contracts.errors import Conflict
from gdbos_contracts.principal import Principal
from gdbos_runtime.settings import Settings
from services.workflow.adapters import orm
from services.workflow.adapters.signing import PdfSigner
from services.workflow.adapters.typesetting import TypstTypesetter
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import failing, printing
from services.workflow.ports import Press

ADMIN = Principal("admin", "admin", "")


@pytest.fixture(scope="module")
def bureau(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    return Bureau(settings, tmp_path_factory.mktemp("keys"))


class Away(PdfSigner):
    """Cannot sign a document of one case, or any."""

    def __init__(self, keys: PdfSigner, only: str = "") -> None:
        self._keys, self._only = keys, only

    @property
    def ready(self) -> bool:
        return True

    @property
    def notice(self) -> str:
        return self._keys.notice

    def sign(self, pdf: bytes) -> bytes:
        if self._only and f"{self._only}-" not in text_of(pdf):
            return self._keys.sign(pdf)
        raise OSError("the key of 110101200001010010 is on a device that is away")


class Torn(TypstTypesetter):
    def pdf(self, layout: str, paper: Any) -> bytes:
        raise RuntimeError("the typesetter crashed")


def broken(bureau: Bureau, what: str) -> Press:
    if what == "typesetter":
        return replace(bureau.press, typesetter=Torn())
    return replace(bureau.press, signer=Away(cast(PdfSigner, bureau.press.signer)))


def retry(bureau: Bureau, case_no: str, id: str) -> None:
    with bureau.room() as room:
        failing.retry(case_no, failing.paper(id), ADMIN, room)


@pytest.mark.parametrize("what", ["typesetter", "signer"])
def test_a_press_that_breaks_is_an_incident_that_is_tried_again_when_somebody_says_so(
    what: str, bureau: Bureau
) -> None:
    bureau.drain()
    id = bureau.issue(f"B-{what}")
    assert bureau.print_due(broken(bureau, what)) == 0
    held = bureau.incident(f"B-{what}", id)
    assert held and held["attempts"] == 1 and held["next_at"] > held["at"] and held["resolved_at"] is None
    assert "110101" not in str(held), "what a library says may hold personal data"
    assert bureau.print_due() == 0, "not before its time"
    retry(bureau, f"B-{what}", id)
    assert bureau.print_due(broken(bureau, what)) == 0
    held = bureau.incident(f"B-{what}", id)
    assert held and held["attempts"] == 2
    retry(bureau, f"B-{what}", id)
    assert bureau.print_due() == 1
    held = bureau.incident(f"B-{what}", id)
    assert held and held["resolved_at"] and pdf_of(bureau.file(f"B-{what}", id))


def test_a_paper_that_fails_is_told_of_a_case_that_ended_too(bureau: Bureau) -> None:
    """The applicant is owed the paper, whatever became of the case."""
    bureau.drain()
    id = bureau.issue("E-ended")
    bureau.tell("E-ended", Command("cancel", "withdrawn"))
    assert not bureau.case("E-ended").open
    assert bureau.print_due(broken(bureau, "signer")) == 0
    with bureau.room() as room:
        found = failing.incidents({"limit": 100, "cursor": ""}, ADMIN, room)["incidents"]
    assert [each["token"] for each in found if each["case_no"] == "E-ended"] == [failing.paper(id)]
    retry(bureau, "E-ended", id)
    assert bureau.print_due() == 1


def test_one_paper_that_cannot_be_signed_stops_no_other(bureau: Bureau) -> None:
    bureau.drain()
    bad, good = bureau.issue("S-bad"), bureau.issue("S-good")
    press = replace(bureau.press, signer=Away(cast(PdfSigner, bureau.press.signer), "S-bad"))
    assert bureau.print_due(press) == 1
    assert bureau.incident("S-good", good) is None and bureau.incident("S-bad", bad)
    assert pdf_of(bureau.file("S-bad", bad)), "who asks for it gets it once the press is whole"
    held = bureau.incident("S-bad", bad)
    assert held and held["resolved_at"] and bureau.print_due() == 0


def test_a_mended_font_is_tried_when_somebody_says_so(bureau: Bureau) -> None:
    bureau.drain()
    id = bureau.issue("R1", reason="\U0010fffd")
    assert bureau.print_due() == 0
    with bureau.room() as room:
        room.work.connection.execute(
            sa.update(orm.document)
            .where(orm.document.c.id == int(id))
            .values(html="<h1>文书</h1><p>有字</p>")
        )
        room.work.commit()
    assert bureau.print_due() == 0, "no schedule helps a character that no font has"
    retry(bureau, "R1", id)
    assert bureau.print_due() == 1 and "有字" in text_of(pdf_of(bureau.file("R1", id)))


def test_a_paper_that_stands_is_not_tried_again(bureau: Bureau) -> None:
    """The built-in layout made it: its file is given out and never changes."""
    layout = '#import "/paper.typ": *\n#show: paper\n#value("answers", "firm.name")\n#wording()\n'
    bureau.template("stands", "<h1>文书</h1><p>{{ reason }}</p>", layout)
    id = bureau.issue("P1", "stands")
    pdf = pdf_of(bureau.file("P1", id))
    with pytest.raises(Conflict):
        retry(bureau, "P1", id)
    assert pdf_of(bureau.file("P1", id)) == pdf


class Counting(TypstTypesetter):
    """Gives way to the other workers, as a press in a process of its own would."""

    def __init__(self) -> None:
        self.set: list[str] = []

    def pdf(self, layout: str, paper: Any) -> bytes:
        self.set.append(paper["number"])
        eventlet.sleep(0)
        return super().pdf(layout, paper)


def test_workers_share_the_work_and_set_nothing_twice(bureau: Bureau) -> None:
    bureau.drain()
    ids = [bureau.issue(f"W-{n}") for n in range(9)]
    typesetters = [Counting() for _ in range(3)]

    def work(typesetter: Counting) -> int:
        made, press = 0, replace(bureau.press, typesetter=typesetter)
        while count := bureau.print_due(press):
            made += count
        return made

    made = list(eventlet.GreenPool(3).imap(work, typesetters))
    numbers = [number for each in typesetters for number in each.set]
    assert sorted(numbers) == sorted(f"W-{n}-{id}" for n, id in enumerate(ids))
    assert sum(made) == 9 and min(made) > 0


def test_two_transactions_take_different_papers(bureau: Bureau) -> None:
    """On PostgreSQL while the other is still open; on SQLite one after the other."""
    bureau.drain()
    ids = {bureau.issue(f"X-{n}") for n in range(4)}
    taken, open = [], []
    with ExitStack() as both:
        for _ in range(2):
            room = both.enter_context(bureau.room())
            now = room.work.now
            taken += [row["id"] for row in room.prints.take(now, now + printing.LEASE, 2)]
            open.append(room)
            if bureau.store.writing.dialect.name == "sqlite":
                open.pop().work.commit()
        for room in open:
            room.work.commit()
    assert len(taken) == 4 and set(taken) == ids and bureau.print_due() == 0


def test_a_paper_of_a_worker_that_died_is_made_by_another(bureau: Bureau) -> None:
    bureau.drain()
    id = bureau.issue("Y1")
    with bureau.room() as room:
        now = room.work.now
        assert [row["id"] for row in room.prints.take(now, now + printing.LEASE, 2)] == [id]
        room.work.commit()
    assert bureau.print_due() == 0
    with bureau.room() as room:
        later = now + printing.LEASE
        assert id in [row["id"] for row in room.prints.take(later, later, 100)]

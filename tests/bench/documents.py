"""Signed files of documents beside the two libraries that make them, called with nothing around; CPU of this process.

What a submission pays is the row of its document, so that is timed with and without what the files have added to it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from support.press import Bureau

from gdbos_runtime import context
from gdbos_runtime.settings import Settings, use
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm, typesetting
from services.workflow.handlers import printing

COUNT, INSERTS = 40, 5000


def figures() -> dict[str, Any]:
    """Each row: {ours, peer, goal}; ms of CPU a document, µs a row."""
    context.bind(context.Context())
    with tempfile.TemporaryDirectory(prefix="gdbos-bench-") as folder:
        settings = Settings.from_env({}, amqp_uri="embedded://", data=Path(folder), port=-1)
        use(settings)
        bureau = Bureau(settings, Path(folder))
        bureau.file("warm", bureau.issue("warm"))
        for number in range(COUNT):
            bureau.issue(f"B{number}")
        alone = _ms(lambda: _alone(bureau), COUNT)
        rounds = COUNT // printing.ROUND
        ours = _ms(bureau.print_due, rounds) / printing.ROUND
        found = {
            "a document issued → signed file, ms, vs Typst + pyHanko alone": {
                "ours": ours,
                "peer": alone,
                "goal": 1.5,
            },
            "a round of two, ms of each second": {
                "ours": ours * printing.ROUND,
                "peer": 1000.0,
                "goal": 0.1,
            },
            "a round with nothing to do, ms": {"ours": _ms(bureau.print_due, 200), "peer": ours, "goal": 0.1},
            "the row of a document, µs, vs without code, version, facts and index": _rows(bureau),
        }
        use(None)
    for name, row in found.items():
        print(
            f"{name:72} {row['ours']:8.2f} {row['peer']:8.2f}  ratio {row['ours'] / row['peer']:.2f}  ≤ {row['goal']}"
        )
    return found


def _alone(bureau: Bureau) -> None:
    """The same paper through the same two libraries; the row is left to whoever takes it."""
    with bureau.room() as room:
        now = room.work.now
        (row,) = room.prints.take(now, now, 1)
        sheet = printing._sheet(row, bureau.press, room)
    typeset = typesetting._set(
        (typesetting.ROOT / "document.typ").read_text(), sheet.paper, [typesetting.STANDARD]
    )
    bureau.press.signer._sign(typeset)  # type: ignore[attr-defined]


def _rows(bureau: Bureau) -> dict[str, float]:
    """Rows of one transaction, into the table as it is and into one as it was."""
    was = sa.Table(
        "was", sa.MetaData(), *(c._copy() for c in orm.document.c if c.name in ("id", "case_no", "kind", "title", "html", "at")),
        sa.Index("was_case", "case_no"),
    )  # fmt: skip
    old = {
        "case_no": "X",
        "kind": "receipt",
        "title": {"zh-Hans": "收件凭证"},
        "html": "x" * 700,
        "at": "2026-01-01",
    }
    new = {**old, "code": "0" * 16, "template_version": 1, "facts": None}
    with UnitOfWork(bureau.store) as work:
        was.create(work.connection)
        ours = min(_us(work, orm.document, new) for _ in range(3))
        peer = min(_us(work, was, old) for _ in range(3))
    return {"ours": ours, "peer": peer, "goal": 1.5}


def _us(work: UnitOfWork, table: sa.Table, row: dict[str, Any]) -> float:
    statement = sa.insert(table)
    return _ms(lambda: work.connection.execute(statement, row), INSERTS) * 1000


def _ms(act: Callable[[], Any], times: int) -> float:
    """CPU of this process, all its threads, for one call."""
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) * 1000 / times


if __name__ == "__main__":
    figures()

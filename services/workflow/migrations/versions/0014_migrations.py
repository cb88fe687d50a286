"""Migrations of running cases, each with its cases; those of before are read out of the history."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    runs = op.create_table(
        "migration",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("process", sa.String(128), nullable=False),
        sa.Column("from_version", sa.Integer, nullable=False),
        sa.Column("to_version", sa.Integer, nullable=False),
        sa.Column("moves", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
        sa.Column("stayed", sa.Integer, nullable=True),
        sa.Column("undone_at", sa.String(40), nullable=True),
        sa.Column("undone_by", sa.String(64), nullable=True),
    )
    op.create_index("migration_at", "migration", ["at", "id"])
    carried = op.create_table(
        "migration_case",
        sa.Column("migration", sa.String(32), primary_key=True),
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
    )
    op.create_index("migration_case_no", "migration_case", ["case_no"])
    _read_history(runs, carried)


def _read_history(runs: sa.Table, carried: sa.Table) -> None:
    history = sa.table(
        "history", *map(sa.column, ("case_no", "seq", "at", "actor", "command", "key", "body"))
    )
    cases = sa.table("cases", sa.column("case_no"), sa.column("process"))
    query = (
        sa.select(history, cases.c.process)
        .join(cases, cases.c.case_no == history.c.case_no)
        .where(history.c.command.in_(("migrate", "undo")))
        .order_by(history.c.at, history.c.case_no)
    )
    found: dict[str, dict[str, object]] = {}
    rows: list[dict[str, object]] = []
    for row in op.get_bind().execute(query).all():
        id = row.key.partition(":")[2]
        if row.command == "undo":
            found[id] |= {"undone_at": row.at, "undone_by": row.actor}
            continue
        rows.append({"migration": id, "case_no": row.case_no, "seq": row.seq})
        body = json.loads(row.body)
        facts = {"from_version": body["from"], "to_version": body["version"], "moves": body["moves"]}
        first = {"id": id, "process": row.process, **facts, "at": row.at, "by": row.actor, "cases": 0}
        run = found.setdefault(id, {**first, "stayed": None, "undone_at": None, "undone_by": None})
        run["cases"] = int(str(run["cases"])) + 1
    if found:
        op.bulk_insert(runs, list(found.values()))
        op.bulk_insert(carried, rows)

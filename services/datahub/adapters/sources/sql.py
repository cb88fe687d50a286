"""A table of an agency's own database, read in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from gdbos_contracts.errors import Unavailable
from services.datahub.adapters.sources.base import located
from services.datahub.domain.source import Source


class SqlTable:
    """Identifiers come from reflection only; values are always bound."""

    def __init__(self, source: Source, data: Path) -> None:
        address = located(source, data)
        self._engine = sa.create_engine(
            address, pool_pre_ping=not address.startswith("sqlite"), hide_parameters=True
        )
        self._name = source.table
        self._table: sa.Table | None = None
        self._by: dict[str, sa.Select[Any]] = {}

    def columns(self) -> Sequence[str]:
        return list(self._reflected().c.keys())

    def count(self) -> int:
        table = self._reflected()
        try:
            with self._engine.connect() as connection:
                return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
        except SQLAlchemyError as error:
            raise Unavailable(f"source database: {type(error).__name__}") from error

    def find(self, column: str, value: str) -> Mapping[str, Any] | None:
        table = self._reflected()
        if column not in table.c:
            raise Unavailable("source table has no such column")
        try:
            with self._engine.connect() as connection:
                row = connection.execute(self._found_by(table, column), {"value": value}).first()
        except SQLAlchemyError as error:
            raise Unavailable(f"source database: {type(error).__name__}") from error
        return dict(row._mapping) if row else None

    def _found_by(self, table: sa.Table, column: str) -> sa.Select[Any]:
        if column not in self._by:
            self._by[column] = sa.select(table).where(table.c[column] == sa.bindparam("value")).limit(1)
        return self._by[column]

    def _reflected(self) -> sa.Table:
        if self._table is None:
            try:
                self._table = sa.Table(self._name, sa.MetaData(), autoload_with=self._engine)
            except SQLAlchemyError as error:
                raise Unavailable(f"source database: {type(error).__name__}") from error
        return self._table

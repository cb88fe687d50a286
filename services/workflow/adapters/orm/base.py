"""The tables' metadata, with those of the runtime."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import runtime_tables

metadata = sa.MetaData()

runtime = runtime_tables(metadata)

"""What a source tells of its table: every column, mapped or not, by name and never by value."""

from __future__ import annotations

from typing import Any

from support.hub import FakeContracts, FakeLegacy, FakeSources
from support.standards import FakeWork

from services.datahub import handlers

MAPPED = {
    "id": "register",
    "agency": "A",
    "name": {},
    "kind": "csv",
    "location": "x",
    "subject": "firm.uscc",
    "columns": {"firm.uscc": "TYSHXYDM"},
}


class Told(FakeWork):
    """Keeps what is emitted."""

    def emit(self, type: str, subject: str, data: Any) -> None:
        self.uses = data["uses"]


def told(legacy: FakeLegacy) -> Any:
    work = Told()
    handlers.publish_sources([MAPPED], False, FakeSources(), FakeContracts(), legacy, work)  # type: ignore[arg-type]
    return work.uses[0]


def test_columns_that_a_mapping_leaves_out_are_told_by_name() -> None:
    found = told(FakeLegacy({"TYSHXYDM": "914403007001010012", "FRXM": "陈晓明", "BZ": ""}))
    assert (found["unmapped"], found["field_count"]) == (["FRXM", "BZ"], 3)
    assert "陈晓明" not in str(found)


def test_a_table_that_cannot_be_read_counts_what_is_mapped() -> None:
    found = told(FakeLegacy({}))
    assert (found["unmapped"], found["field_count"]) == ([], 1)

"""The lists and crosswalks that ship, as the registry publishes them."""

from __future__ import annotations

import pytest
from support.house import ROOT
from support.standards import FakeCrosswalks, FakeRegistry, FakeWork

from gdbos_contracts.principal import SYSTEM
from gdbos_runtime import packs
from services.standards import handlers
from services.standards.domain.codelist import CodeList


@pytest.mark.parametrize(
    ("crosswalk", "value", "targets"),
    [
        ("gov.satisfaction_stars", "1", ("5",)),
        ("gov.task_type_from_gd", "20", ("10",)),
        ("gb.region_successor", "330103", ("330105",)),
        ("gb.region_successor", "330104", ("330102", "330114")),
    ],
)
def test_what_ships_translates(crosswalk: str, value: str, targets: tuple[str, ...]) -> None:
    pack, registry, held = packs.read(ROOT / "deploy/packs/standards"), FakeRegistry(), FakeCrosswalks()
    registry.add_code_lists([CodeList.from_data(each) for each in pack.code_lists])
    command = {"crosswalks": pack.crosswalks, "dry_run": False}
    handlers.publish_crosswalks(command, SYSTEM, registry, held, FakeWork())
    found = held.crosswalk(crosswalk)
    assert found is not None and found.translate(value).targets == targets

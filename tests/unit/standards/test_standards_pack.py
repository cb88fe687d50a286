"""The lists and crosswalks that ship, as the registry publishes them."""

from __future__ import annotations

import pytest
import yaml
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
        ("gov.document_kind_platform", "111", ("10",)),
        ("gov.document_kind_platform", "414", ("20",)),
        ("gov.document_kind_platform", "513", ()),
        ("gb.industry_2017", "58", ("58", "59")),
        ("gb.industry_2017", "59", ("59",)),
        ("gb.industry_2017", "82", ("83",)),
        ("gb.industry_2017", "96", ("97",)),
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


@pytest.mark.parametrize(
    ("id", "version", "size"),
    [("gb.nationality_group", 2, 56), ("gb.industry", 2017, 20 + 97), ("gb.industry", 2011, 20 + 96)],
)
def test_a_national_list_is_whole(id: str, version: int, size: int) -> None:
    lists = [CodeList.from_data(each) for each in packs.read(ROOT / "deploy/packs/standards").code_lists]
    (found,) = (each for each in lists if (each.id, each.version) == (id, version))
    assert len(found.codes) == size


def test_every_industry_of_2011_has_a_successor_and_one_of_2017_has_no_other_origin() -> None:
    pack = packs.read(ROOT / "deploy/packs/standards")
    (walk,) = (each for each in pack.crosswalks if each["id"] == "gb.industry_2017")
    editions = {each["version"]: each["codes"] for each in pack.code_lists if each["id"] == "gb.industry"}
    old, new = ({code["value"]: code["names"]["zh-Hans"] for code in editions[v]} for v in (2011, 2017))
    assert [entry["source"] for entry in walk["entries"]] == list(old)
    reached = {target for entry in walk["entries"] for target in entry["targets"]}
    assert set(new) - reached == {"79"}, "土地管理业 is new"
    renamed = {
        entry["source"]
        for entry in walk["entries"]
        if old[entry["source"]] not in map(new.get, entry["targets"])
    }
    assert renamed == {"05", "11", "25", "50", "58", "59", "86", "95"}


def test_the_packs_that_ship_do_not_contradict_each_other() -> None:
    """Both are installed by `make run`: a version that both hold would have to be the same."""
    held = [packs.read(ROOT / "deploy/packs" / name).code_lists for name in ("standards", "starter")]
    own, others = ({(each["id"], each["version"]) for each in lists} for lists in held)
    assert own and others and not own & others


def test_an_agency_answers_for_every_element_of_the_starter_pack() -> None:
    pack = packs.read(ROOT / "deploy/packs/starter")
    agencies = {
        agency["code"] for agency in yaml.safe_load((ROOT / "deploy/packs/starter/agencies.yaml").read_text())
    }
    assert {element.get("steward") for element in pack.elements} <= agencies

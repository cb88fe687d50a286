"""Trials: equal statements find equal numbers however they are cut; arrivals keep their year's number and hours."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reengineering_models import WEEKDAYS, graph, one_step, queue_of_one

from gdbos_contracts.errors import BadInput
from services.workflow.domain import bpmn, engine, mining
from services.workflow.domain.comparison import trials
from services.workflow.domain.simulation import read, simulate, suggested
from services.workflow.domain.simulation.arriving import rates
from services.workflow.domain.simulation.models import prepare
from services.workflow.domain.simulation.worktime import WorkTime
from services.workflow.domain.simulation.world import World

STARTER = Path(__file__).resolve().parents[3] / "deploy" / "packs" / "starter" / "processes"
TEXT = (STARTER / "signboard.bpmn").read_text(encoding="utf-8")
FOOD = (STARTER / "food-licence.bpmn").read_text(encoding="utf-8")
GRAPH = engine.compile(bpmn.parse(TEXT.encode()))


def stated(**models: str) -> dict[str, object]:
    scenario = {**suggested(GRAPH), "days": 10, "warm_up": 0, "replications": 2}
    return {"kind": "processes", "scenario": scenario, "models": models}


def test_a_trial_cut_into_replications_finds_what_one_run_finds() -> None:
    statement = stated(after=TEXT)
    places = trials.places(trials.sides(statement))
    assert places == [("after", 0), ("after", 1)]
    backwards = [trials.run(statement, place, WEEKDAYS) for place in reversed(range(len(places)))]
    found = trials.report(statement, backwards[::-1])["sides"]["after"]
    assert found == simulate({"case": GRAPH}, read(statement["scenario"]), WEEKDAYS)


def test_one_process_against_itself_differs_in_nothing() -> None:
    statement = stated(before=TEXT, after=TEXT)
    found = [trials.run(statement, place, WEEKDAYS) for place in range(4)]
    sides = trials.report(statement, found)["sides"]
    assert sides["before"] == sides["after"]


def test_a_scenario_for_two_processes_leaves_nothing_of_either_open() -> None:
    both = suggested(GRAPH, engine.compile(bpmn.parse(FOOD.encode())))
    assert set(
        trials.sides({"kind": "processes", "scenario": both, "models": {"before": TEXT, "after": FOOD}})
    )


@pytest.mark.parametrize(
    "change", [{"replications": 51}, {"days": 2000, "arrivals": {"per_day": 100}}, {"steps": {}}]
)
def test_what_is_too_large_or_open_is_refused_before_it_is_kept(change: dict[str, object]) -> None:
    statement = stated(after=TEXT)
    statement["scenario"] = {**statement["scenario"], **change}  # type: ignore[dict-item]
    with pytest.raises(BadInput):
        trials.sides(statement)


@given(st.dictionaries(st.integers(0, 23), st.integers(0, 50), min_size=1))
def test_the_hours_share_out_the_day_and_nothing_else(weights: dict[int, int]) -> None:
    data = one_step(8, 1)
    data["arrivals"] = {"per_day": 8, "by_hour": {str(hour): weight for hour, weight in weights.items()}}
    if not any(weights.values()):
        with pytest.raises(BadInput):
            read(data)
        return
    office = WorkTime(date(2026, 1, 5))
    found = rates(read(data).arrivals, office)
    opened = {hour: office.open_minutes(hour * 60, hour * 60 + 60) for hour in found}
    a_day = sum(rate * opened[hour] / office.minutes_a_day for hour, rate in found.items())
    assert a_day == pytest.approx(8) if found else not any(opened.values())


def test_arrivals_come_at_their_hours_and_as_many_as_stated() -> None:
    data = one_step(40, 0.01, days=200)
    data["arrivals"] = {"per_day": 40, "by_hour": {"9": 3, "14": 1}}
    scenario = read(data)
    world = World([prepare(graph(queue_of_one()), scenario.members[0], scenario)], scenario, WEEKDAYS, "seed")
    world.run()
    hours = Counter(int(matter.arrived % 1440 // 60) for matter in world.matters)
    assert set(hours) == {9, 14}
    assert hours[9] / hours[14] == pytest.approx(3, rel=0.1)
    assert sum(hours.values()) / 200 == pytest.approx(40, rel=0.05)


def test_a_year_is_told_as_numbers_and_a_few_cases_without_their_hours() -> None:
    today = date(2026, 11, 24)
    many = mining.profile(
        [("2026-03-02", 3, 4), ("2026-03-03", 12, 5), ("2026-03-03", 20, 3)], WEEKDAYS, today
    )
    assert many["cases"] == 12 and many["per_day"] == round(12 / many["working_days"], 3)
    assert many["by_hour"] == {"9": 7, "10": 0, "11": 0, "14": 5, "15": 0, "16": 0, "17": 0}
    few = mining.profile([("2026-03-02", 10, 9)], WEEKDAYS, today)
    assert few["cases"] == 9 and few["by_hour"] == {}
    assert mining.profile([], WEEKDAYS, today)["per_day"] == 0

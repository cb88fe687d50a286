"""What every simulation must obey: closed forms, conservation, order of time, equal seeds equal numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reengineering_models import WEEKDAYS, graph, model, one_step, queue_of_one

from services.workflow.domain import bpmn, engine
from services.workflow.domain.simulation import read, simulate
from services.workflow.domain.simulation.models import prepare
from services.workflow.domain.simulation.world import World

STARTER = Path(__file__).resolve().parents[3] / "deploy" / "packs" / "starter" / "processes"
FOOD = engine.compile(bpmn.parse((STARTER / "food-licence.bpmn").read_bytes()))
ONE = graph(queue_of_one())


def world_of(a_graph: Any, data: dict[str, Any]) -> World:
    scenario = read(data)
    world = World([prepare(a_graph, scenario.members[0], scenario)], scenario, WEEKDAYS, str(scenario.seed))
    world.run()
    return world


def licence(**more: Any) -> dict[str, Any]:
    return {
        "days": 30,
        "replications": 2,
        "arrivals": {"per_day": 8},
        "roles": {"intake": {"people": 1}, "reviewer": {"people": 4}, "decider": {"people": 1}},
        "steps": {
            "intake": {"work": {"triangular": [0.1, 0.3, 0.8]}},
            "document_review": {"work": {"exponential": 1}},
            "site_inspection": {"work": 2, "delay": {"uniform": [1, 3]}},
            "decide": {"work": 0.4},
        },
        "waits": {"corrected": {"exponential": 5}, "lapsed": 15},
        "corrections": 0.2,
        "returns": 0.05,
        **more,
    }


@pytest.mark.parametrize("load", [0.3, 0.6])
def test_the_queue_of_one_agrees_with_its_closed_form(load: float) -> None:
    """M/M/1 with one case an hour: wait ρ/(1-ρ) hours, queue ρ²/(1-ρ), clerk busy ρ of the time."""
    data = one_step(24 * load, {"exponential": 1}, days=350, warm_up=20, replications=4)
    found = simulate({"case": ONE}, read(data), WEEKDAYS)
    role = found["roles"]["clerk"]
    assert role["utilisation"]["mean"] == pytest.approx(load, rel=0.03)
    assert role["wait"]["mean"] == pytest.approx(load / (1 - load), rel=0.06)
    assert role["queue"]["mean"] == pytest.approx(load**2 / (1 - load), rel=0.08)
    hours = found["duration"]["mean"]
    assert hours["low"] * 24 < 1 / (1 - load) < hours["high"] * 24


def test_constant_work_waits_half_as_long() -> None:
    """M/D/1 (Pollaczek-Khinchine): wait ρ/(2(1-ρ))."""
    found = simulate({"case": ONE}, read(one_step(14.4, 1, days=350, warm_up=20, replications=4)), WEEKDAYS)
    assert found["roles"]["clerk"]["wait"]["mean"] == pytest.approx(0.75, rel=0.06)


def test_queue_is_rate_times_wait() -> None:
    """Little's law, the queue as a mean over time, the wait as a mean over visits: of every role of a licence."""
    found = simulate({"case": FOOD}, read(licence(days=400, replications=1)), WEEKDAYS)
    for name, role in found["roles"].items():
        steps = [step for step in found["steps"].values() if step["role"] == name]
        per_hour = sum(step["visits"]["mean"] for step in steps) * 8 / 7
        assert role["queue"]["mean"] == pytest.approx(per_hour * role["wait"]["mean"], rel=0.1), name


def test_equal_seeds_give_equal_numbers_and_others_do_not() -> None:
    first, again, other = (
        json.dumps(simulate({"case": FOOD}, read(licence(seed=seed)), WEEKDAYS)) for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other


def test_two_processes_under_one_seed_meet_the_same_arrivals() -> None:
    serial = graph(model({"u": 'gdbos:role="clerk"', "v": 'gdbos:role="clerk"'}, "start>u u>v v>end"))
    both = one_step(10, {"exponential": 0.5}, days=20)
    longer = one_step(10, {"exponential": 0.5}, days=20)
    longer["steps"]["v"] = {"work": 0.1}
    arrived = [[m.arrived for m in world_of(g, data).matters] for g, data in ((ONE, both), (serial, longer))]
    assert arrived[0] == arrived[1]


scenarios = st.fixed_dictionaries(
    {
        "days": st.integers(1, 15),
        "warm_up": st.integers(0, 5),
        "seed": st.integers(0, 10**6),
        "drain": st.booleans(),
        "corrections": st.sampled_from([0, 0.3, 0.7]),
        "returns": st.sampled_from([0, 0.2]),
        "arrivals": st.fixed_dictionaries({"per_day": st.sampled_from([0.5, 6, 20])}),
    }
)


@settings(max_examples=40)
@given(scenarios)
def test_nothing_is_lost_and_nobody_does_two_things_at_once(data: dict[str, Any]) -> None:
    """Arrivals = done + in flight; a drained run leaves none; no role has more at work than it has people."""
    world = world_of(FOOD, licence(**data))
    ended = [matter for matter in world.matters if matter.ended is not None]
    flying = [matter for matter in world.matters if matter.ended is None]
    assert len(world.matters) == len(ended) + len(flying)
    assert not (data["drain"] and flying)
    assert all(matter.ended >= matter.arrived for matter in ended if matter.ended is not None)
    for name, station in world.stations.items():
        visits = [visit for visit in world.visits if visit.role == name and visit.start is not None]
        assert all(visit.created <= visit.queued <= (visit.start or 0) for visit in visits)
        marks = [(visit.start, 1) for visit in visits] + [(visit.end, -1) for visit in visits if visit.end]
        busy = 0
        for _, change in sorted(marks, key=lambda mark: (mark[0], mark[1])):
            busy += change
            assert busy <= station.people


def test_work_is_done_in_opening_hours_only() -> None:
    """Eight hours of work that begin on Friday at four end on Monday at five (9-12, 14-18)."""
    data = one_step(1, 8, days=5, drain=True)
    data["arrivals"] = {"times": ["2026-01-09T16:00:00+08:00"]}
    data["roles"]["clerk"]["calendar"] = "office"
    (matter,) = world_of(ONE, data).matters
    assert matter.ended == pytest.approx((7 * 24 + 17) * 60)


def test_correction_is_asked_for_once() -> None:
    """行政許可法 Art. 32: with certain correction every case is corrected once and then accepted."""
    found = simulate({"case": FOOD}, read(licence(corrections=1, returns=0, drain=True)), WEEKDAYS)
    assert found["steps"]["intake"]["visits"]["mean"] <= 2
    assert found["outcomes"]["granted"]["mean"] > 0.5


def test_a_refused_member_ends_those_that_wait_for_it() -> None:
    data = one_step(5, 0.1, days=10, drain=True)
    data["members"] = [{"id": "a"}, {"id": "b", "after": ["a"]}]
    scenario = read(data)
    refusing = graph(
        queue_of_one().replace(b'<bpmn:endEvent id="end"', b'<bpmn:endEvent id="end" gdbos:outcome="denied"')
    )
    prepared = [prepare(g, m, scenario) for g, m in zip((refusing, ONE), scenario.members, strict=True)]
    world = World(prepared, scenario, WEEKDAYS, "1")
    world.run()
    assert {tuple(matter.outcomes.items()) for matter in world.matters} == {
        (("a", "denied"), ("b", "terminated"))
    }

"""What was saved is computed from the models; what may run side by side follows from the data of the steps."""

from __future__ import annotations

from pathlib import Path
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reengineering_models import WEEKDAYS, graph, model

from gdbos_contracts.errors import BadInput
from gdbos_runtime import packs
from services.workflow.domain.comparison import Profile, compare, suggestions
from services.workflow.domain.comparison.journeys import report, runs, side
from services.workflow.domain.comparison.picture import picture

STARTER = Path(__file__).resolve().parents[3] / "deploy" / "packs" / "starter"
BEFORE, AFTER = STARTER / "simulations" / "before", STARTER / "processes"


def reading(reads: str, writes: str, role: str = "r", days: int = 2) -> str:
    return f'gdbos:role="{role}" gdbos:due="{days}" gdbos:reads="{reads}" gdbos:writes="{writes}"'


def chain(a: str, b: str) -> Profile:
    return Profile(graph(model({"a": a, "b": b}, "start>a a>b b>end")))


def test_the_study_of_the_starter_pack_suggests_what_was_done() -> None:
    """The serial food licence, put side by side: the linter of data says what the new model already does."""
    old, new = (graph((folder / "food-licence.bpmn").read_bytes()) for folder in (BEFORE, AFTER))
    found = compare(old, new)
    assert [each["steps"] for each in found["parallel_old"]] == [["document_review", "site_inspection"]]
    assert found["parallel"] == []
    assert found["saved"] == {
        "materials": None, "steps": 0, "days": 1.0, "visits": 1, "handovers": -2, "roles": 0,
    }  # fmt: skip
    assert found["old"]["critical"]["steps"] == ["intake", "document_review", "site_inspection", "decide"]


@pytest.mark.parametrize(
    ("a", "b", "parallel"),
    [
        (reading("x", "y"), reading("x", "z"), True),
        (reading("x", "y"), reading("y", "z"), False),
        (reading("z", "y"), reading("x", "z"), False),
        (reading("x", "y"), reading("x", "y"), False),
        (reading("", ""), reading("x", "y"), False),
    ],
)
def test_steps_run_side_by_side_only_when_neither_uses_what_the_other_makes(
    a: str, b: str, parallel: bool
) -> None:
    assert bool(suggestions(chain(a, b))) == parallel


def test_a_decision_in_between_keeps_steps_in_order() -> None:
    tasks = {"a": reading("x", "y"), "b": reading("x", "z"), "c": reading("x", "w")}
    flows = "start>a a>+g +g>b +g>c b>+j c>+j +j>end"
    text = model(tasks, flows).replace(b"parallelGateway", b"exclusiveGateway")
    assert suggestions(Profile(graph(text, strict=False))) == []


def test_three_in_a_row_become_one_group_and_save_all_but_the_longest() -> None:
    tasks = {"a": reading("x", "p", days=2), "b": reading("x", "q", days=5), "c": reading("x", "s", days=1)}
    (found,) = suggestions(Profile(graph(model(tasks, "start>a a>b b>c c>end"))))
    assert (found["steps"], found["saves"]) == (["a", "b", "c"], 3)


def test_a_loop_back_is_not_counted_twice() -> None:
    tasks = {"a": reading("x", "y", days=2), "b": reading("y", "z", days=3)}
    text = model(tasks, "start>+g +g>a a>b b>+h +h>end +h>+g").replace(
        b"parallelGateway", b"exclusiveGateway"
    )
    assert Profile(graph(text, strict=False)).critical == (5.0, ("a", "b"))


def test_handovers_are_changes_of_role() -> None:
    tasks = {"a": reading("x", "y", "r"), "b": reading("y", "z", "s"), "c": reading("z", "w", "s")}
    assert Profile(graph(model(tasks, "start>a a>b b>c c>end"))).handovers == [("a", "b")]


def test_the_applicant_is_asked_for_what_no_step_makes() -> None:
    profile = chain(reading("x k", "y"), reading("y", "z"))
    assert profile.asked == {"x", "k"}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12))
def test_the_longest_way_is_never_longer_than_all_steps(edges: list[tuple[int, int]]) -> None:
    """Whatever the graph: loops, islands, forks."""
    tasks = {f"t{n}": reading("x", f"y{n}", days=n + 1) for n in range(6)}
    flows = " ".join(["start>t0", *(f"t{a}>t{b}" for a, b in edges)])
    profile = Profile(graph(model(tasks, flows), strict=False))
    days, way = profile.critical
    assert len(set(way)) == len(way)
    assert days == sum(profile.steps[each].days for each in way) <= 21


def small_study() -> dict[str, object]:
    (study,) = packs.read(STARTER).studies
    study["scenario"] = {**study["scenario"], "days": 20, "warm_up": 5, "replications": 2}
    return study


def test_the_restaurant_is_quicker_with_one_form_and_reviews_at_once() -> None:
    study = small_study()
    found: dict[str, list[object]] = {"before": [], "after": []}
    for name, run in runs(study, WEEKDAYS):
        found[name].append(run)
    told = report(study, found)
    assert told["saved"]["days"] > 10
    assert {
        name: told["saved"][name] > 0 for name in ("forms", "fields", "materials", "visits", "steps")
    } == dict.fromkeys(("forms", "fields", "materials", "visits", "steps"), True)
    for language in ("zh-Hans", "zh-Hant", "en"):
        drawn = picture(told, language)
        minidom.parseString(drawn)
        assert "style=" not in drawn and "<script" not in drawn


def test_a_study_that_names_no_model_is_refused() -> None:
    study = small_study()
    study["models"] = {}
    with pytest.raises(BadInput):
        side(study, "before")

"""Steps that wait for one another without need: neither uses what the other makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.workflow.domain.comparison.profile import Profile, Step

_PASSING = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway"})


def suggestions(profile: Profile) -> list[dict[str, Any]]:
    """Runs of steps one after the other that could be done side by side, with the working days that saves.

    Only where no decision lies between them, and only for steps whose data the model states.
    """
    runs: list[list[str]] = []
    for step, following in pairs(profile):
        for run in runs:
            if run[-1] == step and all(
                independent(profile.steps[one], profile.steps[following]) for one in run
            ):
                run.append(following)
                break
        else:
            runs.append([step, following])
    return [_told(profile, run) for run in runs]


def pairs(profile: Profile) -> Iterator[tuple[str, str]]:
    """(step, the one after it): nothing else follows the first, nothing else leads to the second, both independent."""
    leading: dict[str, set[str]] = {step: set() for step in profile.steps}
    for step, following in profile.following.items():
        for other in following:
            leading[other].add(step)
    for step, following in profile.following.items():
        for other in following:
            chained = len(following) == 1 and leading[other] == {step} and _straight(profile, step, other)
            if chained and independent(profile.steps[step], profile.steps[other]):
                yield step, other


def independent(one: Step, other: Step) -> bool:
    """Bernstein's conditions, for steps that state their data."""
    apart = not (one.writes & other.reads or one.reads & other.writes or one.writes & other.writes)
    return one.declared and other.declared and apart


def _straight(profile: Profile, step: str, other: str) -> bool:
    """No way forks between the two."""
    node = step
    while node != other:
        onward = profile.graph.nodes[node].out
        if len(onward) != 1:
            return False
        node = onward[0].target
        if node != other and profile.graph.nodes[node].type not in _PASSING:
            return False
    return True


def _told(profile: Profile, run: list[str]) -> dict[str, Any]:
    steps = [profile.steps[each] for each in run]
    saves = sum(step.days for step in steps) - max(step.days for step in steps)
    return {"steps": run, "names": [step.name for step in steps], "saves": saves}

"""Own conformance set: small models, the commands given to them, and the way the tokens must go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from engine_pairs import handlers, pairs, races
from engine_play import Play

from services.workflow.domain.engine import Ended, Incident, MessageSent

FOLDER = Path(__file__).parent / "conformance"


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    made = [*pairs(), *handlers(), *races()]
    return found + [pytest.param(case, id=f"pairs: {case['name']}") for case in made]


CASES = cases()


@pytest.mark.parametrize("case", CASES)
def test_tokens_go_the_way_of_the_standard(case: dict[str, Any]) -> None:
    incident = None
    play = Play(case["model"], case.get("given"), strict=not case.get("lenient"))
    try:
        for command in case.get("do", ()):
            play.tell(command)
    except Incident as error:
        incident = [error.element, error.reason]
    assert play.seen() == case["trace"]
    assert incident == case.get("incident")
    if incident:
        return
    assert play.doc["state"] == case.get("state", "completed")
    ended = [effect for effect in play.effects if isinstance(effect, Ended)]
    assert len(ended) == (play.doc["state"] != "active")
    if "outcome" in case:
        assert ended[0].outcome == case["outcome"]
    if "vars" in case:
        assert play.doc["vars"] == case["vars"]
    if "clock" in case:
        assert play.now.isoformat() == case["clock"]
    if "sent" in case:
        assert [effect.name for effect in play.effects if isinstance(effect, MessageSent)] == case["sent"]


def test_the_set_is_large_enough() -> None:
    assert len(CASES) >= 700

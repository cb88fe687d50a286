"""A timer that is waited for fires at another moment: the document given stays as it was, and nothing else changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from engine_models import bpmn

from gdbos_contracts.errors import StaleTask
from services.workflow.domain.bpmn import parse
from services.workflow.domain.engine import commands, compile
from services.workflow.domain.engine.headless import BEGIN
from services.workflow.domain.engine.replay import Command, carry_out, replayed

GRAPH = compile(
    parse(bpmn("start s\nuser a\nboundary b on=a timer=P1D\nend e\nend f\ns > a > e\nb > f")), "p"
)
LATER = (BEGIN + timedelta(days=3)).isoformat()


def test_only_its_moment_changes_and_the_replay_is_the_same() -> None:
    doc, _ = commands.start(GRAPH, {}, BEGIN)
    before = json.dumps(doc)
    (timer,) = doc["waits"]
    moved = Command("postpone", timer, {"due": LATER})
    after, effects = carry_out(GRAPH, doc, moved, BEGIN)
    assert json.dumps(doc) == before and effects == ()
    assert after == {**doc, "waits": {timer: {**doc["waits"][timer], "due": LATER}}}
    assert replayed(GRAPH, [(Command("start"), BEGIN), (moved, BEGIN)]) == after


def test_what_is_no_timer_or_no_longer_waited_for_is_refused() -> None:
    doc, _ = commands.start(GRAPH, {}, BEGIN)
    (timer,) = doc["waits"]
    (task,) = doc["tokens"]
    over, _ = commands.complete(GRAPH, doc, task, {}, BEGIN)
    for at, wait in ((doc, task), (doc, "w99"), (over, timer)):
        with pytest.raises(StaleTask):
            commands.postpone(GRAPH, at, wait, LATER, BEGIN)

"""Sound models, each spoilt in one place at a time: what must be found, and at which element."""

from __future__ import annotations

from collections.abc import Iterator

import engine_spoiling as spoil
from engine_bases import BASES
from engine_models import bpmn
from lxml import etree

_ACTIVITIES = ("task", "userTask", "serviceTask", "scriptTask", "receiveTask", "callActivity", "subProcess")
_EVENTS = ("intermediateCatchEvent", "boundaryEvent")
MUTATIONS: list[tuple[str, tuple[str, ...], spoil.Mutation]] = [
    ("flow to nowhere", ("sequenceFlow",), spoil.bend("targetRef")),
    ("flow from nowhere", ("sequenceFlow",), spoil.bend("sourceRef")),
    ("unfinished condition", ("sequenceFlow",), spoil.spoil_condition("action =")),
    ("condition with a stray bracket", ("sequenceFlow",), spoil.spoil_condition('(action = "x"')),
    ("condition in another language", ("sequenceFlow",), spoil.spoil_condition("action === 'x';")),
    ("condition gone", ("sequenceFlow",), spoil.spoil_condition("")),
    ("default that leaves elsewhere", ("exclusiveGateway", "inclusiveGateway"), spoil.put("default", "f1", "dangling_default")),
    ("boundary of nobody", ("boundaryEvent",), spoil.put("attachedToRef", "nobody", "dangling_boundary")),
    ("boundary of a gateway", ("boundaryEvent",), spoil.put("attachedToRef", "x", "dangling_boundary")),
    ("reference to nobody", (*_EVENTS, "startEvent", "endEvent"), spoil.refer),
    ("message of nobody", ("receiveTask",), spoil.put("messageRef", "nobody", "dangling_reference")),
    ("event without definition", _EVENTS, spoil.strip_events),
    ("event with two definitions", (*_EVENTS, "startEvent", "endEvent"), spoil.second_event),
    ("timer of words", _EVENTS, spoil.timer("in two days")),
    ("timer that is cut", _EVENTS, spoil.timer("P")),
    ("timer with a wrong letter", _EVENTS, spoil.timer("P5X")),
    ("timer without text", _EVENTS, spoil.timer("")),
    ("complex gateway", ("exclusiveGateway", "parallelGateway", "inclusiveGateway"), spoil.retag("complexGateway", "unsupported")),
    ("ad-hoc subprocess", ("subProcess",), spoil.retag("adHocSubProcess", "unsupported")),
    ("transaction", ("subProcess",), spoil.retag("transaction", "unsupported")),
    ("nothing leads here", (*_ACTIVITIES, "exclusiveGateway", "endEvent"), spoil.cut_in),
    ("a trap", (*_ACTIVITIES[:5],), spoil.trap),
    ("an id twice", (*_ACTIVITIES, "startEvent", "endEvent", *_EVENTS), spoil.twin),
    ("flow into a start", ("startEvent",), spoil.join_up("other", "start_with_incoming")),
    ("flow out of an end", ("endEvent",), spoil.join_up("this", "end_with_outgoing")),
    ("flow into a boundary event", ("boundaryEvent",), spoil.join_up("other", "boundary_with_incoming")),
    ("task behind an event gateway", ("eventBasedGateway",), spoil.behind),
    ("loop without a number", _ACTIVITIES, spoil.drop_loop_source),
    ("loop with a spoilt number", _ACTIVITIES, spoil.write("loopCardinality", "3 +", "expression")),
    ("loop with a spoilt completion", _ACTIVITIES, spoil.write("completionCondition", "done =", "expression")),
    ("script that does not parse", ("scriptTask",), spoil.write("script", "a +", "expression")),
    ("script in another language", ("scriptTask",), spoil.put("scriptFormat", "groovy", "script_language")),
    ("an action that is none", ("userTask",), spoil.put(f"{{{spoil.GDBOS}}}actions", "fly", "unknown_mark")),
    ("a state that is none", ("userTask",), spoil.put(f"{{{spoil.GDBOS}}}state", "lost", "unknown_mark")),
    ("an outcome that is none", ("endEvent",), spoil.put(f"{{{spoil.GDBOS}}}outcome", "perhaps", "unknown_mark")),
    ("a call of nothing", ("callActivity",), spoil.put("calledElement", "", "missing_called")),
    ("compensation", _ACTIVITIES, spoil.put("isForCompensation", "true", "unsupported")),
    ("event subprocess without trigger", ("subProcess",), spoil.untrigger),
    ("a join that never gets its tokens", ("parallelGateway",), spoil.deadlock),
]  # fmt: skip


def mutants() -> Iterator[tuple[str, bytes, str, str]]:
    """(name, XML, code, element) of every mutation at every place where it applies."""
    for base, text in BASES.items():
        sound = bpmn(text)
        for name, tags, mutate in MUTATIONS:
            places = len(spoil.nodes(etree.fromstring(sound), *tags))
            for place in range(places):
                root = etree.fromstring(sound)
                expected = mutate(root, spoil.nodes(root, *tags)[place])
                if expected is not None:
                    yield f"{base}: {name}, place {place}", etree.tostring(root), *expected

"""Plays a script of commands against a model and notes what happened, in a form short enough to expect.

Commands: `do u a=1` completes the task at u (`u#2`: the second one), `timer b`, `message M a=1`, `signal S`,
`error u CODE`, `escalate u CODE`, `set a=1`, `cancel reason`. Values are JSON, else text.
Trace: elements entered in order; `-u` for one that was cancelled.
"""

from __future__ import annotations

import json
from typing import Any

from engine_models import bpmn

from services.workflow.domain.bpmn import parse
from services.workflow.domain.engine import Trace, commands, compile
from services.workflow.domain.engine.documents import ROOT
from services.workflow.domain.engine.headless import BEGIN, Headless


class Play(Headless):
    def __init__(self, model: str, variables: dict[str, Any] | None = None, strict: bool = True) -> None:
        super().__init__(compile(parse(bpmn(model)), "p", strict=strict), BEGIN)
        self.start(variables or {})

    def tell(self, command: str) -> None:
        before = json.dumps(self.doc)
        old = self.doc
        verb, *words = command.split()
        variables = {name: value(text) for name, _, text in (w.partition("=") for w in words if "=" in w)}
        words = [word for word in words if "=" not in word]
        if verb == "do":
            self.complete(self.token(words[0]), variables)
        elif verb == "timer":
            self.fire(self.wait(words[0]))
        elif verb == "message":
            self.message(words[0], variables)
        elif verb == "signal":
            self.signal(words[0], variables)
        elif verb == "set":
            self._take(commands.assign(self.graph, self.doc, variables, self.now))
        elif verb == "cancel":
            self._take(commands.cancel(self.graph, self.doc, words[0], self.now))
        else:
            call = {"error": commands.throw_error, "escalate": commands.escalate}[verb]
            self._take(call(self.graph, self.doc, self.token(words[0]), words[1], variables, self.now))
        assert json.dumps(old) == before, "a command altered the document it was given"
        conserve(self.doc)

    def token(self, name: str) -> str:
        element, _, number = name.partition("#")
        found = [t for t, facts in self.doc["tokens"].items() if facts["e"] == element and "k" in facts]
        return found[int(number or 1) - 1]

    def wait(self, element: str) -> str:
        return next(wait for wait, facts in self.doc["waits"].items() if facts["e"] == element)

    def seen(self) -> str:
        marks = {"enter": "", "cancel": "-"}
        return " ".join(
            marks[effect.event] + effect.element
            for effect in self.effects
            if isinstance(effect, Trace) and effect.event in marks
        )


def value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def conserve(doc: dict[str, Any]) -> None:
    """Tokens are conserved: each scope's count is what stands in it and waits in its joins; all owners exist."""
    counts = dict.fromkeys(doc["scopes"], 0)
    for facts in doc["tokens"].values():
        counts[facts["s"]] += 1
    for key, arrived in doc["joins"].items():
        counts[key.partition(":")[0]] += sum(arrived.values())
    assert counts == doc["live"]
    for scope, facts in doc["scopes"].items():
        assert (facts["o"] in doc["tokens"]) != (scope == ROOT)
    for facts in doc["waits"].values():
        assert facts["o"] in doc["tokens"] or facts["o"] in doc["scopes"]
    if doc["state"] != "active":
        assert not (doc["tokens"] or doc["scopes"] or doc["waits"] or doc["joins"] or doc["live"])
    assert json.loads(json.dumps(doc)) == doc

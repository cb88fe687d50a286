"""A small language for BPMN models in tests, made into real BPMN XML.

start s                     node kinds: see TAGS; `name=value` are marks, bare words are flags
user u role=clerk           gdbos attributes: role, state, actions, outcome, job …
boundary b on=u timer=PT1H keep
sub p {                     a subprocess; `handler h {` an event subprocess; `process q {` another process
  start i
  i > t > o                 sequence flows
}
x > a if ok = true          condition; `x > b default`
"""

from __future__ import annotations

import shlex
from xml.sax.saxutils import escape, quoteattr

TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "task": "task",
    "manual": "manualTask",
    "user": "userTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "rule": "businessRuleTask",
    "script": "scriptTask",
    "call": "callActivity",
    "sub": "subProcess",
    "handler": "subProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "complex": "complexGateway",
}
EVENTS = ("start", "end", "catch", "throw", "boundary")
OURS = ("role", "state", "actions", "outcome", "job", "template", "decision", "form", "due", "result", "key")
_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gdbos="urn:gdbos:bpmn:1" '
    'targetNamespace="urn:test">'
)


class Builder:
    """Reads the lines of one model and writes its elements."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.references: dict[str, str] = {}
        self.flows = 0

    def reference(self, kind: str, name: str) -> str:
        identifier = f"{kind}_{len(self.references)}"
        code = {"error": "errorCode", "escalation": "escalationCode"}.get(kind, "name")
        for known, text in self.references.items():
            if known.startswith(f"{kind}_") and f" {code}={quoteattr(name)}" in text:
                return known
        self.references[identifier] = f'<{kind} id="{identifier}" {code}={quoteattr(name)}/>'
        return identifier

    def line(self, line: str) -> None:
        if line == "}":
            self.body.append("</subProcess>")
        elif ">" in line.split("if ")[0].split("=")[0]:
            self.path(line)
        else:
            self.node(line)

    def path(self, line: str) -> None:
        path, _, condition = line.partition(" if ")
        default = path.endswith(" default")
        steps = [step.strip() for step in path.removesuffix(" default").split(">")]
        for source, target in zip(steps, steps[1:], strict=False):
            self.flows += 1
            inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
            identifier = f"{source}.{target}" if default else f"f{self.flows}"
            self.body.append(
                f'<sequenceFlow id="{identifier}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
            )

    def node(self, line: str) -> None:
        words = shlex.split(line.removesuffix("{"), posix=True)
        kind, identifier = words[0], words[1]
        marks = dict(word.split("=", 1) for word in words[2:] if "=" in word)
        flags = {word for word in words[2:] if "=" not in word}
        attributes = f' id="{identifier}"' + "".join(
            f" gdbos:{name}={quoteattr(marks[name])}" for name in OURS if name in marks
        )
        attributes += "".join(
            f" {name}={quoteattr(marks[mark])}"
            for mark, name in (("on", "attachedToRef"), ("calls", "calledElement"), ("default", "default"))
            if mark in marks
        )
        if "keep" in flags:
            attributes += ' cancelActivity="false"' if kind == "boundary" else ' isInterrupting="false"'
        if kind == "handler":
            attributes += ' triggeredByEvent="true"'
        if kind in ("receive", "send") and "message" in marks:
            attributes += f' messageRef="{self.reference("message", marks["message"])}"'
        inner = self.event(marks, flags) if kind in EVENTS else ""
        inner += self.loop(marks, flags)
        if "feel" in marks:
            inner += f"<script>{escape(marks['feel'])}</script>"
        if line.endswith("{"):
            self.body.append(f"<{TAGS[kind]}{attributes}>{inner}")
        else:
            self.body.append(f"<{TAGS[kind]}{attributes}>{inner}</{TAGS[kind]}>")

    def event(self, marks: dict[str, str], flags: set[str]) -> str:
        if "terminate" in flags:
            return "<terminateEventDefinition/>"
        for kind in ("message", "signal", "error", "escalation"):
            if kind in flags:
                return f"<{kind}EventDefinition/>"
            if kind in marks:
                return f'<{kind}EventDefinition {kind}Ref="{self.reference(kind, marks[kind])}"/>'
        for mark, tag in (("timer", "timeDuration"), ("date", "timeDate"), ("cycle", "timeCycle")):
            if mark in marks:
                return f"<timerEventDefinition><{tag}>{marks[mark]}</{tag}></timerEventDefinition>"
        if "when" in marks:
            condition = f"<condition>{escape(marks['when'])}</condition>"
            return f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"
        if "link" in marks:
            return f'<linkEventDefinition name="{marks["link"]}"/>'
        return ""

    def loop(self, marks: dict[str, str], flags: set[str]) -> str:
        if "repeat" in marks or "max" in marks:
            most = f' loopMaximum="{marks["max"]}"' if "max" in marks else ""
            before = ' testBefore="true"' if "before" in flags else ""
            condition = f"<loopCondition>{escape(marks.get('repeat', ''))}</loopCondition>"
            return f"<standardLoopCharacteristics{before}{most}>{condition}</standardLoopCharacteristics>"
        if "times" not in marks and "each" not in marks:
            return ""
        sequential = ' isSequential="true"' if "sequential" in flags else ""
        inner = ""
        if "each" in marks:
            inner += f"<loopDataInputRef>{marks['each']}</loopDataInputRef>"
            inner += f'<inputDataItem id="{self.unique()}" name="{marks.get("item", "item")}"/>'
        if "times" in marks:
            inner += f"<loopCardinality>{marks['times']}</loopCardinality>"
        if "until" in marks:
            inner += f"<completionCondition>{escape(marks['until'])}</completionCondition>"
        tag = "multiInstanceLoopCharacteristics"
        return f"<{tag}{sequential}>{inner}</{tag}>"

    def unique(self) -> str:
        self.flows += 1
        return f"d{self.flows}"


def bpmn(text: str) -> bytes:
    """BPMN XML of the model; its process is `p`."""
    builder = Builder()
    processes: list[str] = []
    called, depth = "p", 0
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("data "):
            name = line.split()[1]
            builder.body.append(f'<dataObject id="{name}" name="{name}"/>')
        elif line.startswith("process "):
            processes.append(_process(called, builder.body))
            called, builder.body = line.split()[1], []
        elif line and not (line == "}" and depth == 0):
            depth += line.endswith("{") - (line == "}")
            builder.line(line)
    processes.append(_process(called, builder.body))
    return (_HEAD + "".join(builder.references.values()) + "".join(processes) + "</definitions>").encode()


def _process(identifier: str, body: list[str]) -> str:
    """Default flows are marked on their source afterwards: the flow's id is source.target."""
    joined = "\n".join(body)
    for line in body:
        if line.startswith("<sequenceFlow") and "." in line.split('"')[1]:
            flow = line.split('"')[1]
            source = flow.split(".")[0]
            joined = joined.replace(f' id="{source}"', f' id="{source}" default="{flow}"', 1)
    return f'<process id="{identifier}" isExecutable="true">\n{joined}\n</process>'

"""Activities: who or what does them, how often, with which expressions."""

from __future__ import annotations

from collections.abc import Iterator

from services.workflow.domain.actions import LABELS
from services.workflow.domain.bpmn.expressions import feel
from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import Model, Node, Process
from services.workflow.domain.engine.expressions import problem
from services.workflow.domain.engine.lint.messages import finding

STATES = frozenset(
    ("submitted", "received", "accepted", "reviewing", "deciding", "issuing", "delivering", "suspended")
)
ACTIONS = frozenset(LABELS)
OUTCOMES = frozenset(
    (
        "granted", "denied", "refused", "refused_acceptance", "withdrawn", "not_corrected", "not_required", "transferred", "done", "upheld", "revoked",
    )
)  # fmt: skip
_JOBS = ("serviceTask", "businessRuleTask", "sendTask")
_UNSUPPORTED = {"transaction", "adHocSubProcess", "complexGateway"}


def findings(model: Model, process: Process) -> Iterator[Finding]:
    names = process.data_names()
    for node in process.nodes():
        if node.tag in _UNSUPPORTED or node.attributes.get("isForCompensation") == "true":
            yield finding("unsupported", node.id, node.tag, node.line)
        yield from _performer(process, node)
        yield from _script(node, names)
        yield from _marks(node)
        if node.loop is not None:
            yield from _loop(node, node.loop, names)
        for side in ("inputs", "outputs"):
            for _, text in node.extensions.get(side, ()):
                yield from _expression(node, text, names)


def _performer(process: Process, node: Node) -> Iterator[Finding]:
    own = node.extensions
    if node.tag == "userTask":
        laned = node.id in process.lanes or node.scope in process.lanes
        if not laned and not any(own.get(name) for name in ("role", "assignee", "candidates")):
            yield finding("missing_role", node.id, line=node.line)
    elif node.tag in _JOBS and not (own.get("job") or own.get("decision") or node.definitions):
        yield finding("missing_job", node.id, line=node.line)
    elif node.tag == "receiveTask" and not node.definitions:
        yield finding("missing_name", node.id, line=node.line)
    elif node.tag == "callActivity" and not (own.get("called") or node.attributes.get("calledElement")):
        yield finding("missing_called", node.id, line=node.line)


def _script(node: Node, names: list[str]) -> Iterator[Finding]:
    if node.tag != "scriptTask":
        return
    language = node.attributes.get("scriptFormat", "").strip().lower()
    if language and "feel" not in language:
        yield finding("script_language", node.id, language, node.line)
    elif not node.script:
        yield finding("missing_expression", node.id, line=node.line)
    else:
        yield from _expression(node, node.script, names)


def _marks(node: Node) -> Iterator[Finding]:
    own = node.extensions
    for name, allowed in (("state", STATES), ("outcome", OUTCOMES)):
        if own.get(name) and own[name] not in allowed:
            yield finding("unknown_mark", node.id, str(own[name]), node.line)
    for action in own.get("actions", ()):
        if action not in ACTIONS:
            yield finding("unknown_mark", node.id, str(action), node.line)


def _loop(node: Node, loop: dict[str, str], names: list[str]) -> Iterator[Finding]:
    if loop["kind"] == "standard":
        if not loop["condition"] and not loop["maximum"].isdigit():
            yield finding("loop_endless", node.id, line=node.line)
    elif not loop["cardinality"] and not loop["collection"]:
        yield finding("loop_source", node.id, line=node.line)
    for name in ("condition", "cardinality", "collection", "completion", "output_item"):
        yield from _expression(node, loop.get(name, ""), names)


def _expression(node: Node, text: str, names: list[str]) -> Iterator[Finding]:
    cause = problem(feel(text), names) if text else ""
    if cause:
        yield finding("expression", node.id, cause, node.line)

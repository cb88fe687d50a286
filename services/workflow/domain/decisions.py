"""Decision models looked at and tried: their tables as rows, gaps and overlaps, a decision with its explanation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_feel import dmn
from gdbos_feel.cli import shown
from gdbos_feel.errors import FeelBudgetError, FeelError
from services.workflow.domain.faults import fault

Json = Mapping[str, Any]
_ELEMENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+(@[1-9]\d{0,8})?")


def read(text: str) -> dmn.Definitions:
    """BadInput at /dmn for what is not DMN, too large, or brings a document type."""
    try:
        return dmn.read(text.encode())
    except dmn.DmnError as error:
        raise BadInput(faults=[fault("/dmn", "dmn", str(error)[:200])]) from error


def elements(text: str) -> list[str]:
    """The data elements that its inputs hold: `gdbos:element` of an input names one, as id or id@version, or the name of
    the input is the id of one. BadInput at /dmn for an attribute that is neither."""
    declared = {each.get("name"): each.get("element") for each in read(text).of_kind("inputData")}
    wrong = [f"{name}: {said}" for name, said in declared.items() if said and not _ELEMENT.fullmatch(said)]
    if wrong:
        raise BadInput(faults=[fault("/dmn", "dmn", each[:200]) for each in wrong])
    named = (said or name for name, said in declared.items())
    return sorted({each for each in named if _ELEMENT.fullmatch(each)})


def looked_at(text: str) -> dict[str, Any]:
    """{name, decisions, inputs, tables, expressions, faults, findings} of a model: BadInput.

    inputs: [{name, type}]. tables: [{decision, policy, inputs, outputs, annotations, rows}], texts as written.
    expressions: [{decision, text}]. faults: texts that are not FEEL. findings: gaps, overlaps, what is undecided.
    """
    model = read(text)
    owners = model.of_kind("decision", "businessKnowledgeModel")
    tables = [(owner, tag) for owner in owners for tag in owner.walk() if tag.name == "decisionTable"]
    literals = [(owner, owner.one("literalExpression")) for owner in owners]
    return {
        "name": model.name,
        "decisions": [each.get("name") for each in model.of_kind("decision")],
        "inputs": [_input(each) for each in model.of_kind("inputData")],
        "tables": [_table(owner.get("name"), tag) for owner, tag in tables],
        "expressions": [
            {"decision": owner.get("name"), "text": tag.words("text")} for owner, tag in literals if tag
        ],
        "faults": _faults(model),
        "findings": [_told(each) for each in dmn.check(model)],
    }


def tried(text: str, decision: str, given: Json) -> dict[str, Any]:
    """{value, errors, trace}: what the model decides, and by which rows. BadInput at /inputs or /decision."""
    model = read(text)
    types = {each["name"]: each["type"] for each in map(_input, model.of_kind("inputData"))}
    inputs = {name: _value(name, value, types.get(name, "")) for name, value in given.items()}
    try:
        return shown(dmn.compile(model).evaluate(decision, inputs, seconds=2.0))
    except (dmn.DmnError, FeelError, FeelBudgetError) as error:
        raise BadInput(faults=[fault("/decision", "dmn", str(error)[:200])]) from error


def _faults(model: dmn.Definitions) -> list[str]:
    try:
        return list(dmn.compile(model).faults)
    except dmn.DmnError as error:
        return [str(error)]


def _input(tag: Any) -> dict[str, str]:
    variable = tag.one("variable")
    return {"name": tag.get("name"), "type": variable.get("typeRef") if variable else ""}


def _table(decision: str, tag: Any) -> dict[str, Any]:
    return {
        "decision": decision,
        "policy": tag.get("hitPolicy", "UNIQUE"),
        "inputs": [_column(each) for each in tag.all("input")],
        "outputs": [each.get("label") or each.get("name") or decision for each in tag.all("output")],
        "annotations": [each.get("name") for each in tag.all("annotation")],
        "rows": [
            {
                "tests": [each.words("text") or "-" for each in rule.all("inputEntry")],
                "results": [each.words("text") for each in rule.all("outputEntry")],
                "notes": [each.words("text") for each in rule.all("annotationEntry")],
            }
            for rule in tag.all("rule")
        ],
    }


def _column(tag: Any) -> dict[str, str]:
    expression = tag.one("inputExpression")
    text = expression.words("text") if expression else ""
    return {"label": tag.get("label") or text, "text": text}


def _told(finding: dmn.Finding) -> dict[str, Any]:
    return {
        "table": finding.table,
        "kind": finding.kind,
        "rows": list(finding.rows),
        "inputs": {name: None if value is None else str(value) for name, value in finding.inputs.items()},
        "reason": finding.reason,
    }


def _value(name: str, value: Any, type: str) -> Any:
    """A text as a value of the input's type; other values as they are. "" is no value."""
    if not isinstance(value, str):
        return value
    if value == "":
        return None
    try:
        if type == "number":
            return Decimal(value)
        if type == "boolean":
            return {"true": True, "false": False}[value]
        return date.fromisoformat(value) if type == "date" else value
    except (ValueError, KeyError, InvalidOperation) as error:
        raise BadInput(faults=[fault(f"/inputs/{name}", "dmn", f"{value[:50]}: {type}")]) from error

"""Test cases of the DMN Technology Compatibility Kit: reading them, running them, counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from gdbos_feel import FeelBudgetError, dmn
from gdbos_feel.api import spelled
from gdbos_feel.boundary import feel
from gdbos_feel.moments_text import read_date, read_date_time, read_duration, read_time
from gdbos_feel.values import equal

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_CLOSE = Decimal("0.00000001")
_READERS = {"date": read_date, "time": read_time, "dateTime": read_date_time, "duration": read_duration}
_NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long"})


@dataclass(frozen=True)
class Outcome:
    """One expected result. `expects_value`: it is neither null nor an error. `cause`: why it failed."""

    folder: str
    test: str
    case: str
    expects_value: bool
    passed: bool
    cause: str


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every expected result of a folder of test cases."""
    models = {path.name: dmn.read(path.read_bytes()) for path in sorted(folder.glob("*.dmn"))}
    for tests in sorted(folder.glob("*-test-*.xml")):
        root = etree.fromstring(tests.read_bytes())
        main = models[(root.findtext("{*}modelName") or "").strip()]
        model = dmn.compile(main, [each for each in models.values() if each is not main])
        for case in root.iterfind("{*}testCase"):
            yield from _case(folder.name, tests.stem, model, case)


def _case(folder: str, tests: str, model: dmn.Model, case: Any) -> Iterator[Outcome]:
    inputs = {}
    for node in case.iterfind("{*}inputNode"):
        namespace = node.get("namespace")
        inputs[f"{namespace}#{node.get('name')}" if namespace else node.get("name")] = value_of(node)
    service = case.get("invocableName") if case.get("type") == "decisionService" else None
    for result in case.iterfind("{*}resultNode"):
        expected = value_of(result.find("{*}expected"))
        found, errors = _found(model, service, result.get("name"), inputs)
        passed = same(expected, found)
        cause = "" if passed else f"expected {str(expected)[:60]}, found {str(found)[:60]} {errors[:1]}"
        name = f"{case.get('id')}/{result.get('name')}"
        yield Outcome(folder, f"{tests}/{case.get('id')}", name, expected is not None, passed, cause)


def _found(model: dmn.Model, service: str | None, name: str, inputs: dict[str, Any]) -> tuple[Any, list[str]]:
    try:
        if service is None:
            result = model.evaluate(name, inputs)
        else:
            result = model.decision_service(service, inputs)
    except (dmn.DmnError, FeelBudgetError) as error:
        return NotImplemented, [str(error)]  # equals nothing: a decision not found is no null
    value = feel(result.value)
    if service is not None and isinstance(value, dict) and spelled(name) in value:
        value = value[spelled(name)]
    return value, result.errors


def value_of(node: Any) -> Any:
    """The value inside an inputNode, expected, component or item."""
    components = node.findall("{*}component")
    if components:
        return {spelled(each.get("name")): value_of(each) for each in components}
    listed = node.find("{*}list")
    if listed is not None:
        return [value_of(item) for item in listed.iterfind("{*}item")] if listed.get(_NIL) != "true" else None
    value = node.find("{*}value")
    return _simple(value) if value is not None and value.get(_NIL) != "true" else None


def _simple(value: Any) -> Any:
    text, kind = value.text or "", (value.get(_TYPE) or "string").rpartition(":")[2]
    if kind in _NUMBERS:
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() == "true"
    return _READERS[kind](text.strip()) if kind in _READERS else text


def same(expected: Any, found: Any) -> bool:
    """Equality as the kit has it: numbers to eight digits after the point."""
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= _CLOSE * max(1, abs(expected))
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(same(expected[k], found[k]) for k in expected)
    return equal(expected, found) is True

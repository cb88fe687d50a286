"""Does an element agree with itself? Its examples with its own schema, its codes with its own format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.schema import compose

_SAID_OF_CODES = 3


def contradictions(element: DataElement, codes: CodeList | None, pointer: str = "") -> list[Fault]:
    """Advice with pointers below `pointer`; [] for an element that agrees with itself."""
    return [*_examples(element, codes, pointer), *_codes(element, codes, pointer)]


def _examples(element: DataElement, codes: CodeList | None, pointer: str) -> Iterator[Fault]:
    if not element.examples:
        return
    schema = compose([(element, True)], [codes] if codes else [], schema_id="urn:gdbos:examples")
    validator = Validator(schema)
    for index, example in enumerate(element.examples):
        for violation in validator.explain({element.id: _value(element, example)}):
            yield Fault(f"{pointer}/examples/{index}", f"example.{violation.code}", violation.message)


def _value(element: DataElement, example: str) -> Any:
    """Examples are written as text; numbers and yes-or-no are read as the JSON that they are."""
    if not element.numeric and element.format.kind != "boolean":
        return example
    try:
        return json.loads(example)
    except ValueError:
        return example


def _codes(element: DataElement, codes: CodeList | None, pointer: str) -> Iterator[Fault]:
    if codes is None:
        return
    fits = Validator(element.format.to_schema()).verdict
    strange = [code.value for code in codes.codes if not fits(code.value)]
    if strange:
        listed = " · ".join(strange[:_SAID_OF_CODES])
        message: Text = {
            "zh-Hans": f"{len(strange)} 个代码不符合格式 {element.format}，如：{listed}",
            "zh-Hant": f"{len(strange)} 個代碼不符合格式 {element.format}，如：{listed}",
            "en": f"{len(strange)} codes are not written {element.format}, such as {listed}",
        }
        yield Fault(f"{pointer}/format", "codes.format", message)

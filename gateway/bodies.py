"""JSON bodies as RFC 8259 has them: no NaN, no number past a double, no half of a surrogate pair, nothing too deep.

What Python's reader lets through beyond that would fail later, where nobody can tell the caller why.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import flask_smorest
from flask import Request
from webargs import missing
from webargs.flaskparser import FlaskParser, abort

DEEPEST = 200
"""Arrays and objects within each other."""
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


class BodyParser(FlaskParser):
    """Answers 400 to what is not JSON."""

    def load_json(self, req: Request, schema: Any) -> Any:
        raw = req.get_data(cache=True)
        if not req.is_json or not raw:
            return missing
        try:
            return read(raw)
        except (ValueError, RecursionError):
            abort(400, messages={"json": ["Invalid JSON body."]})


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = BodyParser()


def read(raw: bytes) -> Any:
    """The value; ValueError or RecursionError for what is not JSON, or too deep to be handed on."""
    text = raw.decode("utf-8")
    value = json.loads(text, parse_constant=_refused, parse_float=_finite)
    if text.count("[") + text.count("{") > DEEPEST:
        _shallow(value)
    if _HALF_PAIR.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _shallow(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _parts(each)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _parts(value: Any) -> list[Any]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in held if isinstance(each, dict | list)]


def _finite(text: str) -> float:
    found = float(text)
    if math.isinf(found):
        raise ValueError("the number is too large")
    return found


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")

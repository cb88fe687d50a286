"""JSON bodies as RFC 8259 has them: no NaN, no number past a double, no half of a surrogate pair, nothing too deep;
and no NUL, which PostgreSQL keeps in no text, in bodies, forms or addresses.

What Python's reader lets through beyond that would fail later, where nobody can tell the caller why.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import flask_smorest
from flask import Request
from webargs import missing
from webargs.flaskparser import FlaskParser, abort

from gdbos_contracts.errors import BadInput, Fault

DEEPEST = 200
"""Arrays and objects within each other."""
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_SAID = {
    "zh-Hans": "含有不可显示的字符（NUL）",
    "zh-Hant": "含有不可顯示的字元（NUL）",
    "en": "It holds a character that nobody can write (NUL)",
}
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


def legible(request: Request) -> None:
    """BadInput for NUL in the address, in the key of the request or in a form."""
    told = (request.path, request.headers.get("Idempotency-Key", ""), *_typed(request))
    if b"%00" in request.query_string or any("\0" in text for text in told):
        raise BadInput(faults=[Fault("", "nul", _SAID)])


def _typed(request: Request) -> Iterator[str]:
    """What people typed into a page; bodies of the API are not read before their permission is known."""
    if not request.path.startswith("/api/"):
        for name, value in request.form.items(multi=True):
            yield from (name, value)


def read(raw: bytes) -> Any:
    """The value; ValueError or RecursionError for what is not JSON, or too deep to be handed on; BadInput for NUL."""
    text = raw.decode("utf-8")
    if _NUL.search(text):
        raise BadInput(faults=[Fault("", "nul", _SAID)])
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

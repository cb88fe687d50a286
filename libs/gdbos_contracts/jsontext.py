"""JSON text as it is stored and sent: short, the characters as they are.

orjson writes what it can; the standard library what orjson has no way for: whole numbers of more than 64 bits,
keys that are no text, halves of surrogate pairs. Reading stays with the standard library, which keeps such numbers.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_ONLY_JSON_IN_ORDER = _ONLY_JSON | orjson.OPT_SORT_KEYS
_SHORT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_IN_ORDER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def short(value: Any) -> str:
    """The keys in their order. TypeError for what JSON has no word for."""
    try:
        return orjson.dumps(value, option=_ONLY_JSON).decode()
    except TypeError:
        return _SHORT(value)


def canonical(value: Any) -> str:
    """The same text for equal values: the keys sorted."""
    try:
        return orjson.dumps(value, option=_ONLY_JSON_IN_ORDER).decode()
    except TypeError:
        return _IN_ORDER(value)

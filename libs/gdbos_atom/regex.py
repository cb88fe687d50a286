"""ECMA-262 regular expressions, as JSON Schema means them, judged by the engine that will run them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import jsonschema_rs

_LINEAR = jsonschema_rs.RegexOptions()


def preferring_linear(make: Callable[..., Any]) -> Any:
    """What `make` makes with the engine of linear time, else with the one that also knows what is not regular
    (`(?=…)`, `\\1`); raises what that one raises.

    The other goes wrong where both could answer: it finds `[ab]+c*[ab]+` in "a".
    """
    try:
        return make(pattern_options=_LINEAR)
    except ValueError:
        return make()


def regex_is_valid(pattern: str) -> bool:
    """Whether `pattern` is a regular expression that JSON Schema may carry."""
    return _REGEX.is_valid(pattern)


def regex_matches(pattern: str, text: str) -> bool:
    """Whether `pattern` is found in `text` (unanchored). Raises ValueError for no regular expression."""
    return _compiled(pattern)(text)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Callable[[str], bool]:
    if not regex_is_valid(pattern):
        raise ValueError(f"{pattern!r} is no ECMA-262 regular expression")
    make = partial(jsonschema_rs.Draft202012Validator, {"pattern": pattern}, offline=True)
    matches: Callable[[str], bool] = preferring_linear(make).is_valid
    return matches


_REGEX = jsonschema_rs.Draft202012Validator({"format": "regex"}, validate_formats=True, offline=True)

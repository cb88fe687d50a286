"""Work in C code that would stop the event loop runs in a native thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from eventlet import tpool

Given = ParamSpec("Given")
Result = TypeVar("Result")


def offload(function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    return cast(Result, tpool.execute(function, *args, **kwargs))

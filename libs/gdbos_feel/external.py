"""Functions whose body lies outside FEEL (Java, PMML): they are declared, and never run."""

from __future__ import annotations

from typing import Any

from gdbos_feel.env import Env, Function
from gdbos_feel.types import Type


def external_function(
    names: tuple[str, ...], types: tuple[Type | None, ...], body: Any, env: Env
) -> Function:
    """A function that gives null: a model does not bring code into this process."""
    return Function(names, types, lambda inner: None, env)

"""The ambient facts of the work at hand: who, which trace, until when. Greenlets start empty."""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from typing import Any

from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_contracts.text import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Context:
    """`traceparent` is W3C trace context; `deadline` is epoch seconds or None; `case_no` is for logs."""

    principal: Principal = SYSTEM
    traceparent: str = ""
    deadline: float | None = None
    language: str = DEFAULT_LANGUAGE
    case_no: str = ""


_CURRENT: ContextVar[Context] = ContextVar("gdbos_context", default=Context())  # noqa: B039 - frozen


def current() -> Context:
    return _CURRENT.get()


def bind(context: Context) -> Token[Context]:
    """Make `context` current for this greenlet; give the token to `release`."""
    return _CURRENT.set(context)


def update(**changes: Any) -> Token[Context]:
    return _CURRENT.set(replace(_CURRENT.get(), **changes))


def release(token: Token[Context]) -> None:
    _CURRENT.reset(token)

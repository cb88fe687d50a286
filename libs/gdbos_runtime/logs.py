"""JSON logs on stderr: one object a line, with trace and case, personal data masked."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from gdbos_runtime.context import current
from gdbos_runtime.masking import mask

_NOISY = ("kombu", "amqp", "nameko", "alembic")


def configure(level: str = "INFO") -> None:
    """Set up structlog and send the standard library's records the same way."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Any] = [
        _ambient,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper("iso", utc=True),
    ]
    tail: list[Any] = [_error, _masked, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in _NOISY:  # nameko prints the arguments of calls: those are citizens' data
        logging.getLogger(name).setLevel(max(number, logging.ERROR))
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)


def get(name: str) -> Any:
    return structlog.get_logger(name)


def _ambient(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = current()
    if context.traceparent:
        event["trace"] = context.traceparent[3:35]
    if context.case_no:
        event["case_no"] = context.case_no
    return event


def _error(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where it went wrong and the class of the error; its message could quote a citizen's data."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    elif isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        frames = traceback.extract_tb(info[2])[-8:]
        event["error"] = info[0].__name__
        event["at"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in frames]
    return event


def _masked(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    masked: MutableMapping[str, Any] = mask(event)
    return masked

"""Requests on the wire, by noun."""

from services.workflow.schemas import (
    applying,
    cases,
    desk,
    engine,
    processes,
    reengineering,
    serving,
    supervision,
)
from services.workflow.schemas.shared import CaseKey, Key, Limit, Nothing

__all__ = [
    "CaseKey",
    "Key",
    "Limit",
    "Nothing",
    "applying",
    "cases",
    "desk",
    "engine",
    "processes",
    "reengineering",
    "serving",
    "supervision",
]

"""Requests on the wire, by noun."""

from services.standards.schemas import (
    elements,
    governance,
    lists,
    moving,
    scheduling,
    subjects,
    templates,
    uses,
)
from services.standards.schemas.shared import Key, Limit, ListSearch, Nothing, VersionKey

__all__ = [
    "Key",
    "Limit",
    "ListSearch",
    "Nothing",
    "VersionKey",
    "elements",
    "governance",
    "lists",
    "moving",
    "scheduling",
    "subjects",
    "templates",
    "uses",
]

"""One reference from something outside the registry to one version of one element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

KINDS = (
    *("item", "source", "process", "decision", "policy", "contract"),
    *("form", "document", "licence", "schema", "element"),
)
"""What may refer to a standard. A mapping (映射) is a source; a running case lives by its item and its process."""

Span = tuple[str, str]
"""The first day on which a version holds and the first on which it no longer does, YYYY-MM-DD; "" is open."""
OPEN: Span = ("", "")


def schema_name(id: str) -> str:
    """What a schema is called among elements and code lists, whose ids have no colon."""
    return f"schema:{id}"


def by_number(version: str) -> tuple[bool, int, str]:
    """Key that puts versions as users count them in order: numbers by their value."""
    return version.isdecimal(), len(version), version


@dataclass(frozen=True, slots=True)
class Use:
    """`kind` is one of KINDS; `version` is text, as the user counts. `element` is an element, a code list, or a schema
    as `schema_name` writes it. `cases` run on that version of the user, as last told."""

    kind: str
    id: str
    version: str
    element: str
    element_version: int
    cases: int = field(default=0, compare=False)

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "version": self.version,
            "element": self.element,
            "element_version": self.element_version,
        }

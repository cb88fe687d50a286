"""The two halves of a data element (ISO/IEC 11179-3): what it is about, and how its values are written.

The data element concept (数据元概念) is object class + property; the value domain (值域) is representation,
format, unit, code list, check rule and bounds. One concept may be written in several value domains.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.standards.domain.element import DataElement, ElementRef

AUTHORITY = "gdbos"
"""Registration authority identifier (RAI). A deployment that registers with an ISO 6523 code maps it outside."""

_DOMAIN = ("representation", "format", "unit", "code_list", "check", "minimum", "maximum", "pattern")


def irdi(ref: ElementRef) -> str:
    """`gdbos#person.name#1`: registration authority, data identifier, version (ISO/IEC 11179-6, 8.1)."""
    return f"{AUTHORITY}#{ref.id}#{ref.version}"


def from_irdi(text: str) -> ElementRef:
    """Reads what `irdi` writes. Raises ValueError for another authority or another shape."""
    authority, _, rest = text.partition("#")
    identifier, _, version = rest.partition("#")
    if authority != AUTHORITY:
        raise ValueError(f"{text!r} is not registered by {AUTHORITY}")
    return ElementRef.parse(f"{identifier}@{version}")


def concept(element: DataElement) -> Mapping[str, str]:
    """{object_class, property}: what is said, of what."""
    return {"object_class": element.object_class, "property": element.property_term}


def value_domain(element: DataElement) -> Mapping[str, Any]:
    """How values are written; keys with nothing to say are left out. `format_text` is for people."""
    data = element.to_data()
    said = {key: data[key] for key in _DOMAIN if key in data}
    return {**said, "format_text": dict(element.format.describe())}

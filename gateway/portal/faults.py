"""The error summary at the top of a form: every fault, each with a link to its field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.portal.fields import anchor, element_of
from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """`href` is a fragment of this page or another page's address; empty when there is no one place."""

    href: str
    message: Text | str


def summary(faults: Iterable[Fault], prefix: str = "") -> list[Line]:
    """Lines for faults at fields; `prefix` is the page where the fields are, when it is not this one."""
    lines = []
    for fault in faults:
        element = element_of(fault.pointer)
        lines.append(Line(f"{prefix}#{anchor(element)}" if element else "", fault.message))
    return lines


def one(message: Text | str, href: str = "") -> list[Line]:
    return [Line(href, message)]


def fault(pointer: str, code: str, hans: str, hant: str, en: str) -> Fault:
    return Fault(pointer, code, {"zh-Hans": hans, "zh-Hant": hant, "en": en})

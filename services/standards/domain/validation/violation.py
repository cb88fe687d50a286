"""One thing that is wrong with a document, for people: where, what, which element, which rule."""

from __future__ import annotations

from dataclasses import dataclass

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import DEFAULT_LANGUAGE, Text, pick


@dataclass(frozen=True, slots=True)
class Violation:
    """`pointer` is RFC 6901; `code` is the keyword, or `<check>.<why>` of an identifier rule.

    `element` is `id@version` of the data element concerned, "" outside composed schemas; `rule` is the JSON
    Pointer of the keyword in the schema, or the standard behind an identifier rule.
    """

    pointer: str
    code: str
    messages: Text
    element: str = ""
    rule: str = ""
    language: str = DEFAULT_LANGUAGE
    causes: tuple[Violation, ...] = ()

    @property
    def message(self) -> str:
        """The message in the language that was asked for."""
        return pick(self.messages, self.language)

    def to_fault(self) -> Fault:
        return Fault(self.pointer, self.code, self.messages)

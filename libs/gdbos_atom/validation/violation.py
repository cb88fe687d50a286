"""One thing that is wrong with a document, for people: where, what, which element, which rule, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text


@dataclass(frozen=True, slots=True)
class Violation:
    """`pointer` is RFC 6901: a missing or unknown member is pointed at itself, not at its parent.

    `code` is the keyword, `pattern.full_width` and `pattern.space` for those slips, or `<check>.<why>` of an
    identifier rule. `element` is `id@version` of the data element concerned, "" outside composed schemas.
    `rule` is the JSON Pointer of the keyword in the schema; `article` the standard or the legal basis behind
    it, "" when none is known. `causes` are the violations of each branch of anyOf and oneOf.
    """

    pointer: str
    code: str
    message: Text
    element: str = ""
    rule: str = ""
    article: str = ""
    action: Text = field(default_factory=dict)
    causes: tuple[Violation, ...] = ()

    def to_fault(self) -> Fault:
        return Fault(self.pointer, self.code, self.message)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON data; `causes` only where there are any."""
        data: dict[str, Any] = {
            "pointer": self.pointer,
            "code": self.code,
            "message": dict(self.message),
            "element": self.element,
            "rule": self.rule,
            "article": self.article,
            "action": dict(self.action),
        }
        return {**data, "causes": [c.to_data() for c in self.causes]} if self.causes else data

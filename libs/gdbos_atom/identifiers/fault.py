"""What is wrong with an identifier: which part, which character, why, in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from gdbos_atom.identifiers.messages import TITLES, WHY
from gdbos_contracts.errors import Fault


@dataclass(frozen=True, slots=True)
class IdentifierFault(Fault):
    """A Fault that also names the `part` and `at`, the 1-based position of the character (None: the whole).

    `code` is `<kind>.<why>`, for instance `citizen_id.check_digit`.
    """

    part: str = ""
    at: int | None = None

    @property
    def why(self) -> str:
        return self.code.rpartition(".")[2]


def fault(kind: str, why: str, *, part: str = "", at: int | None = None, **values: object) -> IdentifierFault:
    """The fault `why` of an identifier of `kind`; `values` fill the message of `messages.WHY`."""
    message = {
        language: template.format(name=TITLES[kind][language], at=at, **values)
        for language, template in WHY[why].items()
    }
    return IdentifierFault("", f"{kind}.{why}", message, part, at)


def shifted(faults: list[IdentifierFault], offset: int, part: str) -> list[IdentifierFault]:
    """The faults of an inner identifier, placed `offset` characters into the outer one.

    Messages speak of the inner identifier by its own name and count within it; `at` counts in the outer.
    """
    return [
        IdentifierFault("", f.code, f.message, part, None if f.at is None else f.at + offset) for f in faults
    ]

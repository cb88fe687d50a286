"""Who is acting: resolved by the gateway, signed by the RPC client, checked by the callee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in account.

    `kind` is person, agent (of a legal person), clerk, machine (of an agency, which takes its jobs), supervisor,
    agency_admin, admin or system.
    `subject` holds the identifying data elements of whom the principal acts for, such as
    {"person.citizen_id": "…"}; `agency` is the unified social credit code of the clerk's agency.
    `person` is the pseudonym of the natural person behind the account (gdbos_runtime.pseudonym): two accounts
    of one person have the same one, and the citizen number itself need not be kept.
    """

    id: str
    kind: str
    name: str
    roles: tuple[str, ...] = ()
    agency: str | None = None
    region: str | None = None
    subject: Mapping[str, str] = field(default_factory=dict)
    person: str | None = None

    def to_data(self) -> dict[str, Any]:
        return {**asdict(self), "roles": list(self.roles), "subject": dict(self.subject)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Principal:
        return cls(**{**data, "roles": tuple(data.get("roles", ()))})

    @property
    def is_applicant(self) -> bool:
        return self.kind in ("person", "agent")


SYSTEM = Principal(id="system", kind="system", name="GDBOS", roles=("system",))

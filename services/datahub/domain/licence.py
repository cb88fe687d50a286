"""An electronic licence (電子證照): GB/T 36901–36906."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NewType

from gdbos_contracts.errors import BadInput, Conflict
from gdbos_contracts.text import Text
from services.datahub.domain.faults import Reader

IN_FORCE, SUSPENDED, REVOKED, CANCELLED, LAPSED, MOVED_OUT, WITHDRAWN = (
    "in_force",
    "suspended",
    "revoked",
    "cancelled",
    "lapsed",
    "moved_out",
    "withdrawn",
)
STATUSES = (IN_FORCE, SUSPENDED, REVOKED, CANCELLED, LAPSED, MOVED_OUT, WITHDRAWN)
"""01 有效 02 暫扣 03 撤銷 04 註銷 05 失效 06 辦理轉出 07 吊銷."""

_TRANSITIONS: Mapping[tuple[str, str], str] = {
    (IN_FORCE, "suspend"): SUSPENDED,
    (SUSPENDED, "return"): IN_FORCE,
    (IN_FORCE, "revoke"): REVOKED,
    (SUSPENDED, "revoke"): REVOKED,
    (IN_FORCE, "cancel"): CANCELLED,
    (SUSPENDED, "cancel"): CANCELLED,
    (IN_FORCE, "lapse"): LAPSED,
    (SUSPENDED, "lapse"): LAPSED,
    (IN_FORCE, "move_out"): MOVED_OUT,
    (IN_FORCE, "withdraw"): WITHDRAWN,
    (SUSPENDED, "withdraw"): WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Licence:
    """`id` is the e-licence identifier 1.2.156.3005.2.… with check character, `holder` the identifying
    element values of the holder, `face` the face fields keyed by data element, dates YYYY-MM-DD."""

    id: str
    type: str
    name: Text
    holder: Mapping[str, str]
    issuer: str
    issuer_name: Text | str
    issued_on: str
    valid_from: str
    valid_to: str | None
    face: Mapping[str, Any]
    status: str = IN_FORCE
    case_no: str = ""
    region: str = ""
    previous: str = ""
    synthetic: bool = False
    contract: int = 0
    """The version of the data contract in which the face is written; 0 without one."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any], pointer: str = "") -> Licence:
        """BadInput with every fault and its pointer."""
        reader = Reader(data, pointer)
        found = cls(
            id=reader.take("id", str),
            type=reader.take("type", str),
            name=reader.take("name", dict),
            holder=reader.take("holder", dict),
            issuer=reader.take("issuer", str),
            issuer_name=reader.take("issuer_name", (dict, str)),
            issued_on=reader.take("issued_on", str),
            valid_from=reader.take("valid_from", str),
            valid_to=reader.take("valid_to", str, None),
            face=reader.take("face", dict),
            status=reader.choice("status", STATUSES, IN_FORCE),
            case_no=reader.take("case_no", str, ""),
            region=reader.take("region", str, ""),
            previous=reader.take("previous", str, ""),
            synthetic=reader.take("synthetic", bool, False),
            contract=reader.take("contract", int, 0),
        )
        faults = reader.finish()
        if faults:
            raise BadInput(faults=faults)
        return found

    def usable(self, today: str) -> bool:
        """In force and not expired on `today`."""
        return (
            self.status == IN_FORCE
            and self.valid_from <= today
            and (not self.valid_to or today <= self.valid_to)
        )

    def held_by(self, subject: Mapping[str, str]) -> bool:
        """True when any identifying element agrees."""
        return any(subject.get(element) == value for element, value in self.holder.items())

    def apply(self, operation: str) -> Licence:
        """The licence after a legal operation; Conflict when status × operation is not in the table."""
        target = _TRANSITIONS.get((self.status, operation))
        if target is None:
            raise Conflict(
                {
                    "zh-Hans": f"证照状态 {self.status} 不允许操作 {operation}",
                    "zh-Hant": f"證照狀態 {self.status} 不允許操作 {operation}",
                    "en": f"A licence that is {self.status} cannot {operation}",
                }
            )
        return replace(self, status=target)

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "holder": dict(self.holder),
            "issuer": self.issuer,
            "issuer_name": self.issuer_name,
            "issued_on": self.issued_on,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "face": dict(self.face),
            "status": self.status,
            "case_no": self.case_no,
            "region": self.region,
            "previous": self.previous,
            "synthetic": self.synthetic,
            "contract": self.contract,
        }


KeptLicence = NewType("KeptLicence", Licence)
"""One that its data contract lets in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verifier may learn: whether the licence stands, never who holds it."""

    valid: bool
    reason: str
    licence: Mapping[str, Any] = field(default_factory=dict)


def may(licence: Licence, operation: str) -> bool:
    """Whether the operation is open to a licence of this status."""
    return (licence.status, operation) in _TRANSITIONS


def verdict(licence: Licence | None, today: str) -> Verdict:
    """The public answer to a verification by code."""
    if licence is None:
        return Verdict(False, "unknown")
    public = {
        "id": licence.id,
        "name": licence.name,
        "issuer_name": licence.issuer_name,
        "issued_on": licence.issued_on,
        "valid_to": licence.valid_to,
        "status": licence.status,
    }
    if licence.status != IN_FORCE:
        return Verdict(False, licence.status, public)
    return Verdict(True, "in_force", public) if licence.usable(today) else Verdict(False, "expired", public)

"""A data hub in memory for its tests, and the contracts, licences and mappings that they write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gdbos_contracts.principal import SYSTEM, Principal
from services.datahub.domain.contract import DataContract
from services.datahub.domain.holdings import Offer
from services.datahub.domain.licence import Licence
from services.datahub.domain.source import Source
from services.datahub.handlers import contracting
from support.standards import FakeWork

TYPE = "11100000000013338W001"
SAID = {"zh-Hans": "人数须为正", "zh-Hant": "人數須為正", "en": "there must be staff"}
FIRST = {
    "subject": f"licence:{TYPE}",
    "version": 1,
    "agency": "A",
    "schema": {"type": "object", "properties": {"firm.name": {"type": "string"}}, "required": ["firm.name"]},
    "tags": {"firm.name": ["public"]},
    "rules": [],
}
SECOND = {
    **FIRST,
    "version": 2,
    "schema": {
        "type": "object",
        "properties": {"firm.title": {"type": "string", "maxLength": 9}, "firm.staff": {"type": "integer"}},
        "required": ["firm.title"],
        "additionalProperties": False,
    },
    "rules": [
        {"id": "staffed", "expression": "firm.staff = null or firm.staff > 0", "message": SAID},
        {
            "id": "small",
            "expression": "firm.staff = null or firm.staff < 100",
            "message": SAID,
            "action": "flag",
        },
    ],
    "up": {"firm.title": "substring(firm.name, 1, 9)", "firm.name": "null"},
    "down": {"firm.name": "firm.title", "firm.title": "null", "firm.staff": "null"},
}


class FakeContracts:
    """The port Contracts over a dictionary."""

    def __init__(self) -> None:
        self.held: dict[str, list[DataContract]] = {}

    def of(self, subject: str) -> Sequence[DataContract]:
        return list(self.held.get(subject, ()))

    lately = of

    def add(self, contract: DataContract) -> None:
        self.held.setdefault(contract.subject, []).append(contract)


class FakeLicences:
    """The part of the port Licences that registers."""

    def __init__(self) -> None:
        self.held: dict[str, Licence] = {}

    def add(self, licence: Licence) -> bool:
        return self.held.setdefault(licence.id, licence) is licence

    def get(self, id: str) -> Licence | None:
        return self.held.get(id)

    def change(self, licence: Licence) -> None:
        self.held[licence.id] = licence

    def held_by(self, subject: Mapping[str, str]) -> Sequence[Licence]:
        return [each for each in self.held.values() if each.held_by(subject)]


class FakeSources:
    """The port Sources over a dictionary."""

    def __init__(self) -> None:
        self.held: dict[str, Source] = {}

    def save(self, source: Source) -> None:
        self.held[source.id] = source

    def all(self) -> Sequence[Source]:
        return list(self.held.values())

    def get(self, id: str) -> Source | None:
        return self.held.get(id)


class FakeLegacy:
    """The part of the port LegacyReader that looks up: the same row of every source, whole or in part, and its columns."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row
        self.asked: list[frozenset[str]] = []

    def look_up(
        self, wanted: Sequence[tuple[Source, frozenset[str]]], subject: Mapping[str, str]
    ) -> tuple[list[Offer], list[str]]:
        self.asked += [elements for _, elements in wanted]
        return [
            Offer(element, self.row.get(element), source.id, source.name, "", "", source.rank)
            for source, elements in wanted
            for element in sorted(elements)
        ], []

    def columns(self, source: Source) -> Sequence[str]:
        return list(self.row)


class FakeAccesses:
    """The part of the port Accesses that notes."""

    def __init__(self) -> None:
        self.rows: list[Mapping[str, Any]] = []

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows += rows


def publish(
    contracts: FakeContracts,
    *drafts: Mapping[str, Any],
    who: Principal = SYSTEM,
    sources: FakeSources | None = None,
) -> dict[str, Any]:
    return contracting.publish_contracts(drafts, who, False, contracts, sources or FakeSources(), FakeWork())


def licence(face: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    names = {"zh-Hans": "照", "zh-Hant": "照", "en": "licence"}
    dates = {"issued_on": "2026-01-01", "valid_from": "2026-01-01", "valid_to": None}
    own = {"id": "1", "type": TYPE, "name": names, "holder": {}, "issuer": "A", "issuer_name": names}
    return {**own, **dates, "face": face, **more}

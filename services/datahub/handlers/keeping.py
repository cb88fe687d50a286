"""The one gate to what the hub stores, and to the rows that it reads in place: what its data contract does not keep
gets neither in nor out. The stores take `KeptLicence` and `KeptSource`, which are made here alone, so that the type
checker finds every path round it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from services.datahub.domain.contract import SENSITIVE, DataContract, carried
from services.datahub.domain.holdings import Offer
from services.datahub.domain.licence import KeptLicence, Licence
from services.datahub.domain.source import UNCONDITIONAL, KeptSource, Source
from services.datahub.ports import Contracts, Work

Versions = Sequence[DataContract]
"""All versions of one contract, from 1 on; empty without one."""


def kept_licence(draft: Licence, pointer: str, contracts: Contracts, work: Work) -> KeptLicence:
    """The licence as it may be written: its face carried from the version of the contract in which it is written, the
    newest unless it says so, to the newest. BadInput at each field that breaks the contract."""
    versions = contracts.of(f"licence:{draft.type}")
    written = _version(draft.contract, versions, pointer)
    face = carried(draft.face, versions, written, len(versions))
    faults = versions[-1].faults(face, f"{pointer}/face") if versions else []
    if faults:
        raise BadInput(faults=faults)
    flagged = versions[-1].flags(face) if versions else []
    if flagged:
        work.audit("contract.flag", draft.id, rules=flagged, contract=len(versions))
    return KeptLicence(replace(draft, face=face, contract=len(versions)))


def operated(held: Licence, operation: str) -> KeptLicence:
    """The licence after an operation. It writes no value of the face, so nothing of the contract can be broken and no
    revocation waits for one to be mended. Conflict where the operation is not open to it."""
    return KeptLicence(held.apply(operation))


def kept_source(draft: Source, held: Source | None, pointer: str, contracts: Contracts) -> KeptSource:
    """The source as it may be written, with the version of the contract in which its rows are: that of the draft, else
    as before, else the newest. BadInput at each column, and at a sharing, that the contract does not allow."""
    versions = contracts.of(f"source:{draft.id}")
    said = draft.contract or (held.contract if held else 0)
    written = _version(said, versions, pointer)
    if versions:
        faults = versions[written - 1].mapping_faults(draft.columns, pointer)
        if draft.sharing == UNCONDITIONAL and versions[-1].tagged(SENSITIVE) & set(draft.columns):
            faults.append(Fault(f"{pointer}/sharing", "contract.sensitive", _SENSITIVE))
        if faults:
            raise BadInput(faults=faults)
    return KeptSource(replace(draft, contract=written))


def asked_of(source: Source, elements: frozenset[str], contracts: Contracts) -> frozenset[str]:
    """What to read of the source for `elements`: under a contract whole rows, since it speaks of those."""
    versions = contracts.lately(f"source:{source.id}")
    if not versions or source.sharing == "withheld":
        return frozenset(source.offers(set(elements)))
    given = set(source.columns) | set(versions[-1].schema.get("properties", {}))
    return frozenset(source.columns) if given & elements else frozenset()


def kept_rows(
    offers: Iterable[Offer], sources: Mapping[str, Source], elements: frozenset[str], contracts: Contracts
) -> tuple[list[Offer], list[str]]:
    """The offers of `elements` whose rows keep the contracts of their sources, in the newest version, and the ids of
    the sources whose row does not: what they hold of this subject is as if it were not there."""
    by_source: dict[str, list[Offer]] = {}
    for offer in offers:
        by_source.setdefault(offer.source, []).append(offer)
    kept: list[Offer] = []
    broken: list[str] = []
    for id, row in by_source.items():
        versions = contracts.lately(f"source:{id}")
        found = _kept_row(row, sources[id], versions) if versions else row
        if found is None:
            broken.append(id)
        kept += [offer for offer in found or () if offer.element in elements]
    return kept, broken


def current_face(licence: Licence, contracts: Contracts) -> tuple[Mapping[str, Any], frozenset[str]]:
    """The face of a held licence in the newest version of its contract, and its elements that are sensitive."""
    versions = contracts.lately(f"licence:{licence.type}")
    if not versions:
        return licence.face, frozenset()
    face = carried(licence.face, versions, licence.contract or len(versions), len(versions))
    return face, versions[-1].tagged(SENSITIVE)


def _kept_row(row: Sequence[Offer], source: Source, versions: Versions) -> list[Offer] | None:
    read = {offer.element: offer.value for offer in row if offer.value not in (None, "")}
    record = carried(read, versions, source.contract or len(versions), len(versions))
    if versions[-1].faults(record):
        return None
    sensitive = versions[-1].tagged(SENSITIVE)
    like = row[0]
    return [
        replace(like, element=element, value=value, needs_consent=like.needs_consent or element in sensitive)
        for element, value in record.items()
    ]


def _version(said: int, versions: Versions, pointer: str) -> int:
    """The version in which something is written; 0 for the newest. BadInput for one that there is not."""
    if said and not 1 <= said <= len(versions):
        raise BadInput(faults=[Fault(f"{pointer}/contract", "unknown", _NO_VERSION)])
    return said or len(versions)


_NO_VERSION = {
    "zh-Hans": "合约没有此版本",
    "zh-Hant": "合約沒有此版本",
    "en": "the contract has no such version",
}
_SENSITIVE = {
    "zh-Hans": "数据合约标为敏感的数据须经同意方可共享",
    "zh-Hant": "數據合約標為敏感的數據須經同意方可共享",
    "en": "what the data contract calls sensitive is shared on consent alone",
}

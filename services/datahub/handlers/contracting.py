"""Data contracts: published by the agency that owns the kind of record, kept on every write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import Conflict, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub.domain.contract import DataContract, carried
from services.datahub.ports import Contracts, Sources, Work


def publish_contracts(
    drafts: Sequence[Mapping[str, Any]],
    principal: Principal,
    dry_run: bool,
    contracts: Contracts,
    sources: Sources,
    work: Work,
) -> dict[str, Any]:
    """{published, unchanged}: all or none. Equal content is left alone; versions are 1, 2, 3 … and never change.

    Forbidden for the contract, or for a source, of another agency; BadInput for what is no contract.
    """
    read = [DataContract.from_data(draft, f"/contracts/{index}") for index, draft in enumerate(drafts)]
    if any(not _may(principal, each, contracts, sources) for each in read):
        raise Forbidden
    known = {each.subject: list(contracts.of(each.subject)) for each in read}
    new = [each for n, each in enumerate(read) if _is_new(each, f"/contracts/{n}", known[each.subject])]
    if new and not dry_run:
        for contract in new:
            contracts.add(contract)
            work.audit("contract.publish", f"{contract.subject}@{contract.version}", agency=contract.agency)
        work.emit("elements.used", "datahub", {"uses": [use for contract in new for use in _uses(contract)]})
        work.commit()
    return {"published": [f"{c.subject}@{c.version}" for c in new], "unchanged": len(read) - len(new)}


def contract(subject: str, contracts: Contracts) -> dict[str, Any]:
    """The newest version, with the number of versions in `versions`; NotFound."""
    held = contracts.of(subject)
    if not held:
        raise NotFound
    return {**held[-1].to_data(), "versions": len(held)}


def convert(query: Mapping[str, Any], contracts: Contracts) -> dict[str, Any]:
    """{record} of version `from` as one of version `to`; NotFound for versions that there are not."""
    held = contracts.of(query["subject"])
    if not all(1 <= number <= len(held) for number in (query["start"], query["end"])):
        raise NotFound
    return {"record": carried(query["record"], held, query["start"], query["end"])}


def _may(principal: Principal, draft: DataContract, contracts: Contracts, sources: Sources) -> bool:
    """The agency of the contract, also of the one that is held, and of the source that it speaks of."""
    if principal.kind in ("admin", "system"):
        return True
    kind, _, id = draft.subject.partition(":")
    source = sources.get(id) if kind == "source" else None
    owners = {draft.agency, *(each.agency for each in contracts.of(draft.subject)[-1:])}
    return owners | ({source.agency} if source else set()) == {principal.agency}


def _is_new(draft: DataContract, pointer: str, held: list[DataContract]) -> bool:
    """Whether it is the next version, which then counts as held for those that follow in the batch."""
    if 1 <= draft.version <= len(held) and held[draft.version - 1] == draft:
        return False
    if draft.version == len(held) + 1:
        held.append(draft)
        return True
    message = {
        "zh-Hans": f"下一个版本号是 {len(held) + 1}，已发布的版本不能更改",
        "zh-Hant": f"下一個版本號是 {len(held) + 1}，已發布的版本不能更改",
        "en": f"the next version is {len(held) + 1}; what is published never changes",
    }
    raise Conflict(message, [Fault(f"{pointer}/version", "immutable", message)])


def _uses(contract: DataContract) -> list[dict[str, Any]]:
    """The contract by its records, and as a policy by what its tags and rules speak of."""
    user = {"id": contract.subject, "version": str(contract.version)}
    return [
        {"kind": "contract", **user, "elements": contract.elements()},
        {"kind": "policy", **user, "elements": contract.governed()},
    ]

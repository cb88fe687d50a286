"""告知承諾 (國辦發〔2020〕42號): told the duty, its content and the liability, the applicant pledges in place of a
proof; the agency decides at once and checks afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def made(asked: Sequence[Json], given: Sequence[Json]) -> list[dict[str, Any]]:
    """[{material, name}] of the proofs that a pledge stands in for."""
    names = {m["id"]: m["name"] for m in asked if m.get("pledge")}
    return [
        {"material": entry["material"], "name": names[entry["material"]]}
        for entry in given
        if entry.get("pledged") and entry["material"] in names
    ]


def signed(asked: Sequence[Json], given: Sequence[Json], handling: Json, signer: str, at: str) -> Json | None:
    """What was told and pledged, by whom and when; None without a pledge."""
    pledges = made(asked, given)
    notice = handling.get("pledge", {}).get("notice", {})
    return {"proofs": pledges, "notice": notice, "signed_by": signer, "at": at} if pledges else None

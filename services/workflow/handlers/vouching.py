"""What the hub says of the licences that stand for materials.

It is asked before the case is read to be written: on SQLite whoever writes has the place of all, and the hub may be
slow or away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import Conflict
from gdbos_contracts.principal import Principal
from services.workflow.domain import intake
from services.workflow.ports import Others

Json = Mapping[str, Any]
Vouched = Mapping[str, Json]
"""Licence → what the hub says of it."""


def vouched(claims: Sequence[Json], principal: Principal, others: Others) -> Vouched:
    """Of each licence of the claims; nothing is asked without any."""
    if not claims:
        return {}
    found = others.hub.check_licences(claims, principal.subject)
    return {claim["licence"]: said for claim, said in zip(claims, found, strict=True)}


def all_known(asked: Sequence[Json], given: Sequence[Json], known: Vouched) -> Vouched:
    """Conflict when the materials name a licence that the hub was not asked about: they changed meanwhile."""
    if any(claim["licence"] not in known for claim in intake.licences_in(asked, given)):
        raise Conflict
    return known

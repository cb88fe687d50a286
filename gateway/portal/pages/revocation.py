"""撤銷 of a licence by who issued it: looked at first with what falls with it, then done with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput, Conflict, NotFound

_NOT_YOURS = {
    "zh-Hans": "此证照不是本部门颁发的，只有颁发部门可以撤销",
    "zh-Hant": "此證照不是本部門頒發的，只有頒發部門可以撤銷",
    "en": "Another agency issued this licence; only that agency can revoke it",
}
_OVER = {
    "zh-Hans": "此证照已撤销或已失效，无需再撤销",
    "zh-Hant": "此證照已撤銷或已失效，無需再撤銷",
    "en": "This licence is revoked or not in force any more; there is nothing to revoke",
}


@portal.get("/cases/<case_no>/revocation")
@permit("agency")
def revocation(case_no: str) -> Response:
    """The licence of the case, and the cases that declared to rest on it."""
    return _page(case_no, [])


@portal.post("/cases/<case_no>/revocation")
@permit("agency")
def revoke_licence(case_no: str) -> Response:
    """Done once; the case and what rests on it follow by events."""
    found = _licensed(case_no)
    reason = request.form.get("reason", "").strip()[:2000]
    try:
        ask("datahub", "revoke_licence", {"licence": found["result"]["licence"], "reason": reason})
    except BadInput as error:
        return _page(case_no, [faults.Line("#reason", each.message) for each in error.faults], 422)
    except NotFound:
        return _page(case_no, faults.one(_NOT_YOURS), 403)
    except Conflict:
        return _page(case_no, faults.one(_OVER), 409)
    return _page(case_no, [], done=True)


def _licensed(case_no: str) -> Mapping[str, Any]:
    """The case; NotFound for one that issued no licence."""
    found: Mapping[str, Any] = ask("workflow", "application", {"case_no": case_no})
    if not (found.get("result") or {}).get("licence"):
        raise NotFound
    return found


def _page(case_no: str, summary: list[faults.Line], status: int = 200, done: bool = False) -> Response:
    found = _licensed(case_no)
    response = view.render(
        "revocation.html",
        case=found,
        falls=[] if done else _resting_on(found),
        reason=request.form.get("reason", ""),
        done=done,
        summary=summary,
    )
    response.status_code = status
    return response


def _resting_on(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Members of the same bundle that rest on this one, and those that rest on them; none where the bundle is not the
    reader's to see."""
    if not case["parent"]:
        return []
    try:
        members = ask("workflow", "application", {"case_no": case["parent"]})["children"]
    except NotFound:
        return []
    fallen = {case["member"]}
    while more := {m["member"] for m in members if fallen & set(m["waits_for"])} - fallen:
        fallen |= more
    return [each for each in members if each["member"] in fallen - {case["member"]}]

"""Service of a decision 送達: to whom, by which way, and from which day it counts 送達日期.

From that day run the times of the remedies. `handling.delivery` of the item: {notice_days}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import Text
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault, text
from services.workflow.domain.intake import plain
from services.workflow.domain.remedies import adverse

Json = Mapping[str, Any]
IN_PERSON, POST, ELECTRONIC, LEFT, NOTICE = WAYS = (
    "in_person", "post", "electronic", "left", "public_notice",
)  # fmt: skip
"""直接送達, 郵寄送達, 電子送達, 留置送達, 公告送達 (民事訴訟法 Art. 88–95, which administrative service follows)."""
NAMES: Mapping[str, Text] = {
    IN_PERSON: text("直接送达", "直接送達", "In person"),
    POST: text("邮寄送达", "郵寄送達", "By post"),
    ELECTRONIC: text("电子送达", "電子送達", "Electronically"),
    LEFT: text("留置送达", "留置送達", "Left, as it was refused"),
    NOTICE: text("公告送达", "公告送達", "By public notice"),
}
NOTICE_DAYS = 30
"""Days after a public notice at which it counts as served (Art. 95), where the item says nothing."""
APPLICANT, PROXY = "applicant", "proxy"
_NEEDS: Mapping[str, Sequence[str]] = {
    IN_PERSON: ("collector",),
    POST: ("evidence",),
    ELECTRONIC: (),
    LEFT: ("evidence", "reason"),
    NOTICE: ("evidence", "reason"),
}
"""Way → what its certificate must name: who collected, the number of the parcel, the witnesses, where it was
published, and why no other way would do."""


def served(body: Json) -> Json | None:
    """{way, on, served_on, recipient, …} of the service that was made; None before."""
    found: Json | None = body.get("service", {}).get("served")
    return found


def servable(case: Case) -> bool:
    """Whether there is something to be served that was not served yet."""
    decided = bool(case.body.get("decision") or case.body.get("result")) or adverse(case.body, case.outcome)
    return case.kind == "item" and decided and served(case.body) is None


def may_consent(case: Case) -> bool:
    """Whether there is, or may come, something that could be served electronically."""
    return served(case.body) is None and (case.open or servable(case)) and case.kind == "item"


def consented(body: Json) -> bool:
    """Whether the applicant agreed to electronic service 同意電子送達."""
    return "consent" in body.get("service", {})


def recipient(number: str, body: Json, subject: Json, same_filer: bool) -> str | None:
    """Whose identity number it is: the applicant's own or their agent's who filed (`same_filer`), the proxy's, or
    nobody's who may be handed the result: None."""
    own = subject.get("person.citizen_id")
    if same_filer or (own is not None and plain(number) == plain(own)):
        return APPLICANT
    proxy = body.get("proxy")
    return PROXY if proxy and plain(number) == plain(proxy["citizen_id"]) else None


def faults(data: Json, body: Json, decided: date, today: date) -> list[Fault]:
    """What is wrong with a service, without who collected it."""
    way = data["way"]
    found = [fault(f"/data/{name}", "service_needs", name) for name in _NEEDS[way] if not data.get(name)]
    found += day_faults(data["on"], decided, today)
    if way == ELECTRONIC and not consented(body):
        found.append(fault("/data/way", "no_service_consent"))
    if way == NOTICE and not body.get("service", {}).get("attempts"):
        found.append(fault("/data/way", "no_attempt"))
    return found


def day_faults(on: str, decided: date, today: date) -> list[Fault]:
    """Nothing is served before it was decided, nor on a day to come."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return [fault("/data/on", "no_day", on)]
    if day > today:
        return [fault("/data/on", "future_day", on)]
    return [fault("/data/on", "before_decision", decided.isoformat())] if day < decided else []


def counts_from(way: str, on: date, body: Json) -> date:
    """The date of service: a public notice counts when its days are over, every other way on its day."""
    rule = body.get("item", {}).get("handling", {}).get("delivery", {})
    return on + timedelta(days=int(rule.get("notice_days", NOTICE_DAYS))) if way == NOTICE else on


def decided_on(case: Case) -> date:
    """The day of what is to be served: of the decision, else of the end of the case."""
    at = (case.body.get("decision") or {}).get("at") or case.closed_at or case.submitted_at
    return date.fromisoformat(at[:10])

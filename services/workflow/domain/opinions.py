"""Joint review 聯合審查, 並聯審批: other agencies' opinions on one case, by the rules of its item.

`handling.joint_review` of the item: {agencies: [{agency, name, role, days, reads, form}], further: the same shape,
days, objection, silence}. The process asks `agencies`; the lead may ask those of `further` as well 補充徵求意見, by
hand, each with a question and a last day. objection: `stops`, one objection and nothing is granted, or `lead_decides`,
the lead agency may overrule it with reasons. silence: {basis, further}, the article by which silence is consent
逾期視為同意, and whether it says so of questions of `further` too; without it, silence is only late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
AGREE, CONDITIONS, OBJECT, CORRECTION = "agree", "agree_with_conditions", "object", "ask_correction"
KINDS = frozenset((AGREE, CONDITIONS, OBJECT, CORRECTION))
STOPS, LEAD_DECIDES = "stops", "lead_decides"
ASK, WITHDRAW = ACTS = ("ask_opinion", "withdraw_opinion")
"""What the lead does by hand."""
DAYS = 5
"""Working days for an opinion, where the item says nothing."""
_OPEN_TO_ALL = (
    "agency",
    "name",
    "asked_at",
    "due",
    "at",
    "opinion",
    "conditions",
    "deemed",
    "overtaken",
    "withdrawn",
)


def rule_of(body: Json) -> Json:
    """The item's rule; {} where no other agency has a say."""
    found: Json = body.get("item", {}).get("handling", {}).get("joint_review", {})
    return found


def reviewers(body: Json) -> list[dict[str, Any]]:
    """Whom the process asks now: the agencies named by the item whose opinion does not stand yet."""
    rule = rule_of(body)
    settled = {each["agency"] for each in _latest(body) if each["opinion"] not in (None, CORRECTION)}
    return [
        {
            "agency": each["agency"],
            "role": each.get("role", "reviewer"),
            "days": int(each.get("days", rule.get("days", DAYS))),
            "reads": list(each.get("reads", ())),
            "form": list(each.get("form", ())),
        }
        for each in rule.get("agencies", ())
        if each["agency"] not in settled
    ]


def request(body: Json, agency: str, token: str, at: str, due: str) -> dict[str, Any]:
    """An agency is asked: what is kept until it answers. `due` is the last day."""
    rule = rule_of(body)
    known = (*rule.get("agencies", ()), *rule.get("further", ()))
    name: Json = next((each.get("name", {}) for each in known if each["agency"] == agency), {})
    return {"agency": agency, "name": name, "token": token, "asked_at": at, "due": due, "opinion": None}


def steps(body: Json) -> list[str]:
    """The acts of the lead that are possible, between acceptance and decision."""
    if not body.get("accepted_on") or body.get("decision"):
        return []
    return [*([ASK] if askable(body) else []), *([WITHDRAW] if withdrawable(body) else [])]


def askable(body: Json) -> list[Json]:
    """Those of `further` that may be asked now, or asked again: nobody twice at a time."""
    waiting = {each["agency"] for each in body.get("opinions", ()) if _waits(each)}
    return [each for each in rule_of(body).get("further", ()) if each["agency"] not in waiting]


def withdrawable(body: Json) -> list[Json]:
    """Questions asked by hand that are open yet, or were answered by the wish for a correction. What was objected
    cannot be made unsaid."""
    return [
        each
        for each in _latest(body)
        if "question" in each and (_waits(each) or each["opinion"] == CORRECTION)
    ]


def by_hand(body: Json, token: str) -> dict[str, Any] | None:
    """The question that the lead asked under this token; None for one of the process."""
    asked_so = (each for each in body.get("opinions", ()) if each["token"] == token and "question" in each)
    found: dict[str, Any] | None = next(asked_so, None)
    return found


def basis_of_silence(body: Json, opinion: Json) -> Json | None:
    """The article by which the agency's silence is consent; None where none says so."""
    silence = rule_of(body).get("silence") or {}
    covered = "question" not in opinion or silence.get("further", False)
    found: Json | None = silence.get("basis") if covered else None
    return found


def asked(body: Json, token: str) -> dict[str, Any] | None:
    """The request behind a task, while it waits for its answer."""
    waiting = (each for each in body.get("opinions", ()) if each["token"] == token and _waits(each))
    found: dict[str, Any] | None = next(waiting, None)
    return found


def verdict(body: Json) -> str:
    """stopped | correction | objected | agreed, of the newest opinion of each agency: `review` in the process."""
    held = {each["opinion"] for each in _latest(body)}
    if OBJECT in held and rule_of(body).get("objection", STOPS) == STOPS:
        return "stopped"
    if CORRECTION in held:
        return "correction"
    return "objected" if OBJECT in held else "agreed"


def faults_asked(body: Json) -> list[dict[str, Any]]:
    """What the agencies want put right, for the one notice; none once there was a notice."""
    if body.get("correction"):
        return []
    return [{**each, "by": held["agency"]} for held in _latest(body) for each in held.get("faults", ())]


def against(body: Json) -> str | None:
    """Why nothing may be granted now: `opinion_open` or `objection_stands`; None when nothing is against it."""
    if any(_waits(each) or each["opinion"] == CORRECTION for each in _latest(body)):
        return "opinion_open"
    return "objection_stands" if verdict(body) == "stopped" else None


def overruled(body: Json) -> bool:
    """Whether a grant would go against an objection, so that it needs reasons."""
    return verdict(body) == "objected"


def shown(body: Json, agency: str | None) -> list[dict[str, Any]]:
    """As `agency` sees them: its own whole, of the others who was asked and what they said. None is the lead,
    who sees all; "" is the applicant, who reads the reasons in the decision."""
    return [
        dict(each) if agency is None or each["agency"] == agency else _public(each)
        for each in body.get("opinions", ())
        if agency in (None, "", each["agency"])
    ]


def _public(opinion: Json) -> dict[str, Any]:
    return {name: opinion[name] for name in _OPEN_TO_ALL if name in opinion}


def _waits(opinion: Json) -> bool:
    return opinion["opinion"] is None and not opinion.get("overtaken") and not opinion.get("withdrawn")


def _latest(body: Json) -> Sequence[Json]:
    standing = (each for each in body.get("opinions", ()) if not each.get("withdrawn"))
    return list({each["agency"]: each for each in standing}.values())

"""What of a case an agency may see at a task (data minimisation: 個人信息保護法 Art. 6, 34).

The agency whose item it is, and the one above to which a stage gives it, see what the item asks for. Another agency sees what the task's form names, and
what the process entitles the task to by `reads`: element ids, and ids of materials. Where `reads` is given it
also bounds the item's own agency. What may not be seen is not sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.workflow.domain import stages

Json = Mapping[str, Any]


def named(task: Json, case_agency: str, body: Json) -> frozenset[str]:
    """Ids of the elements and materials that this task's agency may see."""
    if task.get("reads") is not None:
        return frozenset(task["reads"]) | frozenset(task["form"])
    if task["agency"] not in stages.owners(body, case_agency):
        return frozenset(task["form"])
    return whole(body)


def whole(body: Json) -> frozenset[str]:
    """Every element and material that is asked or given."""
    asked = (
        (each["element"] for each in body.get("elements", ())),
        (each["id"] for each in body.get("asked", ())),
    )
    given = body["answers"], (each["material"] for each in body["materials"])
    return frozenset().union(*asked, *given)


def projected(body: Json, names: Iterable[str]) -> dict[str, Any]:
    """{answers, elements, asked, materials} of a case, with only what `names` holds."""
    held = frozenset(names)
    return {
        "answers": {k: v for k, v in body["answers"].items() if k in held},
        "elements": [each for each in body.get("elements", ()) if each["element"] in held],
        "asked": [each for each in body.get("asked", ()) if each["id"] in held],
        "materials": [each for each in body["materials"] if each["material"] in held],
    }


def notice(correction: Json | None, names: Iterable[str]) -> Json | None:
    """The correction notice without the faults at fields that may not be seen."""
    if correction is None:
        return None
    held = frozenset(names)
    faults = [each for each in correction["faults"] if not each.get("field") or each["field"] in held]
    return {**correction, "faults": faults}


def undecided(automatic: Json | None, names: Iterable[str]) -> list[str]:
    """Of the facts that kept the automatic decision open, those that may be seen: a person is to find them out."""
    held = frozenset(names)
    return [name for name in (automatic or {}).get("unknown", ()) if name in held]

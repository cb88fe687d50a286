"""情形引导: question by question to one situation; the address holds the answers, so back and reload work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.portal import faults, filing, view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of
from gateway.portal.filing import Filing

CHOICE = "q."
KINDS = "any(items, bundles)"


@portal.get(f"/<{KINDS}:kind>/<code>/apply")
@permit("public")
def guide(kind: str, code: str) -> Response:
    """The first open question, why it cannot be applied for, or what the situation asks for."""
    region, choices = _asked(kind, code)
    found = filing.guide(kind, code, region, choices)
    question = found["questions"][0] if found["questions"] else None
    skipped = question is not None and request.args.get("tried") == question["id"]
    return view.render(
        "guide.html",
        kind=kind,
        code=code,
        found=found,
        question=question,
        choices=_on_the_way(found, choices),
        answered=_answered(found),
        summary=faults.one(_CHOOSE, "#option-1") if skipped else [],
        schema=schema_of(found["elements"]) if found["situation"] is not None else {},
    )


@portal.post(f"/<{KINDS}:kind>/<code>/apply")
@permit("applicant")
def begin(kind: str, code: str) -> AnyResponse:
    """Open a draft for the situation that the guide led to."""
    region, choices = _asked(kind, code)
    found = filing.guide(kind, code, region, choices)
    if found["situation"] is None:
        return view.to(f"/{kind}/{code}/apply", region=region, **{CHOICE + q: o for q, o in choices.items()})
    made = Filing.begin(kind, code, found["name"], region, found["situation"])
    made.save()
    return view.to(made.address("form"))


def _asked(kind: str, code: str) -> tuple[str, dict[str, str]]:
    values = request.values
    choices = {name[len(CHOICE) :]: values[name] for name in values if name.startswith(CHOICE)}
    return values.get("region") or filing.place(kind, code), choices


def _on_the_way(found: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, str]:
    """Of an item, the choices that the walk used: those left over from a changed answer are dropped."""
    if "members" in found:
        return dict(choices)
    return {step["question"]: step["option"] for step in found["choices"]}


def _answered(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was answered so far, to be read and changed; of a bundle, by its members."""
    if "members" not in found:
        return list(found["choices"])
    return [
        {**step, "question": f"{member['id']}.{step['question']}"}
        for member in found["members"]
        for step in member["guide"]["choices"]
    ]


_CHOOSE = {"zh-Hans": "请选择一项", "zh-Hant": "請選擇一項", "en": "Choose one"}

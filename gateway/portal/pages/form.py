"""The form: what agencies hold is shown with its source, only the rest is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.portal import elements, faults, fields, view
from gateway.portal.blueprint import portal
from gateway.portal.filing import Filing
from gateway.portal.pages.guide import KINDS
from gdbos_contracts.errors import Fault

Json = Mapping[str, Any]


@portal.get(f"/<{KINDS}:kind>/<code>/apply/<draft>/form")
@permit("applicant")
def form(kind: str, code: str, draft: str) -> AnyResponse:
    """Section by section: prefilled values and open fields."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}")
    return _page(filing, filing.known(), (), saved="saved" in request.args)


@portal.post(f"/<{KINDS}:kind>/<code>/apply/<draft>/form")
@permit("applicant")
def save_form(kind: str, code: str, draft: str) -> AnyResponse:
    """Save; take a consent; or go on when every answer is right."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}")
    known = filing.known()
    action = request.form.get("action", "next")
    filing.answers |= fields.read(known["schema"], known["ask"], request.form)
    for name in known["ask"]:
        if fields.PREFIX + name in request.form and not request.form[fields.PREFIX + name].strip():
            filing.answers.pop(name, None)
    if action == "consent":
        wanted = set(request.form.getlist("consent")) & set(known["consent_needed"])
        filing.consents = sorted({*filing.consents, *wanted})
    filing.save()
    if action == "autosave":
        return Response(status=204)
    if action in ("consent", "save"):
        return view.to(filing.address("form"), saved="1" if action == "save" else "")
    wrong = _wrong(filing, known)
    if wrong:
        return _page(filing, known, wrong, status=422)
    return view.to(filing.address("materials" if known["materials"] else "check"))


@portal.post(f"/<{KINDS}:kind>/<code>/apply/<draft>/discard")
@permit("applicant")
def discard(kind: str, code: str, draft: str) -> AnyResponse:
    """Throw the draft away."""
    Filing.resume(kind, code, draft).discard()
    return view.to("/cases")


def _wrong(filing: Filing, known: Json) -> list[Fault]:
    answers = filing.whole(known)
    asked = [each for each in known["elements"] if each["element"] in set(known["ask"])]
    typed = {name: value for name, value in answers.items() if name in set(known["ask"])}
    return fields.missing(known["schema"], known["ask"], answers) + elements.violations(asked, typed)


def _page(
    filing: Filing, known: Json, wrong: Iterable[Fault], saved: bool = False, status: int = 200
) -> Response:
    wrong = list(wrong)
    response = view.render(
        "form.html",
        filing=filing,
        known=known,
        sections=sections(filing, known, wrong),
        summary=faults.summary(wrong),
        consent=[
            {"element": name, "label": fields.label(known["schema"], name)}
            for name in known["consent_needed"]
        ],
        saved=saved,
        held=len(known["values"]),
    )
    response.status_code = status
    return response


def sections(filing: Filing, known: Json, wrong: Sequence[Fault]) -> list[dict[str, Any]]:
    """Sections in the item's order, each with what is held and what is asked; elements of no section last."""
    named = {section["id"]: section["title"] for section in known["sections"]}
    order = [*named, *(e["section"] for e in known["elements"] if e["section"] not in named)]
    made = []
    for id in dict.fromkeys(order):
        own = [each["element"] for each in known["elements"] if each["section"] == id]
        asked = [name for name in own if name in known["ask"]]
        held = [held_value(known, name) for name in own if name in known["values"]]
        if own:
            made.append(
                {
                    "id": id,
                    "title": named.get(id, ""),
                    "held": held,
                    "fields": fields.build(known["schema"], asked, filing.answers, wrong),
                }
            )
    return made


def held_value(known: Json, name: str) -> dict[str, Any]:
    """A value that need not be asked, with where it comes from."""
    held = known["values"][name]
    return {
        "element": name,
        "label": fields.label(known["schema"], name),
        "value": fields.told(known["schema"], name, held["value"]),
        "source": held.get("source_name") or held["source"],
        "as_of": held.get("as_of", ""),
        "ground": held.get("ground", ""),
    }

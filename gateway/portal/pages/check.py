"""Check the answers, declare, submit: one click or two, one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.portal import fields, view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line, summary
from gateway.portal.filing import Filing
from gateway.portal.pages.form import held_value
from gateway.portal.pages.guide import KINDS
from gateway.portal.pages.materials import absent
from gdbos_contracts.errors import BadInput, Fault

Json = Mapping[str, Any]


@portal.get(f"/<{KINDS}:kind>/<code>/apply/<draft>/check")
@permit("applicant")
def check(kind: str, code: str, draft: str) -> AnyResponse:
    """Everything that will be sent, with a way back to each part."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}")
    return _page(filing, filing.known(), [])


@portal.post(f"/<{KINDS}:kind>/<code>/apply/<draft>/check")
@permit("applicant")
def submit(kind: str, code: str, draft: str) -> AnyResponse:
    """Submit under the key in the form; a second click is answered with the case of the first."""
    filing = Filing.resume(kind, code, draft)
    if filing.filed:
        return view.to(f"/cases/{filing.filed}", filed="1")
    known = filing.known()
    if "declare" not in request.form:
        return _page(filing, known, [Line("#declare", _DECLARE)])
    lines = summary(
        fields.missing(known["schema"], known["ask"], filing.whole(known)), filing.address("form")
    )
    lines += [
        Line(filing.address("materials") + line.href, line.message)
        for line in absent(filing, known["materials"])
    ]
    if lines:
        return _page(filing, known, lines)
    try:
        case_no = filing.submit(request.form.get("idempotency_key") or filing.key, known)
    except BadInput as error:
        return _page(filing, known, _lines(filing, error.faults) or [Line("", error.detail)])
    return view.to(f"/cases/{case_no}", filed="1")


def _lines(filing: Filing, faults: Iterable[Fault]) -> list[Line]:
    """Faults of the submission, each leading to the page where it is put right."""
    lines = []
    for fault in faults:
        if fault.pointer.startswith("/materials"):
            lines.append(Line(filing.address("materials"), fault.message))
        elif fault.pointer.startswith("/situation"):
            lines.append(Line(filing.address(), fault.message))
        else:
            lines += summary([fault], filing.address("form"))
    return lines


def _page(filing: Filing, known: Json, lines: list[Line]) -> Response:
    given = {each["material"]: each for each in filing.materials}
    response = view.render(
        "check.html",
        filing=filing,
        sections=_sections(filing, known),
        materials=[{**material, "given": given.get(material["id"], {})} for material in known["materials"]],
        summary=lines,
    )
    response.status_code = 422 if lines else 200
    return response


def _sections(filing: Filing, known: Json) -> list[dict[str, Any]]:
    named = {section["id"]: section["title"] for section in known["sections"]}
    rows: dict[str, list[dict[str, Any]]] = {}
    for each in known["elements"]:
        name = each["element"]
        if name in known["values"]:
            row = held_value(known, name)
        elif name in filing.answers:
            row = {
                "element": name,
                "label": fields.label(known["schema"], name),
                "value": fields.told(known["schema"], name, filing.answers[name]),
            }
        else:
            continue
        rows.setdefault(each["section"], []).append(row)
    return [{"title": named.get(id, ""), "rows": own} for id, own in rows.items()]


_DECLARE = {
    "zh-Hans": "请确认所填内容真实有效",
    "zh-Hant": "請確認所填內容真實有效",
    "en": "Confirm that what you entered is true",
}

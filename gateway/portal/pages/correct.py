"""補正: answer the one notice; what it names is open, the rest is folded away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import fields, progress, view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of
from gateway.portal.faults import Line, summary
from gateway.portal.filing import Filing
from gateway.portal.pages.materials import take, ways
from gateway.routes.applications import with_files
from gdbos_contracts.errors import BadInput, Conflict, Fault

Json = Mapping[str, Any]


@portal.get("/cases/<case_no>/correct")
@permit("applicant")
def correction(case_no: str) -> Response:
    """The notice, and the fields and materials that it names."""
    found = _open_case(case_no)
    return _page(found, found["answers"], [], ())


@portal.post("/cases/<case_no>/correct")
@permit("applicant")
def correct(case_no: str) -> AnyResponse:
    """Send what was put right; everything else stays as it was submitted."""
    found = _open_case(case_no)
    schema = schema_of(found["elements"])
    names = [each["element"] for each in found["elements"]]
    typed = {
        name: value
        for name, value in fields.read(schema, names, request.form).items()
        if value != found["answers"].get(name)
    }
    given = Filing("", "items", found["item"]["code"], {}, found["region"], "")
    lines = take(given, found["asked"])
    if not lines:
        try:
            ask("workflow", "correct", {"case_no": case_no, "answers": typed, "materials": sent(given)})
            return view.to(f"/cases/{case_no}")
        except BadInput as error:
            lines = summary(error.faults) or [Line("", error.detail)]
            return _page(found, {**found["answers"], **typed}, lines, error.faults)
    return _page(found, {**found["answers"], **typed}, lines, ())


def _open_case(case_no: str) -> dict[str, Any]:
    found = ask("workflow", "application", {"case_no": case_no})
    if "correct" not in found["actions"]:
        raise Conflict
    return found


def sent(given: Filing) -> list[dict[str, Any]]:
    return with_files(
        [
            {**each, "files": [file["id"] for file in each["files"]]} if "files" in each else each
            for each in given.materials
        ]
    )


def _page(found: Json, answers: Json, lines: list[Line], faults: Iterable[Fault]) -> Response:
    schema = schema_of(found["elements"])
    notices = progress.correction_lines(found, schema, {m["id"]: m["name"] for m in found["asked"]})
    named = {line["field"] for line in notices}
    built = fields.build(schema, [each["element"] for each in found["elements"]], answers, faults)
    empty = Filing("", "items", found["item"]["code"], {}, found["region"], "")
    shown = [{**m, "chosen": "file"} for m in ways(empty, found["asked"])]
    response = view.render(
        "correct.html",
        case=found,
        notices=notices,
        notice=progress.notice_of(found),
        fields=[each for each in built if each.element in named or each.errors],
        others=[each for each in built if each.element not in named and not each.errors],
        materials=sorted(shown, key=lambda each: each["id"] not in named),
        noticed=named,
        anchor=fields.anchor,
        summary=lines,
        wrong={line.href for line in lines},
    )
    response.status_code = 422 if lines else 200
    return response

"""My cases: where each stands, who has it, until when; write, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import evidence, fields, progress, view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of
from gateway.portal.faults import Line, one
from gdbos_contracts.errors import BadInput, Conflict

Json = Mapping[str, Any]
_FITTED = '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="'
REASONS = ("slow", "attitude", "unclear", "repeated", "unskilled", "platform", "other")


@portal.get("/cases")
@permit("applicant")
def cases() -> Response:
    """Cases, newest first, and drafts to go on with."""
    query = {"status": request.args.get("status", ""), "cursor": request.args.get("cursor", "")}
    found = ask("workflow", "applications", query)
    drafts = [d for d in ask("workflow", "drafts")["drafts"] if not d["body"].get("filed")]
    return view.render(
        "cases.html",
        cases=[{**each, "progress": progress.share(each)} for each in found["applications"]],
        more=view.here(cursor=found["next"]) if found["next"] else "",
        drafts=[d for d in drafts if "kind" in d["body"]],
        query=query,
    )


@portal.get("/cases/<case_no>")
@permit("signed_in")
def case(case_no: str) -> Response:
    """One case; `?filed=1` right after its submission shows the receipt."""
    return shown(case_no, [])


@portal.get("/cases/<case_no>/documents/<id>")
@permit("signed_in")
def document(case_no: str, id: str) -> Response:
    """A document as it was printed, ready for paper; on a screen it fits the screen."""
    printed = ask("workflow", "document", {"case_no": case_no, "id": id})["html"]
    return Response(
        printed.replace("</head>", f'{_FITTED}{view.asset("paper.css")}"></head>', 1), mimetype="text/html"
    )


@portal.get("/cases/<case_no>/files/<id>")
@permit("signed_in")
def case_file(case_no: str, id: str) -> Response:
    """A file that was submitted with the case."""
    return evidence.sent(ask("workflow", "application", {"case_no": case_no})["materials"], id)


@portal.post("/cases/<case_no>/messages")
@permit("applicant")
def message(case_no: str) -> AnyResponse:
    """Write to the agency that has the case."""
    text = request.form.get("text", "").strip()
    if not text:
        return shown(case_no, one(_WRITE, "#text"))
    return acted(case_no, "add_message", {"text": text[:2000]}, "#messages")


@portal.post("/cases/<case_no>/withdraw")
@permit("applicant")
def withdraw(case_no: str) -> AnyResponse:
    """Take the application back, after a second yes."""
    if "sure" not in request.form:
        return shown(case_no, one(_SURE, "#sure"))
    return acted(case_no, "withdraw", {"reason": request.form.get("reason", "").strip()[:1000]})


def acted(case_no: str, method: str, facts: Json, at: str = "") -> AnyResponse:
    try:
        ask("workflow", method, {"case_no": case_no, **facts})
    except (BadInput, Conflict) as error:
        return shown(case_no, [Line("", f.message) for f in error.faults] or one(error.detail))
    return view.to(f"/cases/{case_no}{at}")


def shown(case_no: str, summary: list[Line]) -> Response:
    found = ask("workflow", "application", {"case_no": case_no})
    elements = [each for each in found["elements"] if each["element"] in found["answers"]]
    schema = schema_of(elements)
    names = {material["id"]: material["name"] for material in found["asked"]}
    response = view.render(
        "case.html",
        case=found,
        steps=progress.steps(found),
        answers=[
            {
                "label": fields.label(schema, each["element"]),
                "value": fields.told(schema, each["element"], found["answers"][each["element"]]),
            }
            for each in elements
        ],
        materials=[{**m, "name": names.get(m["material"], m["material"])} for m in found["materials"]],
        notice=progress.notice_of(found),
        faults=progress.correction_lines(found, schema, names),
        latest=max((entry["id"] for entry in found["timeline"]), default=0),
        filed="filed" in request.args,
        reasons=REASONS,
        summary=summary,
    )
    response.status_code = 422 if summary else 200
    return response


_WRITE = {"zh-Hans": "请填写留言", "zh-Hant": "請填寫留言", "en": "Write a message"}
_SURE = {"zh-Hans": "请勾选确认撤回", "zh-Hant": "請勾選確認撤回", "en": "Confirm that you withdraw"}

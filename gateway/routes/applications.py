"""Submit, follow, correct, withdraw, rate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, request

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.papers import PDF, pdf_of
from gateway.parts import as_json, ask, parts
from gateway.streams import timeline_stream
from gdbos_contracts.errors import BadInput, Fault, NotFound

blueprint = Blueprint("applications", __name__, description="Applications 辦件")


@blueprint.route("/applications", methods=["POST"])
@blueprint.arguments(schemas.applications.ApplicationBody())
@blueprint.response(201, schemas.AnyObject)
@permit("applicant")
def submit(body: dict[str, Any]) -> Response:
    """Idempotent and atomic: either a case exists with its number, or nothing does."""
    return as_submission("submit", body)


@blueprint.route("/applications")
@blueprint.arguments(schemas.applications.ApplicationQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def applications(query: dict[str, Any]) -> Response:
    """The caller's applications, newest first."""
    return as_json(ask("workflow", "applications", query))


@blueprint.route("/applications/<case_no>")
@blueprint.response(200, schemas.AnyObject)
@permit("signed_in")
def application(case_no: str) -> Response:
    """{status, item, clocks:{statutory, promised}, timeline, documents, result}."""
    return as_json(ask("workflow", "application", {"case_no": case_no}))


@blueprint.route("/applications/<case_no>/corrections", methods=["POST"])
@blueprint.arguments(schemas.applications.CorrectionBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def correct(body: dict[str, Any], case_no: str) -> Response:
    """Answer the one correction notice."""
    materials = with_files(body["materials"])
    return as_json(
        ask("workflow", "correct", {"case_no": case_no, "answers": body["answers"], "materials": materials})
    )


@blueprint.route("/applications/<case_no>/withdraw", methods=["POST"])
@blueprint.arguments(schemas.applications.ReasonBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def withdraw(body: dict[str, Any], case_no: str) -> Response:
    """Withdraw an application that is not decided."""
    return as_json(ask("workflow", "withdraw", {"case_no": case_no, **body}))


@blueprint.route("/applications/<case_no>/rating", methods=["POST"])
@blueprint.arguments(schemas.applications.RatingBody())
@blueprint.response(201, schemas.AnyObject)
@permit("applicant")
def rate(body: dict[str, Any], case_no: str) -> Response:
    """好差評, once for each step: `score` 1 very satisfied to 5 very dissatisfied, or `stars` the other way round."""
    return as_json(ask("workflow", "rate", {"case_no": case_no, **body}), 201)


@blueprint.route("/applications/<case_no>/rating/withdraw", methods=["POST"])
@blueprint.arguments(schemas.applications.RatingStepBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def withdraw_rating(body: dict[str, Any], case_no: str) -> Response:
    """Take a rating back; a rectification that began is finished all the same."""
    return as_json(ask("workflow", "withdraw_rating", {"case_no": case_no, **body}))


@blueprint.route("/applications/<case_no>/supplement", methods=["POST"])
@blueprint.arguments(schemas.applications.SupplementBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def supplement(body: dict[str, Any], case_no: str) -> Response:
    """容缺: supply the materials that were pledged, by the last day."""
    return as_json(
        ask("workflow", "supplement", {"case_no": case_no, "materials": with_files(body["materials"])})
    )


@blueprint.route("/applications/<case_no>/reopen", methods=["POST"])
@blueprint.arguments(schemas.applications.ReasonBody())
@blueprint.response(201, schemas.AnyObject)
@permit("reopen")
def reopen(body: dict[str, Any], case_no: str) -> Response:
    """Take a case that ended without its result up again, as a new case that names it; once."""
    return as_json(ask("workflow", "reopen", {"case_no": case_no, **body}), 201)


@blueprint.route("/applications/<case_no>/messages", methods=["POST"])
@blueprint.arguments(schemas.applications.MessageBody())
@blueprint.response(201, schemas.AnyObject)
@permit("applicant")
def message(body: dict[str, Any], case_no: str) -> Response:
    """Write to the agency that has the case now."""
    return as_json(ask("workflow", "add_message", {"case_no": case_no, **body}), 201)


@blueprint.route("/applications/<case_no>/events")
@blueprint.response(200, content_type="text/event-stream")
@permit("signed_in")
def events(case_no: str) -> Response:
    """Server-sent events of the timeline; `Last-Event-ID` resumes."""
    after = request.headers.get("Last-Event-ID", "0")
    first = ask("workflow", "timeline", {"case_no": case_no, "after": int(after) if after.isdigit() else 0})
    return timeline_stream(case_no, first)


@blueprint.route("/applications/<case_no>/documents/<id>")
@blueprint.response(200, content_type="text/html")
@permit("signed_in")
def document(case_no: str, id: str) -> Response:
    """One generated document, printable."""
    found = ask("workflow", "document", {"case_no": case_no, "id": id})
    return Response(found["html"], mimetype="text/html")


@blueprint.route("/applications/<case_no>/documents/<id>/file")
@blueprint.response(200, content_type=PDF)
@permit("signed_in")
def document_file(case_no: str, id: str) -> Response:
    """The same document as a signed PDF/A; made now when it was not yet."""
    return pdf_of(case_no, id)


def as_submission(method: str, body: dict[str, Any], **fixed: str) -> Response:
    """Shared by items and bundles: the key, the hash of what was asked, the stored answer as it was."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= 255:
        raise BadInput(faults=[_fault("/Idempotency-Key", "Idempotency-Key")])
    if body.get("proxy"):
        body["proxy"]["authority"] = _authority(body["proxy"]["authority"])
    asked = {**body, **fixed}
    canonical = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    answer = ask(
        "workflow",
        method,
        {
            **asked,
            "materials": with_files(body["materials"]),
            "idempotency_key": key,
            "body_hash": hashlib.sha256(canonical.encode()).hexdigest(),
        },
    )
    return as_json(answer["body"], answer["status"])


def with_files(materials: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Materials with each file id replaced by the descriptor of a file of the caller's."""
    faults: list[Fault] = []
    described = [_described(i, dict(material), faults) for i, material in enumerate(materials)]
    if faults:
        raise BadInput(faults=faults)
    return described


def _authority(id: str) -> dict[str, Any]:
    """The letter of authority 授權書 of a proxy, a file of the caller's."""
    try:
        return parts().files.describe(id, g.principal)
    except NotFound:
        raise BadInput(faults=[_fault("/proxy/authority", "file")]) from None


def _described(index: int, material: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    ids = material.pop("files", None) or ([material.pop("file")] if "file" in material else [])
    found = []
    for id in ids:
        try:
            found.append(parts().files.describe(id, g.principal))
        except NotFound:
            faults.append(_fault(f"/materials/{index}/file", "file"))
    return {**material, "files": found} if ids else material


def _fault(pointer: str, name: str) -> Fault:
    return Fault(
        pointer,
        "not_found" if name == "file" else "required",
        {
            "zh-Hans": "文件不存在，请重新上传" if name == "file" else f"缺少 {name}（1 至 255 个字符）",
            "zh-Hant": "檔案不存在，請重新上傳" if name == "file" else f"缺少 {name}（1 至 255 個字元）",
            "en": "No such file; upload it again"
            if name == "file"
            else f"{name} of 1 to 255 characters is required",
        },
    )

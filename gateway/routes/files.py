"""Upload a file once; name it in an application."""

from __future__ import annotations

from flask import Response, g, request

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, parts
from gdbos_contracts.errors import BadInput, Fault

blueprint = Blueprint("files", __name__, description="Uploaded files")


@blueprint.route("/files", methods=["POST"])
@blueprint.response(201, schemas.AnyObject)
@permit("applicant")
def upload() -> Response:
    """multipart/form-data with one part `file` (PDF, PNG or JPEG, at most 20 MiB) → {id, sha256, media_type, size}."""
    part = request.files.get("file")
    if part is None:
        raise BadInput(
            faults=[
                Fault(
                    "/file",
                    "required",
                    {"zh-Hans": "请选择文件", "zh-Hant": "請選擇檔案", "en": "Choose a file"},
                )
            ]
        )
    return as_json(parts().files.save(part.stream, part.filename or "file", g.principal), 201)

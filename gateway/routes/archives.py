"""The archive 歸檔."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bags import ZIP, bag_of
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("archives", __name__, description="The archive 歸檔")


@blueprint.route("/archives")
@blueprint.arguments(schemas.serving.ArchiveQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("archive")
def archives(query: dict[str, Any]) -> Response:
    """{archives, next, days}: the index of the caller's agency, `before` is the number that the page before ended with."""
    return as_json(ask("workflow", "archives", query))


@blueprint.route("/archives/days", methods=["PUT"])
@blueprint.arguments(schemas.serving.ArchiveDaysBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def days(body: dict[str, Any]) -> Response:
    """{days}: so long after their end the cases of the caller's agency are archived by themselves."""
    return as_json(ask("workflow", "archive_days", body))


@blueprint.route("/applications/<case_no>/archive/bag")
@blueprint.response(200, content_type=ZIP)
@permit("archive")
def bag(case_no: str) -> Response:
    """The package with its papers and files, a BagIt bag in a ZIP; for the agency's archivists."""
    return bag_of(case_no)


@blueprint.route("/applications/<case_no>/archive", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def archive(case_no: str) -> Response:
    """Archive a case that is closed and served: {archive_no, retention, keep_until, digest}."""
    return as_json(ask("workflow", "archive", {"case_no": case_no}))


@blueprint.route("/applications/<case_no>/archive")
@blueprint.response(200, schemas.AnyObject)
@permit("archive")
def package(case_no: str) -> Response:
    """For the agency's archivists: the package as it was archived; `digest` is the SHA-256 of its canonical JSON."""
    return as_json(ask("workflow", "archive_package", {"case_no": case_no}))

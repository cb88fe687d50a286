"""發布的 JSON Schema: which there are, their versions, and two versions side by side."""

from __future__ import annotations

import json

from flask import Response, request

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.standards import address
from gateway.portal.pages.standards_compare import chosen, verdicts_of

PAGE = 50


@portal.get("/standards/schemas")
@permit("public")
def subjects() -> Response:
    """By id, or by a part of it."""
    query = {
        "q": request.args.get("q", "").strip()[:100],
        "cursor": request.args.get("cursor", "")[:200],
        "limit": PAGE,
    }
    found = ask("standards", "subjects", query)
    more = view.here(cursor=found["next"]) if found["next"] else ""
    return view.render("standards-subjects.html", query=query, subjects=found["subjects"], more=more)


@portal.get("/standards/schemas/<id>")
@permit("public")
def subject(id: str) -> Response:
    """One version, what changed since another, each with its kind, path and a witness, and who uses which version."""
    found = ask("standards", "subject", {"id": id})
    numbers = found["versions"]
    new = chosen(request.args.get("new", ""), numbers, numbers[-1])
    old = chosen(request.args.get("old", ""), numbers, max(new - 1, numbers[0]))
    sides = [ask("standards", "schema_version", {"id": id, "version": n})["schema"] for n in (old, new)]
    return view.render(
        "standards-subject.html",
        subject=found,
        old=old,
        new=new,
        written=json.dumps(sides[1], ensure_ascii=False, indent=1),
        verdicts=verdicts_of(*sides) if old != new else [],
        uses=ask("standards", "where_used", {"id": id})["uses"],
        address=address,
    )

"""An electronic licence on screen and on paper, and the public question whether one stands."""

from __future__ import annotations

import segno
from flask import Response, request

from gateway.auth import permit
from gateway.papers import standing
from gateway.parts import ask, parts
from gateway.portal import fields, view
from gateway.portal.blueprint import portal
from gateway.portal.elements import schema_of


@portal.get("/licences/<id>")
@permit("applicant")
def licence(id: str) -> Response:
    """The face of a licence of the caller's, with the code that anybody can verify."""
    found = ask("datahub", "licence", {"licence": id})
    schema = schema_of([{"element": name, "version": 1, "required": False} for name in found["face"]])
    house = (parts().settings.public_url or request.host_url).rstrip("/")
    address = f"{house}/licences/verify?code={found['id']}"
    return view.render(
        "licence.html",
        licence=found,
        face=[
            {"label": fields.label(schema, name), "value": fields.told(schema, name, value)}
            for name, value in found["face"].items()
        ],
        address=address,
        qr=segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#14202b", light="#fff"),
    )


@portal.get("/licences/verify")
@permit("public")
def verify() -> Response:
    """Whether a licence stands; its holder is never shown."""
    code = request.args.get("code", "").strip()[:200]
    answer = standing(code) if code else None
    return view.render("verify.html", code=code, answer=answer)

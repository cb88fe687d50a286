"""好差評: figures for everybody, the work list of those who answer for them."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import Line, one
from gdbos_contracts.errors import BadInput, Conflict, NotFound


@portal.get("/ratings")
@permit("public")
def ratings() -> Response:
    """How each agency was rated, and what became of the bad ratings."""
    return view.render("ratings.html", agencies=ask("workflow", "rating_figures")["agencies"])


@portal.get("/ratings/bad")
@permit("ratings")
def bad_ratings() -> Response:
    """What is to be verified, put right and answered; who rated is not shown."""
    return _list([])


@portal.post("/ratings/bad/<id>")
@permit("ratings")
def handle_rating(id: str) -> AnyResponse:
    """One move, with its words."""
    text = request.form.get("text", "").strip()[:2000]
    if not text:
        return _list(one(_WORDS, f"#text-{id}"))
    try:
        ask("workflow", "handle_rating", {"id": id, "action": request.form.get("action", ""), "text": text})
    except (BadInput, Conflict, NotFound) as error:
        return _list([Line("", f.message) for f in error.faults] or one(error.detail))
    return view.to("/ratings/bad")


def _list(summary: list[Line]) -> Response:
    response = view.render(
        "bad_ratings.html", ratings=ask("workflow", "bad_ratings")["ratings"], summary=summary
    )
    response.status_code = 422 if summary else 200
    return response


_WORDS = {"zh-Hans": "请填写说明", "zh-Hant": "請填寫說明", "en": "Say what was found or done"}

"""疑似重複: elements that look alike, pair by pair, and the verdict of a steward: merge or keep."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal

PAGE = 20
VERDICTS = ("open", "merge", "keep")


@portal.get("/standards/twins")
@permit("agency")
def twins() -> Response:
    """A page of pairs, the most alike first: those that nobody judged yet, unless `verdict` says."""
    chosen = request.args.get("verdict", "")
    verdict = chosen if chosen in VERDICTS else "open"
    cursor = request.args.get("cursor", "")
    start = int(cursor) if cursor.isdecimal() and len(cursor) < 9 else 0
    found = ask("standards", "likeness", {"verdict": verdict, "cursor": start, "limit": PAGE})
    more = view.here(cursor=str(found["next"])) if found["next"] else ""
    return view.render(
        "standards-twins.html", found=found, verdict=verdict, verdicts=VERDICTS, more=more, start=start
    )


@portal.post("/standards/twins")
@permit("agency")
def judge() -> AnyResponse:
    """One verdict; `choice` is `keep`, or the id of the element that stays."""
    form = request.form
    choice = form.get("choice", "")
    said = {
        "one": form.get("one", ""),
        "other": form.get("other", ""),
        "decision": "keep" if choice == "keep" else "merge",
        "into": "" if choice == "keep" else choice,
        "note": form.get("note", "").strip()[:2000],
    }
    ask("standards", "judge_twins", said)
    return view.to("/standards/twins")

"""What an applicant does beyond the form: rate, supply what was deferred, apply again."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.faults import one
from gateway.portal.filing import Filing
from gateway.portal.pages.cases import REASONS, acted, shown
from gateway.portal.pages.correct import sent
from gateway.portal.pages.materials import take
from gdbos_contracts.errors import Conflict


@portal.post("/cases/<case_no>/rating")
@permit("applicant")
def rating(case_no: str) -> AnyResponse:
    """好差評, once for each step."""
    score, step = request.form.get("score", ""), request.form.get("step", "whole")
    if score not in ("1", "2", "3", "4", "5"):
        return shown(case_no, one(_SCORE, f"#score-{step}-1"))
    given = [reason for reason in request.form.getlist("reasons") if reason in REASONS]
    comment = request.form.get("comment", "").strip()[:1000]
    facts = {"score": int(score), "step": step, "reasons": given, "comment": comment}
    return acted(case_no, "rate", facts, f"#rating-{step}")


@portal.post("/cases/<case_no>/rating/withdraw")
@permit("applicant")
def withdraw_rating(case_no: str) -> AnyResponse:
    """Take a rating back."""
    return acted(case_no, "withdraw_rating", {"step": request.form.get("step", "whole")}, "#timeline")


@portal.post("/cases/<case_no>/supplement")
@permit("applicant")
def supplement(case_no: str) -> AnyResponse:
    """Supply what was deferred: a file for each material that is there now."""
    found = ask("workflow", "application", {"case_no": case_no})
    owed = {each["material"] for each in (found["deferral"] or {}).get("materials", ())}
    given = Filing("", "items", found["item"]["code"], {}, found["region"], "")
    lines = take(given, [each for each in found["asked"] if each["id"] in owed])
    if lines or not given.materials:
        return shown(case_no, lines or one(_FILE, "#supplement"))
    return acted(case_no, "supplement", {"materials": sent(given)})


@portal.post("/cases/<case_no>/reopen")
@permit("reopen")
def reopen(case_no: str) -> AnyResponse:
    """Apply again; on to the new case."""
    try:
        answer = ask("workflow", "reopen", {"case_no": case_no, "reason": ""})
    except Conflict as error:
        return shown(case_no, one(error.detail))
    return view.to(f"/cases/{answer['case_no']}")


_SCORE = {"zh-Hans": "请选择满意度", "zh-Hant": "請選擇滿意度", "en": "Choose how satisfied you are"}
_FILE = {"zh-Hans": "请选择要补交的文件", "zh-Hant": "請選擇要補交的檔案", "en": "Choose the file to supply"}

"""辦件庫: a case as rows of the national upload (GB/T 39046; tables pro_accept, pro_process, pro_special_procedure,
pro_material, pro_result), keyed by project_no and row_guid. The satisfaction column is left out: it would lead from
a rating to the one who gave it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from gdbos_contracts.text import pick
from services.workflow.domain.case import OUTCOMES, Case, agency_name

Json = Mapping[str, Any]
TABLES = ("pro_accept", "pro_process", "pro_special_procedure", "pro_material", "pro_result")
UPSTREAMS: Mapping[str, Mapping[str, str]] = {
    "national": OUTCOMES,
    "shanghai": {
        **dict.fromkeys(("granted", "done", "not_required", "partly_done", "upheld", "transferred"), "0"),
        **dict.fromkeys(("denied", "revoked"), "1"),
        **dict.fromkeys(("not_corrected", "withdrawn", "terminated"), "5"),
        "refused_acceptance": "6",
    },
    "permission": {
        **dict.fromkeys(("granted", "done", "not_required", "partly_done", "upheld", "transferred"), "99"),
        **dict.fromkeys(
            ("denied", "refused_acceptance", "not_corrected", "withdrawn", "terminated", "revoked"), "98"
        ),
    },
}
"""Upstream → our outcome → its code of 辦結結果; every outcome has one in each."""
_SPACE = uuid.UUID("6f2d7b0e-6a0c-5f0e-9d51-2f7a3c1e8b44")
_DATE, _TIME = "%Y%m%d", "%Y%m%dT%H%M%S"
PERSON, FIRM = "1", "2"
_PAPERS = {"person.citizen_id": ("111", PERSON), "firm.uscc": ("001", FIRM)}
"""Identifying element → (code of the kind of paper, type of applicant)."""
_PASSED = frozenset(
    {"accepted", "passed", "granted", "granted_automatically", "issued", "delivered", "closed"}
)
_TURNED = frozenset({"returned", "sent_back", "correction_requested", "refused_acceptance", "denied"})


def rows(case: Case, timeline: Sequence[Json], upstream: str) -> dict[str, list[dict[str, str]]]:
    """{table: rows}; KeyError for an upstream that nobody mapped."""
    return {
        "pro_accept": [_keyed("pro_accept", case, 0, _accept(case))],
        "pro_process": _all("pro_process", case, (_process(entry) for entry in timeline)),
        "pro_special_procedure": _all(
            "pro_special_procedure", case, (_special(pause) for pause in case.body.get("pauses", ()))
        ),
        "pro_material": _all("pro_material", case, _materials(case)),
        "pro_result": []
        if case.open
        else [_keyed("pro_result", case, 0, _result(case, UPSTREAMS[upstream]))],
    }


def _all(table: str, case: Case, found: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [_keyed(table, case, number, row) for number, row in enumerate(found)]


def _keyed(table: str, case: Case, number: int, row: dict[str, str]) -> dict[str, str]:
    """The same row has the same guid in every export, so that an upload may be repeated."""
    guid = uuid.uuid5(_SPACE, f"{table}|{case.case_no}|{number}")
    return {"project_no": case.case_no, "row_guid": str(guid), **row}


def _accept(case: Case) -> dict[str, str]:
    body, answers = case.body, case.body["answers"]
    element, number = next(iter(case.subject.items()), ("", ""))
    page, kind = _PAPERS.get(element, ("", ""))
    proxy = body.get("proxy") or {}
    accepted = body.get("accepted_on") or case.closed_at or case.submitted_at
    return {
        "task_code": case.item,
        "task_name": pick(case.name, "zh-Hans"),
        "task_version": str(case.item_version),
        "project_name": f"{body.get('applicant_name', '')}{pick(case.name, 'zh-Hans')}",
        "applyer_name": body.get("applicant_name", ""),
        "applyer_type": kind,
        "applyer_page_type": page,
        "applyer_page_code": number,
        "contact_name": str(proxy.get("name") or answers.get("contact.name", "")),
        "contact_code": str(proxy.get("citizen_id", "")),
        "contact_mobile": str(proxy.get("mobile") or answers.get("contact.mobile", "")),
        "legal": str(answers.get("firm.legal_representative", "")),
        "apply_date": _moment(case.submitted_at),
        "accept_date": _day(accepted),
        "org_name": pick(agency_name(case), "zh-Hans"),
        "org_code": case.agency,
        "region": case.region,
    }


def _process(entry: Json) -> dict[str, str]:
    event = entry["event"]
    at = _moment(entry["at"])
    named = "通过" if event in _PASSED else "退回" if event in _TURNED else "其他"
    said = pick(entry["note"], "zh-Hans")
    return {
        "process_name": said,
        "event_name": named,
        "handle_explain": said,
        "event_start_time": at,
        "event_end_time": at,
        "process_status": "2",
    }


def _special(pause: Json) -> dict[str, str]:
    ended = pause.get("end")
    return {
        "special_type": pause.get("kind", ""),
        "special_time": _day(pause["start"]),
        "special_reason": pause.get("reason") or pause.get("kind", ""),
        "end_time": _day(ended) if ended else "",
    }


def _materials(case: Case) -> Iterable[dict[str, str]]:
    names = {m["id"]: m["name"] for m in case.body.get("asked", ())}
    for entry in case.body["materials"]:
        files = entry.get("files", ())
        yield {
            "material_name": pick(names.get(entry["material"], {})) or entry["material"],
            "get_type": "file" if files else "licence" if entry.get("licence") else "pledge",
            "get_num": str(len(files) or 1),
            "material_attach_name": "；".join(file["name"] for file in files),
        }


def _result(case: Case, codes: Mapping[str, str]) -> dict[str, str]:
    made = case.body.get("result") or {}
    return {
        "result_type": codes[case.outcome or ""],
        "result_date": _day(case.closed_at or ""),
        "result_explain": (case.body.get("decision") or {}).get("reason", ""),
        "result_cetr_name": pick(made.get("name") or {}, "zh-Hans") if made.get("licence") else "",
        "result_cetr_no": made.get("licence", ""),
    }


def _day(text: str) -> str:
    return datetime.fromisoformat(text).strftime(_DATE)


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).strftime(_TIME)

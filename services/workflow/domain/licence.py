"""The licence that a granted case makes (GB/T 36901–36904), as the data hub registers it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from gdbos_atom.identifiers import licence_id
from services.workflow.domain import stages
from services.workflow.domain.case import Case, agency_name

FIRST_VERSION = "001"
_MOST_SERIAL = 64


def make(case: Case, today: date) -> dict[str, Any]:
    """Identifier, holder, issuer, dates and face fields; the face holds the answers that the item names. The issuer is
    the agency of the last stage, which decided."""
    result = case.body["item"]["result"]
    answers = case.body["answers"]
    stage = stages.current(case.body) or {}
    issuer = stage.get("agency") or case.agency
    return {
        "id": identifier(result["licence_type"], issuer, case.case_no),
        "type": result["licence_type"],
        "name": result["name"],
        "holder": dict(case.subject),
        "issuer": issuer,
        "issuer_name": stage.get("name") or agency_name(case),
        "issued_on": today.isoformat(),
        "valid_from": today.isoformat(),
        "valid_to": _later(today, result["valid_months"]).isoformat() if result["valid_months"] else None,
        "face": {element: answers[element] for element in result["face"] if element in answers},
        "case_no": case.case_no,
        "region": case.region,
        "synthetic": True,
    }


def identifier(licence_type: str, issuer: str, case_no: str) -> str:
    """電子證照標識, GB/T 36904: the serial is the case number, which is never given twice."""
    serial = re.sub(r"[^0-9A-Z]", "", case_no.upper())[-_MOST_SERIAL:]
    check = licence_id.check_character(licence_type + issuer + serial + FIRST_VERSION)
    return ".".join((licence_id.ROOT, licence_type, issuer, serial, FIRST_VERSION, check))


def _later(day: date, months: int) -> date:
    """The day before the same day `months` later, as licences are dated; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)

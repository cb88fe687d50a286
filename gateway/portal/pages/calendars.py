"""工作日曆: the days of a calendar, and a change of it: which open due days would move, and then the change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import faults, view
from gateway.portal.blueprint import portal
from gdbos_contracts.errors import BadInput
from gdbos_runtime import clock

LONGEST = 62
"""Days of one change."""
SHOWN = 50
_FIELDS = ("agency", "first", "last", "works", "known_until", "reason")


@portal.get("/admin/calendars")
@permit("admin")
def calendars() -> Response:
    """The published days of a year, the national calendar or an agency's; what was changed before."""
    return _page(_asked(), {})


@portal.post("/admin/calendars")
@permit("admin")
def change_calendar() -> AnyResponse:
    """A preview, and with `sure` the change."""
    given = {name: request.form.get(name, "").strip()[:1000] for name in _FIELDS}
    agency, lines = given["agency"], _missing(given)
    if lines:
        return _page((agency, _year(given["first"])), given, lines=lines)
    command = {
        "agency": agency,
        "days": [{"day": day, "works": given["works"] == "yes"} for day in _days(given)],
        "known_until": given["known_until"] or None,
        "reason": given["reason"],
    }
    sure = request.form.get("sure") == "1"
    try:
        found = ask("workflow", "publish_calendar" if sure else "preview_calendar", command)
    except BadInput as error:
        found_lines = [faults.Line("#first", fault.message) for fault in error.faults]
        return _page((agency, _year(given["first"])), given, lines=found_lines)
    if sure:
        return view.to("/admin/calendars", agency=agency, year=given["first"][:4], done=str(found["days"]))
    return _page((agency, _year(given["first"])), given, preview=found)


def _page(
    asked: tuple[str, int],
    given: Mapping[str, str],
    preview: Any = None,
    lines: list[faults.Line] | None = None,
) -> Response:
    agency, year = asked
    response = view.render(
        "calendars.html",
        found=ask("workflow", "calendar", {"agency": agency, "year": year}),
        changes=ask("workflow", "calendar_changes", {"limit": 20})["changes"],
        given={**dict.fromkeys(_FIELDS, ""), "agency": agency, **given},
        preview=preview,
        shown=SHOWN,
        done=request.args.get("done", "")[:10],
        summary=lines or [],
    )
    response.status_code = 422 if lines else 200
    return response


def _asked() -> tuple[str, int]:
    return request.args.get("agency", "").strip()[:64], _year(request.args.get("year", ""))


def _year(text: str) -> int:
    """The year that a day or a year begins with; this year for anything else."""
    return int(text[:4]) if re.fullmatch(r"2[01]\d\d(-.*)?", text, re.ASCII) else clock.now().year


def _missing(given: Mapping[str, str]) -> list[faults.Line]:
    lines = [
        faults.Line(f"#{name}", _DAY) for name in ("first", "last", "known_until") if not _is_day(name, given)
    ]
    if not lines and not 0 <= (_of(given["last"]) - _of(given["first"])).days < LONGEST:
        lines.append(faults.Line("#last", _PERIOD))
    if given["works"] not in ("yes", "no"):
        lines.append(faults.Line("#works-no", _KIND))
    if not given["reason"]:
        lines.append(faults.Line("#reason", _REASON))
    return lines


def _is_day(name: str, given: Mapping[str, str]) -> bool:
    if not given[name]:
        return name == "known_until"
    try:
        return 2000 <= _of(given[name]).year <= 2200
    except ValueError:
        return False


def _of(text: str) -> date:
    return date.fromisoformat(text)


def _days(given: Mapping[str, str]) -> list[str]:
    first = _of(given["first"])
    return [(first + timedelta(n)).isoformat() for n in range((_of(given["last"]) - first).days + 1)]


_DAY = {"zh-Hans": "请填写日期", "zh-Hant": "請填寫日期", "en": "Give a day"}
_PERIOD = {
    "zh-Hans": "止日不早于起日，一次最多 62 天",
    "zh-Hant": "止日不早於起日，一次最多 62 天",
    "en": "The last day is not before the first, and at most 62 days at once",
}
_KIND = {"zh-Hans": "请选择上班或放假", "zh-Hant": "請選擇上班或放假", "en": "Choose work or holiday"}
_REASON = {"zh-Hans": "请填写依据", "zh-Hant": "請填寫依據", "en": "Say on which notice it rests"}

"""Code lists as a whole: brought in from a text, given out as a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import divisions, lifecycle
from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import FORMATS, plain, taken, unreadable, written
from services.standards.domain.impact import Break, refusal
from services.standards.handlers import impact
from services.standards.handlers.impact import Watch
from services.standards.handlers.publishing import immutable
from services.standards.ports import CodeLists, Compatibility, Registry, Uses, Work

EDITION = "gbt-2260"
"""A tabulated edition of GB/T 2260: comes in, never goes out."""
MOST_FAULTS = 100


def import_code_list(
    command: Mapping[str, Any],
    principal: Principal,
    registry: Registry,
    uses: Uses,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """{code_list, size, retired, unchanged} of the list that `content` holds, published unless `dry_run`.

    BadInput or TooLarge with pointers below /content, which is the list in its JSON form; Forbidden for a list
    of another steward; Conflict for other content under a published version; Incompatible for what would break who
    lives by an earlier one. Nothing is kept of a bad one.
    """
    found = _read(command["format"], command["content"], registry)
    _require_steward(found, principal, registry)
    held = registry.code_list(found.id, found.version)
    if held is not None and held != found:
        raise immutable(f"{found.id}@{found.version}", "/content/version")
    broken = _broken(found, Watch(registry, uses, check, work.now.date())) if held is None else []
    if broken and not command["dry_run"]:
        raise refusal(broken)
    if held is None and not command["dry_run"]:
        registry.add_code_lists([found])
        work.audit("standard.publish", f"{found.id}@{found.version}")
        work.commit()
    return {
        "code_list": f"{found.id}@{found.version}",
        "size": len(found.codes),
        "retired": sum(1 for code in found.codes if code.valid_to),
        "unchanged": held is not None,
        "impact": impact.report(broken),
    }


def code_list_versions(id: str, lists: CodeLists) -> dict[str, Any]:
    """{versions: [{id, version, names, standard, valid_from, valid_to, size, retired}]}, the oldest first; NotFound."""
    found = lists.versions(id)
    if not found:
        raise NotFound
    return {"versions": [dict(facts) for facts in found]}


def _broken(found: CodeList, watch: Watch) -> list[Break]:
    return impact.breaks((), [found], lambda element: None, watch)


def code_list_text(query: Mapping[str, Any], registry: Registry, lists: CodeLists) -> dict[str, Any]:
    """{id, version, media_type, text} of a list in one of the formats.

    Without a version, the newest; on a day, the newest that was in force, and of any version only the codes
    that held. NotFound.
    """
    id, version, on = query["id"], query["version"], query["on"]
    if version is None and on is not None:
        version = _version_on(id, on, lists)
    found = registry.code_list(id, version)
    if found is None:
        raise NotFound
    shown = found.on(on) if on is not None else found
    return {
        "id": found.id,
        "version": found.version,
        "media_type": FORMATS[query["format"]].media_type,
        "text": written(shown, query["format"]),
    }


def _read(format: str, content: str, registry: Registry) -> CodeList:
    if format not in FORMATS and format != EDITION:
        known = " · ".join([*FORMATS, EDITION])
        message = {
            "zh-Hans": f"没有格式“{format}”；可用：{known}",
            "zh-Hant": f"沒有格式「{format}」；可用：{known}",
            "en": f"no format {format}; there are {known}",
        }
        raise BadInput(faults=[Fault("/format", "choice", message)])
    try:
        return _edition(content, registry) if format == EDITION else taken(content, format, "/content")
    except BadInput as error:
        raise type(error)(error.detail, error.faults[:MOST_FAULTS]) from error


def _edition(content: str, registry: Registry) -> CodeList:
    history = registry.code_list(divisions.HISTORY)
    if history is None:
        raise unreadable("/content", "history", f"the list {divisions.HISTORY} comes first (pack standards)")
    made = plain(content, lambda text: divisions.read(text, history), "/content")
    return CodeList.from_data(made.to_data(), "/content")


def _require_steward(found: CodeList, principal: Principal, registry: Registry) -> None:
    """Of the list as it is and of the one that comes: nobody takes over what another answers for."""
    held = registry.code_list(found.id)
    for steward in {found.steward, held.steward if held else found.steward}:
        if not lifecycle.answers_for(principal, steward):
            raise Forbidden


def _version_on(id: str, on: date, lists: CodeLists) -> int:
    day = on.isoformat()
    in_force = [
        facts["version"]
        for facts in lists.versions(id)
        if facts.get("valid_from", "") <= day and (not facts.get("valid_to") or day < facts["valid_to"])
    ]
    if not in_force:
        raise NotFound
    return int(in_force[-1])

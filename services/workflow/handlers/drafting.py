"""Drafts of processes and decisions: kept while people work at them, never in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict
from gdbos_feel import dmn
from services.workflow.domain import bpmn
from services.workflow.domain.faults import fault
from services.workflow.ports import ModelDrafts, Work

Json = Mapping[str, Any]


def save(command: Json, drafts: ModelDrafts, work: Work) -> dict[str, Any]:
    """{revision}. A draft must be readable, not right: BadInput. Conflict when somebody saved in between."""
    _readable(command["kind"], command["content"])
    revision = command["revision"] + 1
    if not drafts.put(command["kind"], command["id"], revision, command["content"], work.now.isoformat()):
        raise Conflict(
            {
                "zh-Hans": "草稿已被他人更新，请刷新后再保存",
                "zh-Hant": "草稿已被他人更新，請重新整理後再儲存",
                "en": "Somebody saved this draft in the meantime; reload, then save again",
            }
        )
    work.audit(f"{command['kind']}.draft", command["id"], revision=revision)
    work.commit()
    return {"revision": revision}


def held(kind: str, id: str, drafts: ModelDrafts) -> dict[str, Any]:
    """{draft: {revision, content, at} or None}"""
    found = drafts.get(kind, id)
    kept = ("revision", "content", "at")
    return {"draft": {name: found[name] for name in kept} if found else None}


def _readable(kind: str, content: str) -> None:
    """No document type, no entities, at most 10 MB; well-formed."""
    if kind == "process":
        bpmn.parse(content.encode())
        return
    try:
        dmn.read(content.encode())
    except dmn.DmnError as error:
        raise BadInput(faults=[fault("/content", "dmn", str(error)[:200])]) from error

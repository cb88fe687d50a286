"""Drafts of processes and decisions: kept while people work at them, never in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_feel import dmn
from services.workflow.domain import beginning, bpmn, decisions
from services.workflow.domain.faults import fault
from services.workflow.handlers import reengineering
from services.workflow.ports import ModelDrafts, Processes, Work

Json = Mapping[str, Any]


def save(command: Json, drafts: ModelDrafts, work: Work) -> dict[str, Any]:
    """{revision}. A draft must be readable, not right: BadInput. Conflict when somebody saved in between."""
    _readable(command["kind"], command["content"])
    revision = command["revision"] + 1
    if not drafts.put(command["kind"], command["id"], revision, command["content"], work.at):
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


def begin(command: Json, drafts: ModelDrafts, processes: Processes, work: Work) -> dict[str, Any]:
    """{id, content, looked_at}: a new model {kind, id, name, template} as the draft it begins with, and what the
    linter says of it; nothing is kept of a `dry_run`. `template` is the id of another of its kind, "" for an empty
    one. BadInput for an id that is taken."""
    kind, id = command["kind"], command["id"]
    of_kind, template = _KINDS[kind], ""
    faults = beginning.faults(id, command["name"])
    if not faults and (of_kind.held(processes, id) or drafts.get(kind, id)):
        faults = [fault("/id", "model_taken", id)]
    if command["template"]:
        template = of_kind.text(processes, command["template"]) or ""
        faults += [] if template else [fault("/template", "no_template", command["template"])]
    if faults:
        raise BadInput(faults=faults)
    content = of_kind.made(id, command["name"].strip(), template)
    found = {"id": id, "content": content, "looked_at": of_kind.looked_at(content)}
    if not command["dry_run"]:
        if not drafts.put(kind, id, 1, content, work.at):
            raise Conflict
        work.audit(f"{kind}.begin", id, template=command["template"])
        work.commit()
    return found


def model(kind: str, id: str, drafts: ModelDrafts, processes: Processes) -> dict[str, Any]:
    """{kind, id, newest, text, draft}: what an editor opens. `newest` is the version in force, 0 and `text` ""
    while there is a draft alone. NotFound for neither."""
    newest, draft = _KINDS[kind].held(processes, id), held(kind, id, drafts)
    text = (_KINDS[kind].text(processes, id) or "") if newest else ""
    if not newest and draft["draft"] is None:
        raise NotFound
    return {"kind": kind, "id": id, "newest": newest[0] if newest else 0, "text": text, **draft}


def begun(kind: str, published: Sequence[Json], drafts: ModelDrafts) -> dict[str, Any]:
    """{begun: [id]}: drafts of models that no version of is published."""
    known = {each["id"] for each in published}
    return {"begun": [id for id in drafts.ids(kind) if id not in known]}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between processes and decisions when they are begun and opened."""

    held: Callable[[Processes, str], tuple[int, str] | None]
    read: Callable[[Processes, str, int], str | None]
    made: Callable[[str, str, str], str]
    looked_at: Callable[[str], dict[str, Any]]

    def text(self, processes: Processes, id: str) -> str | None:
        """Of the newest version; None where there is none."""
        newest = self.held(processes, id)
        return self.read(processes, id, newest[0]) if newest else None


_KINDS: Mapping[str, _Kind] = {
    "process": _Kind(
        lambda held, id: held.digest(id),
        lambda held, id, version: held.bpmn(id, version),
        beginning.process,
        reengineering.looked_at,
    ),
    "decision": _Kind(
        lambda held, id: held.decision_digest(id),
        lambda held, id, version: held.dmn(id, version),
        beginning.decision,
        decisions.looked_at,
    ),
}


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

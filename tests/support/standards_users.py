"""Users of a standard in every state, for the tests of what a publication would break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from gdbos_contracts.principal import SYSTEM
from services.standards import handlers
from services.standards import schemas as wire
from services.standards.domain.compat import compare_history
from services.standards.handlers import subjects, using
from support.standards import (
    FakeHolders,
    FakeRegistry,
    FakeSubjects,
    FakeTemplates,
    FakeUses,
    FakeWork,
    element,
    text,
)

OTHER = element("other.note", "备注", status="standard")
"""What a version refers to that does not refer to the standard in question."""
LICENCE = "11100000000013338W009"
TOLD = ("item", "source", "process", "decision", "policy", "contract")
TEMPLATES = ("form", "document", "licence")
PAST, FUTURE = "2025-06-01", "2026-09-01"

Named = tuple[str, str, str]


@dataclass
class World:
    """A registry, who uses it, and which of them are alive."""

    registry: FakeRegistry
    uses: FakeUses
    subjects: FakeSubjects
    templates: FakeTemplates

    @classmethod
    def new(cls) -> World:
        world = cls(FakeRegistry(), FakeUses(), FakeSubjects(), FakeTemplates())
        world.publish(OTHER)
        return world

    def publish(self, *drafts: Mapping[str, Any], lists: Any = (), **more: Any) -> dict[str, Any]:
        command = {"elements": drafts, "code_lists": lists, "migrations": (), "dry_run": False, **more}
        return handlers.publish(command, self.registry, self.uses, compare_history, FakeWork())

    def publish_schema(self, id: str, schema: Any, mode: str = "none", **more: Any) -> dict[str, Any]:
        draft = {"id": id, "schema": schema, "mode": mode, **more}
        if self.subjects.subject(id):
            draft.pop("mode")
        ports = (self.subjects, self.uses, self.registry, compare_history, FakeWork())
        return subjects.publish_schema(wire.subjects.PublishSchema().load(draft), SYSTEM, *ports)

    def tell(self, kind: str, id: str, version: str, **said: Any) -> None:
        row = wire.uses.UserElements().load({"kind": kind, "id": id, "version": version, **said})
        using.note_told([row], self.registry, self.uses, FakeHolders(), FakeWork())

    def run(self, kind: str, id: str, version: str, cases: int) -> None:
        versions = [{"id": id, "version": version, "cases": cases}]
        using.note_running({"kind": kind, "ids": [id], "versions": versions}, self.uses, FakeWork())

    def user(self, kind: str, id: str, said: Mapping[str, Any], random: Random) -> Named | None:
        """A user of `said` in a state of chance; what must be named when it breaks, None for one that is dead."""
        if kind in TEMPLATES:
            return self._template(kind, id, said["elements"][0], random.random() < 0.7)
        state = random.choice(["newest", "running", "later", "beside", "superseded", "ended", "closed"])
        return self._told(kind, id, said, state)

    def _told(self, kind: str, id: str, said: Mapping[str, Any], state: str) -> Named | None:
        without: Mapping[str, Any] = {"elements": ["other.note@1"]}
        if state == "newest":
            self.tell(kind, id, "9", **without)
            self.tell(kind, id, "10", **said)
            return kind, id, "10"
        if state == "later":
            self.tell(kind, id, "1", valid_from=PAST, **without)
            self.tell(kind, id, "2", valid_from=FUTURE, **said)
            return kind, id, "2"
        if state == "beside":
            self.tell(kind, id, "1", valid_from=PAST, **said)
            self.tell(kind, id, "2", valid_from=FUTURE, **without)
            return kind, id, "1"
        self.tell(
            kind, id, "1", valid_from=PAST, **said, **({"valid_to": "2025-12-01"} if state == "ended" else {})
        )
        if state == "ended":
            return None
        self.tell(kind, id, "2", valid_from="2025-12-01", **without)
        if state == "superseded":
            return None
        self.run(kind, id, "1", 3)
        if state == "closed":
            self.run(kind, id, "2", 1)
            return None
        return kind, id, "1"

    def _template(self, kind: str, id: str, used: str, alive: bool) -> Named | None:
        for version, name in enumerate([used] if alive else [used, "other.note@1"], 1):
            field = {"element": name.split("@")[0], "version": int(name.split("@")[1])}
            draft = {"id": id, "version": version, "kind": kind, "names": text(id)}
            draft["sections"] = [{"names": text("一"), "fields": [field]}]
            if kind == "licence":
                draft["licence_type"] = LICENCE
            command = {"templates": [draft], "dry_run": False}
            ports = (self.registry, self.templates, self.uses, FakeHolders(), FakeWork())
            handlers.publish_templates(command, SYSTEM, *ports)
        return (kind, id, "1") if alive else None

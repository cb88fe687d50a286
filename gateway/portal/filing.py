"""An application on its way: an item or a bundle, in a draft that any device can take up again."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.parts import ask
from gateway.routes.applications import with_files
from gdbos_contracts.errors import NotFound

Json = Mapping[str, Any]
ITEMS, BUNDLES = "items", "bundles"


def guide(kind: str, code: str, region: str, choices: Mapping[str, str]) -> dict[str, Any]:
    """The questions still open, or the one situation with all that it asks for; with `name` and `region`."""
    method = "bundle_guide" if kind == BUNDLES else "guide"
    found = ask("catalog", method, {"code": code, "region": region, "choices": dict(choices)})
    about = found["bundle"] if kind == BUNDLES else found["item"]
    return {**found, "name": about["name"], "region": region}


def place(kind: str, code: str) -> str:
    """The region where it is offered, for who did not name one."""
    if kind == BUNDLES:
        return str(ask("catalog", "bundle", {"code": code})["bundle"]["region"])
    return str(ask("catalog", "item", {"code": code})["region"])


@dataclass(slots=True)
class Filing:
    """`materials` are those of `submit`, with files by id, name and size; `key` is the idempotency key;
    `filed` is the case number once it was submitted, so that a second click finds the same case."""

    id: str
    kind: str
    code: str
    name: Json
    region: str
    situation: str
    answers: dict[str, Any] = field(default_factory=dict)
    materials: list[dict[str, Any]] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)
    key: str = ""
    filed: str = ""

    @classmethod
    def begin(cls, kind: str, code: str, name: Json, region: str, situation: str) -> Filing:
        made = cls(secrets.token_urlsafe(12), kind, code, name, region, situation)
        made.key = secrets.token_urlsafe(24)
        return made

    @classmethod
    def resume(cls, kind: str, code: str, id: str) -> Filing:
        """NotFound for a draft of another item, of somebody else's or not made by a page."""
        body = ask("workflow", "draft", {"id": id})["body"]
        if body.get("kind") != kind or body.get("code") != code:
            raise NotFound
        return cls(**{name: body[name] for name in cls.__slots__ if name in body and name != "id"}, id=id)

    def save(self) -> None:
        body = {name: getattr(self, name) for name in self.__slots__ if name != "id"}
        ask("workflow", "save_draft", {"id": self.id, "body": {**body, "item": self.code}})

    def discard(self) -> None:
        ask("workflow", "delete_draft", {"id": self.id})

    def address(self, step: str = "") -> str:
        base = f"/{self.kind}/{self.code}/apply"
        return f"{base}/{self.id}/{step}" if step else base

    def known(self) -> dict[str, Any]:
        """{values, ask, consent_needed, elements, materials, sections, schema}: what is held, what is asked."""
        return ask(
            "workflow",
            "prefill",
            {
                "code": self.code,
                "region": self.region,
                "situation": self.situation,
                "consents": self.consents,
                "bundle": self.kind == BUNDLES,
            },
        )

    def whole(self, known: Json) -> dict[str, Any]:
        """Every answer: what agencies hold wins over what was typed before it was known."""
        asked = {name: self.answers[name] for name in known["ask"] if name in self.answers}
        return asked | {name: held["value"] for name, held in known["values"].items()}

    def submit(self, key: str, known: Json) -> str:
        """The case number; the same key gives the same case. BadInput with faults at answers and materials."""
        given = [_given(material) for material in self.materials]
        wanted = "bundle" if self.kind == BUNDLES else "item"
        body = {
            wanted: self.code,
            "region": self.region,
            "situation": self.situation,
            "answers": self.whole(known),
            "materials": given,
            "consents": self.consents,
        }
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        answer = ask(
            "workflow",
            "submit_bundle" if self.kind == BUNDLES else "submit",
            {
                **body,
                "materials": with_files(given),
                "idempotency_key": key,
                "body_hash": hashlib.sha256(canonical.encode()).hexdigest(),
            },
        )
        self.filed = str(json.loads(answer["body"])["case_no"])
        self.answers, self.materials = {}, []
        self.save()
        return self.filed


def _given(material: Json) -> dict[str, Any]:
    """With the ids of its files only: who owns them is looked up again."""
    if material.get("files"):
        return {"material": material["material"], "files": [each["id"] for each in material["files"]]}
    return dict(material)

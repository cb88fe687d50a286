"""The whole house in this process behind its HTTP door, under a clock that the test moves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import House
from gdbos_runtime.migrate import migrate
from gdbos_runtime.packs.samples import sample
from gdbos_runtime.rpc_client import client_of
from gdbos_runtime.settings import SERVICES, Settings
from support.filing import upload
from support.site import STARTER, Answer, Site

REGION = "440305"
Json = Mapping[str, Any]


class Town(Site):
    """What a person does at a browser or a client's developer with the interface, nothing else."""

    def at(self, day: str, time: str = "10:00:00") -> None:
        """Let it be this moment; sessions of an earlier one may have ended."""
        clock.start_at(f"{day}T{time}+08:00")
        self._tokens: dict[str, str] = {}

    def as_(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        if who not in self._tokens:
            self._tokens[who] = self.sign_in(who)
        return self.ask(method, f"/api/v1{path}", body, self._tokens[who], **headers)

    def good(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.as_(who, method, path, body, **headers)
        assert answer.status in (200, 201), answer.text
        return answer.json

    def refused(self, who: str, method: str, path: str, body: Any = None) -> list[str]:
        """The pointers of a refusal of bad input."""
        answer = self.as_(who, method, path, body, Idempotency_Key=str(uuid.uuid4()))
        assert answer.status == 422, answer.text
        return [fault["pointer"] for fault in answer.json["errors"]]

    def guided(self, who: str, path: str, choices: Json) -> dict[str, Any]:
        """The guide walked to its end: the choices given, else the first option."""
        made = dict(choices)
        while True:
            found = self.good(who, "POST", f"{path}/guide", {"region": REGION, "choices": made})
            if not found["questions"]:
                return dict(found)
            question = found["questions"][0]
            made.setdefault(question["id"], question["options"][0]["id"])

    def application(
        self,
        who: str,
        item: str,
        choices: Json | None = None,
        pledged: Sequence[str] = (),
        **more: Any,
    ) -> dict[str, Any]:
        """A complete application for an item: what is known is taken over, what is asked is sampled."""
        found = self.guided(who, f"/items/{item}", choices or {})
        asked = {"region": REGION, "situation": found["situation"]}
        form = self.good(who, "POST", f"/items/{item}/prefill", asked)
        answers = {name: held["value"] for name, held in form["values"].items()}
        answers |= {name: sample(form["schema"], name) for name in form["ask"]}
        materials = self.materials(who, found["materials"], pledged)
        return {"item": item, **asked, "answers": answers, "materials": materials, "consents": [], **more}

    def materials(self, who: str, wanted: Sequence[Json], pledged: Sequence[str]) -> list[dict[str, Any]]:
        mine = self.good(who, "GET", "/licences")["licences"]
        held = {each["type"]: each["id"] for each in mine if each["usable"]}
        given: list[dict[str, Any]] = [{"material": name, "pledged": True} for name in pledged]
        for material in wanted:
            if material["necessity"] != "required" or material["id"] in pledged:
                continue
            proof = {"licence": held[kind]} if (kind := material.get("licence_type")) in held else None
            given.append({"material": material["id"], **(proof or {"file": upload(self, self._tokens[who])})})
        return given

    def file(self, who: str, item: str, **more: Any) -> str:
        """The number of a new case."""
        body = self.application(who, item, **more)
        key = str(uuid.uuid4())
        return str(self.good(who, "POST", "/applications", body, Idempotency_Key=key)["case_no"])

    def seen(self, who: str, case_no: str) -> dict[str, Any]:
        return dict(self.good(who, "GET", f"/applications/{case_no}"))

    def due(self, who: str, case_no: str) -> tuple[str, str]:
        """(promised, statutory)"""
        clocks = self.seen(who, case_no)["clocks"]
        return clocks["promised"]["due"], clocks["statutory"]["due"]

    def tasks(self, who: str, case_no: str) -> list[dict[str, Any]]:
        cursor, found = "", []
        while True:
            page = self.good(who, "GET", f"/tasks?limit=100&cursor={cursor}")
            found += [task for task in page["tasks"] if task["case_no"] == case_no]
            if not (cursor := page["next"]):
                return found

    def try_(self, who: str, case_no: str, action: str, **data: Any) -> Answer:
        """Act on the task of the case that offers the action; else on its first, to be refused."""
        open_ = self.tasks(who, case_no)
        assert open_, f"{who} has no task of {case_no}"
        shown = [self.good(who, "GET", f"/tasks/{task['id']}") for task in open_]
        offering = (s["id"] for s in shown if action in [a["id"] for a in s["actions"]])
        body = {"action": action, "data": data}
        return self.as_(who, "POST", f"/tasks/{next(offering, open_[0]['id'])}/complete", body)

    def act(self, who: str, case_no: str, action: str, **data: Any) -> None:
        answer = self.try_(who, case_no, action, **data)
        assert answer.status == 200, answer.text

    def finish(self, who: str, case_no: str) -> None:
        """Carry the case forward as one clerk of its agency until nothing is left to do."""
        while waiting := self.tasks(who, case_no):
            shown = self.good(who, "GET", f"/tasks/{waiting[0]['id']}")
            offered = {action["id"]: action["schema"] for action in shown["actions"]}
            name = next(n for n in ("accept", "pass", "grant", "issue", "deliver", "done") if n in offered)
            data = {key: sample(offered[name], key) for key in offered[name].get("required", ())}
            body = {"action": name, "data": data}
            self.good(who, "POST", f"/tasks/{waiting[0]['id']}/complete", body)


@contextmanager
def town(settings: Settings, day: str) -> Iterator[Town]:
    """The starter pack, and that of the national code lists, installed on `day`."""
    found = Town(settings.data)
    inner = replace(settings, host="127.0.0.1", port=found.port, now=f"{day}T09:00:00+08:00")
    migrate(inner, SERVICES)
    house = House(inner)
    house.start()
    try:
        context.bind(context.Context())
        for pack in (STARTER, STARTER.with_name("standards")):
            packs.install(pack, client_of(inner).call, inner.data)
        found.at(day)
        yield found
    finally:
        house.stop()
        clock.start_at("")
        context.bind(context.Context())

"""Plays applicants and clerks through the services' own calls: what a demonstration and a scenario need.

Answers nobody else can give are taken from the examples of the data elements, materials are a synthetic PDF.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Forbidden, GdbosError, NotFound, StaleTask
from gdbos_contracts.principal import Principal
from gdbos_runtime import context
from gdbos_runtime.packs.samples import sample

Call = Callable[[str, str, Mapping[str, Any]], dict[str, Any]]
Json = Mapping[str, Any]

FORWARD = ("accept", "pass", "grant", "issue", "deliver", "done")
"""What a clerk chooses who has no reason not to."""
ROLES = ("intake", "reviewer", "decider", "issuer")
MOST_ROUNDS = 60
SECONDS = 60.0
PDF = {
    "id": "synthetic",
    "sha256": "0" * 64,
    "media_type": "application/pdf",
    "size": 1000,
    "name": "synthetic.pdf",
}


class Driver:
    """`accounts`: username → principal."""

    def __init__(self, call: Call, accounts: Mapping[str, Principal]) -> None:
        self._call = call
        self._accounts = accounts

    def ask(self, principal: Principal, service: str, method: str, request: Json) -> dict[str, Any]:
        """One call in the name of `principal`."""
        context.bind(context.Context(principal=principal, deadline=time.time() + SECONDS))
        return self._call(service, method, request)

    def principal(self, username: str) -> Principal:
        try:
            return self._accounts[username]
        except KeyError:
            raise BadInput(f"no account {username}") from None

    def guide(
        self, principal: Principal, code: str, region: str, choices: Json, bundle: bool = False
    ) -> dict[str, Any]:
        """Walk the guide to a situation: the choices given, else the first option that is not refused."""
        made = dict(choices)
        method = "bundle_guide" if bundle else "guide"
        while True:
            request = {"code": code, "region": region, "choices": made}
            found = self.ask(principal, "catalog", method, request)
            if not found["questions"]:
                return found
            question = found["questions"][0]
            made[question["id"]] = self._option(principal, request, method, question)

    def _option(self, principal: Principal, request: Json, method: str, question: Json) -> str:
        for option in question["options"]:
            tried = {**request, "choices": {**request["choices"], question["id"]: option["id"]}}
            if not self.ask(principal, "catalog", method, tried)["refused_because"]:
                return str(option["id"])
        return str(question["options"][0]["id"])

    def prepare(
        self, principal: Principal, code: str, region: str, situation: str, bundle: bool = False
    ) -> dict[str, Any]:
        """{answers, materials, prefilled}: what is known is taken over, the rest is sampled."""
        request = {"code": code, "region": region, "situation": situation, "bundle": bundle, "consents": []}
        form = self.ask(principal, "workflow", "prefill", request)
        answers = {name: held["value"] for name, held in form["values"].items()}
        for name in form["ask"]:
            answers[name] = sample(form["schema"], name)
        held = {licence["type"]: licence["id"] for licence in self._licences(principal)}
        materials = [
            {
                "material": m["id"],
                **({"licence": held[m["licence_type"]]} if m["licence_type"] in held else {"files": [PDF]}),
            }
            for m in form["materials"]
            if m["necessity"] == "required"
        ]
        return {
            "answers": answers,
            "materials": materials,
            "prefilled": sorted(form["values"]),
            "asked": form["ask"],
        }

    def submit(self, principal: Principal, application: Json, bundle: bool = False) -> dict[str, Any]:
        """File it under a fresh key: {case_no, status, clocks, links}."""
        text = json.dumps(application, sort_keys=True, ensure_ascii=False)
        request = {
            **application,
            "consents": [],
            "idempotency_key": secrets.token_hex(16),
            "body_hash": hashlib.sha256(text.encode()).hexdigest(),
        }
        answer = self.ask(principal, "workflow", "submit_bundle" if bundle else "submit", request)
        return dict(json.loads(answer["body"]))

    def application(self, principal: Principal, case_no: str) -> dict[str, Any]:
        return self.ask(principal, "workflow", "application", {"case_no": case_no})

    def handle(self, agency: str, case_no: str, wanted: Mapping[str, Json], most: int = MOST_ROUNDS) -> int:
        """Complete the open tasks of a case, as clerks of its agency; the number completed.

        `wanted` maps a task's element or name of role to {action, data}; other tasks go forward.
        """
        done = 0
        clerks = self._clerks(agency)
        while done < most:
            task = self._next(clerks, case_no)
            if task is None:
                return done
            self._complete(clerks, task, wanted)
            done += 1
        return done

    def _next(self, clerks: Sequence[Principal], case_no: str) -> dict[str, Any] | None:
        query = {"queue": "", "item": "", "light": "", "limit": 100, "cursor": ""}
        while True:
            found = self.ask(clerks[0], "workflow", "tasks", query)
            for task in found["tasks"]:
                if task["case_no"] == case_no:
                    return dict(task)
            if not found["next"]:
                return None
            query = {**query, "cursor": found["next"]}

    def _complete(self, clerks: Sequence[Principal], task: Json, wanted: Mapping[str, Json]) -> None:
        refused: GdbosError = NotFound()
        for clerk in clerks:
            try:
                shown = self.ask(clerk, "workflow", "task", {"id": task["id"]})
                chosen = (
                    wanted.get(task["element"]) or wanted.get(task["role"]) or self._forward(shown["actions"])
                )
                request = {"id": task["id"], "action": chosen["action"], "data": dict(chosen.get("data", {}))}
                self.ask(clerk, "workflow", "claim", {"id": task["id"]})
                self.ask(clerk, "workflow", "complete", request)
                return
            except (Forbidden, NotFound, StaleTask) as error:
                refused = error  # another clerk of the agency may
        raise refused

    @staticmethod
    def _forward(actions: Sequence[Json]) -> dict[str, Any]:
        offered = {action["id"]: action["schema"] for action in actions}
        for name in (*FORWARD, *offered):
            if name in offered:
                schema = offered[name]
                return {
                    "action": name,
                    "data": {key: sample(schema, key) for key in schema.get("required", ())},
                }
        raise StaleTask

    def _clerks(self, agency: str) -> list[Principal]:
        named = [p for p in self._accounts.values() if p.kind == "clerk" and p.agency == agency]
        return named or [
            Principal(f"synthetic-clerk-{n}", "clerk", "合成辦事員", ROLES, agency=agency) for n in range(3)
        ]

    def _licences(self, principal: Principal) -> list[dict[str, Any]]:
        found = self.ask(principal, "datahub", "licences", {})["licences"]
        return [licence for licence in found if licence.get("usable", True)]

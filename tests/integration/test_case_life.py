"""The life of a case against a model of it (domain.md §2.4): what the model forbids is refused and changes nothing.

The long form: GDBOS_LIFE_EXAMPLES=2000 GDBOS_LIFE_STEPS=50 pytest tests/integration/test_case_life.py
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as tuned
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support.engine_host import EngineHost
from support.filed import AGENCY, OneItem
from support.house import ROOT

from gdbos_contracts.errors import GdbosError
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock, context
from gdbos_runtime.packs.driving import PDF
from gdbos_runtime.settings import Settings
from services.workflow.adapters.clients import FlightBoard
from services.workflow.adapters.repository import KeyRepository
from services.workflow.domain.case import GOOD, Case
from services.workflow.handlers import (
    archiving,
    changing,
    deciding,
    deferring,
    rating,
    reopening,
    serving,
    submitting,
)
from services.workflow.handlers.firing import fire_due

BPMN = (ROOT / "deploy/packs/starter/processes/signboard.bpmn").read_bytes()
FIRM = Principal("firm", "agent", "企业", subject={"firm.uscc": "91440305MA5X0201XW"})
CLERK = Principal("clerk-intake", "clerk", "intake", ("intake",), agency=AGENCY)
START = "2026-11-24T10:00:00+08:00"
SUPPLY = [{"material": "owed", "files": [PDF]}]
REASON = {"reason": "理由"}
FAULTS = {"faults": [{"field": "owed", "message": "不清晰"}]}
MOVES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "accept": ("submitted", "reviewing", {}),
    "correct": ("submitted", "correction_requested", FAULTS),
    "send_back": ("submitted", "sent_back", FAULTS),
    "refuse_acceptance": ("submitted", "refused_acceptance", REASON),
    "not_required": ("submitted", "not_required", {}),
    "pass": ("reviewing", "deciding", {}),
    "return": ("deciding", "reviewing", REASON),
    "grant": ("deciding", "granted", {}),
    "deny": ("deciding", "denied", REASON),
}
"""Action → (state it is done in, state or outcome it leads to, data)."""
OUTCOMES = {"refused_acceptance", "not_required", "granted", "denied"}
ROLES = {"submitted": "intake", "reviewing": "reviewer", "deciding": "decider"}
REFUSALS = {"refuse_acceptance", "not_required", "send_back"}
"""What is over with the five days for a notice (行政許可法 Art. 32)."""
NOTICE_DAYS = 5
OVER = ("closed", "archived")
SERVED = {"granted", "denied", "refused_acceptance", "not_corrected", "terminated"}
"""Outcomes that are to be served before the case is archived."""
WAITS = {"correction_requested": "correction", "sent_back": "sent_back"}


def workdays(start: date, end: date) -> int:
    """After `start`, up to and including `end`; no holiday is published in this world."""
    days = (start + timedelta(days=n + 1) for n in range((end - start).days))
    return sum(day.weekday() < 5 for day in days)


class Life(RuleBasedStateMachine):
    """`state` is what the model holds; "closed" and "archived" with its outcome."""

    host: EngineHost
    item = OneItem("signboard")

    def __init__(self) -> None:
        super().__init__()
        clock.start_at(START)
        self.day = date.fromisoformat(START[:10])
        command = {
            "item": "item", "region": "440305", "situation": "", "answers": {}, "consents": [], "proxy": None,
            "materials": [{"material": "owed", "pledged": True}],
            "idempotency_key": secrets.token_hex(8), "body_hash": "h",
        }  # fmt: skip
        with self.host.room() as room:
            keys = KeyRepository(room.work)  # type: ignore[arg-type]
            answer = submitting.submit(command, FIRM, self.item.others(), FlightBoard(), keys, room)
        self.no = json.loads(answer["body"])["case_no"]
        self._born()

    def _born(self, pledged: bool = True) -> None:
        self.state, self.outcome, self.pledged = "submitted", "", pledged
        self.corrected = self.accepted = self.deemed = self.served = False
        self.received = self.day
        self.rated: set[str] = set()

    def _case(self) -> Case:
        return self.host.case(self.no)

    def _do(self, allowed: bool, act: Callable[[Any], Any]) -> bool:
        """Done exactly when the model allows it; refused, nothing has changed."""
        before = self._case()
        try:
            with self.host.room() as room:
                act(room)
        except GdbosError:
            assert not allowed
            after = self._case()
            assert (after.state, after.revision, after.steps) == (before.state, before.revision, before.steps)
            return False
        assert allowed
        return True

    @property
    def pending(self) -> bool:
        """Owed from the acceptance that tells the applicant so: one by silence of the agency tells nothing."""
        return self.accepted and self.pledged

    @rule(action=st.sampled_from(sorted(MOVES)))
    def clerk_acts(self, action: str) -> None:
        origin, target, data = MOVES[action]
        case, role = self._case(), ROLES.get(self.state, "intake")
        token = next((t for t, facts in case.doc["tokens"].items() if facts.get("k") == "task"), "none")
        yesterday = self.day - timedelta(days=1)
        late = self.state == "submitted" and workdays(self.received, yesterday) >= NOTICE_DAYS
        refused = (self.deemed or late) and action in REFUSALS
        allowed = self.state == origin and not refused and not (action == "correct" and self.corrected)
        allowed = allowed and not (action == "grant" and self.pending)
        clerk = Principal(f"clerk-{role}", "clerk", role, (role,), agency=AGENCY)
        command = {"action": action, "data": data, "comment": ""}

        def act(room: Any) -> None:
            deciding.complete(f"{self.no}:{token}", command, clerk, self.item, room)

        if self._do(allowed, act):
            self.deemed |= late
            self.accepted |= action == "accept"
            self.corrected |= action == "correct"
            self._went(target)

    def _went(self, target: str) -> None:
        self.state, self.outcome = ("closed", target) if target in OUTCOMES else (target, "")

    @rule()
    def applicant_answers_the_notice(self) -> None:
        command = {"case_no": self.no, "answers": {}, "materials": []}
        if self._do(
            self.state in WAITS, lambda room: changing.correct(command, FIRM, {}, self.item.others(), room)
        ):
            self.state, self.received = "submitted", self.day

    @rule()
    def applicant_withdraws(self) -> None:
        command = {"case_no": self.no, "reason": ""}
        if self._do(self.state not in OVER, lambda room: changing.withdraw(command, FIRM, room)):
            self.state, self.outcome = "closed", "withdrawn"

    @rule()
    def applicant_supplies(self) -> None:
        command = {"case_no": self.no, "materials": SUPPLY}
        allowed = self.state not in OVER and self.pending
        if self._do(allowed, lambda room: deferring.supplement(command, FIRM, {}, room)):
            self.pledged = False

    @rule(step=st.sampled_from(["whole", "intake"]), level=st.integers(1, 5))
    def applicant_rates(self, step: str, level: int) -> None:
        command = {
            "case_no": self.no, "step": step, "score": level, "stars": None,
            "reasons": [], "comment": "", "channel": "pc",
        }  # fmt: skip
        ready = self.state in OVER if step == "whole" else bool(self._case().body.get("accepted_on"))
        act = lambda room: rating.rate(command, secrets.token_hex(8), FIRM, room)  # noqa: E731
        if self._do(ready and step not in self.rated, act):
            self.rated.add(step)

    @rule()
    def applicant_applies_again(self) -> None:
        old = self.no

        def act(room: Any) -> None:
            self.no = reopening.reopen({"case_no": old, "reason": ""}, FIRM, room)["case_no"]

        if self._do(self.state in OVER and self.outcome not in GOOD, act):
            self._born(self.pledged)
            with self.host.room() as room:
                again = reopening.reopen({"case_no": old, "reason": ""}, FIRM, room)
            assert again["case_no"] == self.no

    @rule()
    def clerk_serves(self) -> None:
        command = {
            "case_no": self.no, "way": "post", "on": self.day.isoformat(), "collector": "", "evidence": "EMS1", "reason": "",
        }  # fmt: skip
        waits = self.state in OVER and self.outcome in SERVED and not self.served
        if self._do(waits, lambda room: serving.serve(command, CLERK, room)):
            self.served = True

    @rule()
    def clerk_archives(self) -> None:
        """Again, nothing is done twice."""
        ready = self.state == "closed" and (self.served or self.outcome not in SERVED)
        archived = self.state == "archived"
        if self._do(ready or archived, lambda room: archiving.store(self.no, CLERK, room)):
            self.state = "archived"

    @precondition(lambda self: self.state not in OVER)
    @rule(days=st.integers(1, 12))
    def days_go_by(self, days: int) -> None:
        self.day += timedelta(days=days)
        clock.start_at(f"{self.day.isoformat()}T10:00:00+08:00")
        body = self._case().body
        notice = body[WAITS[self.state]] if self.state in WAITS else None
        ends = {"not_corrected": notice["due"] if notice else "9999"}
        ends["terminated"] = body["deferral"]["due"] if self.pending else "9999"
        fire_due(100, self.host.room)
        outcome, due = min(ends.items(), key=lambda each: each[1])
        if due < self.day.isoformat():
            back = outcome == "not_corrected" and self.deemed
            self.state, self.outcome = ("submitted", "") if back else ("closed", outcome)

    @invariant()
    def the_case_is_as_the_model_says(self) -> None:
        case = self._case()
        assert (case.state, case.outcome or "") == (self.state, self.outcome)
        assert bool(case.body.get("result")) == (self.outcome == "granted")
        assert not (self.outcome == "granted" and self.pending)
        assert (case.body.get("service", {}).get("served") is not None) == self.served
        tokens = [facts.get("k") for facts in case.doc["tokens"].values()] if case.open else []
        assert tokens.count("task") == (self.state in ROLES)


@pytest.fixture(autouse=True)
def life(settings: Settings) -> Any:
    context.bind(context.Context())
    Life.host = EngineHost(settings)
    Life.host.publish("signboard", BPMN)
    yield
    clock.start_at("")


def test_no_sequence_of_acts_leaves_the_model() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=tuned(
            max_examples=int(os.environ.get("GDBOS_LIFE_EXAMPLES", "25")),
            stateful_step_count=int(os.environ.get("GDBOS_LIFE_STEPS", "20")),
            suppress_health_check=list(HealthCheck),
        ),
    )

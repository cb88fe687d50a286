"""Runs a pack's scenarios: each a list of steps with what is expected of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.errors import GdbosError
from gdbos_contracts.principal import Principal
from gdbos_runtime.packs.driving import PDF, Call, Driver
from gdbos_runtime.packs.reading import Pack

Json = Mapping[str, Any]


class Unexpected(Exception):
    """A step did not end as written."""


@dataclass(slots=True)
class Verification:
    """One line for each scenario; `ok` when none failed."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return bool(self.lines) and all(line["ok"] for line in self.lines)

    def to_data(self) -> dict[str, Any]:
        return {"ok": self.ok, "scenarios": self.lines}

    def __str__(self) -> str:
        return "\n".join(
            f"{'ok    ' if line['ok'] else 'FAILED'} {line['scenario']} ({line['seconds']:.2f} s) {line['why']}"
            for line in self.lines
        )


def principals(pack: Pack) -> dict[str, Principal]:
    """username → principal."""
    return {account["username"]: Principal.from_data(account["principal"]) for account in pack.accounts}


def verify(pack: Pack, call: Call, told: Callable[[dict[str, Any]], None] | None = None) -> Verification:
    """Run every scenario of the pack."""
    result = Verification()
    for scenario in pack.scenarios:
        began, why = time.perf_counter(), ""
        try:
            for step in run(scenario, Driver(call, principals(pack))):
                if told is not None:
                    told(step)
        except Unexpected as error:
            why = str(error)
        except GdbosError as error:
            why = f"{error.code} {[f.pointer for f in error.faults]}"
        result.lines.append(
            {"scenario": scenario["id"], "ok": not why, "seconds": time.perf_counter() - began, "why": why}
        )
    return result


def run(scenario: Json, driver: Driver) -> Iterator[dict[str, Any]]:
    """Each step as it is done: {scenario, step, ms, …}. Raises Unexpected at the first that ends otherwise."""
    cases: dict[str, dict[str, Any]] = {}
    for number, step in enumerate(scenario["steps"], 1):
        began = time.perf_counter()
        (kind,) = (name for name in _STEPS if name in step)
        try:
            facts = _STEPS[kind](driver, step[kind], cases)
        except GdbosError as error:
            facts = _expected_error(error, step.get("expect", {}), f"{scenario['id']} step {number}")
        else:
            if "error" in step.get("expect", {}):
                raise Unexpected(
                    f"step {number} {kind}: {step['expect']['error']} was expected, it went through"
                )
            _check(facts, step.get("expect", {}), f"step {number} {kind}")
        yield {
            "scenario": scenario["id"],
            "step": kind,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            **facts,
        }


def _apply(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    who, bundle = driver.principal(step["as"]), "bundle" in step
    code = step["bundle"] if bundle else step["item"]
    found = driver.guide(who, code, step.get("guide_region", step["region"]), step.get("choices", {}), bundle)
    situation = step.get("situation", found["situation"] or "")
    ready = driver.prepare(
        who, code, step.get("guide_region", step["region"]), found["situation"] or "", bundle
    )
    answers = {**ready["answers"], **step.get("answers", {})}
    application = {
        "bundle" if bundle else "item": code,
        "region": step["region"],
        "situation": situation,
        "answers": {name: value for name, value in answers.items() if value is not None},
        "materials": _materials(ready["materials"], step.get("materials", {})),
        **({"proxy": {**step["proxy"], "authority": PDF}} if "proxy" in step else {}),
    }
    filed = driver.submit(who, application, bundle)
    case = {"no": filed["case_no"], "who": who, "bundle": bundle}
    cases[step.get("save", "case")] = case
    return {
        "case_no": filed["case_no"],
        "status": filed["status"],
        "prefilled": ready["prefilled"],
        "asked": ready["asked"],
    }


def _materials(ready: list[dict[str, Any]], changes: Json) -> list[dict[str, Any]]:
    """`changes`: material → null (leave out), or what answers it instead."""
    kept = [m for m in ready if m["material"] not in changes]
    return kept + [
        {"material": name, **{k: [PDF] * v if k == "files" else v for k, v in change.items()}}
        for name, change in changes.items()
        if change is not None
    ]


def _handle(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Clerks complete what is open: of a bundle, every member that has begun, until nothing is left. `agency` is
    another than the item's own, such as one that is asked for its opinion."""
    case = cases[step.get("case", "case")]
    done = 0
    while True:
        shown = driver.application(case["who"], case["no"])
        members = [m for m in shown["children"] or [shown] if m["status"] not in ("closed", "waiting")]
        more = sum(
            driver.handle(
                step.get("agency") or m["item"]["agency"]["code"],
                m["case_no"],
                step.get("actions", {}),
                step.get("tasks", 60),
            )
            for m in members
        )
        done += more
        if not more or "tasks" in step:
            return {**_state(driver, case), "tasks": done}


def _correct(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    case = cases[step.get("case", "case")]
    request = {
        "case_no": case["no"],
        "answers": dict(step.get("answers", {})),
        "materials": _materials([], step.get("materials", {})),
    }
    driver.ask(_who(driver, step, case), "workflow", "correct", request)
    return _state(driver, case)


def _withdraw(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    case = cases[step.get("case", "case")]
    request = {"case_no": case["no"], "reason": step.get("reason", "")}
    driver.ask(_who(driver, step, case), "workflow", "withdraw", request)
    return _state(driver, case)


def _rate(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    case = cases[step.get("case", "case")]
    given = {name: step[name] for name in ("score", "stars", "step", "comment") if name in step}
    return driver.ask(_who(driver, step, case), "workflow", "rate", {"case_no": case["no"], **given})


def _supplement(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    case = cases[step.get("case", "case")]
    request = {"case_no": case["no"], "materials": _materials([], step["materials"])}
    driver.ask(_who(driver, step, case), "workflow", "supplement", request)
    return _state(driver, case)


def _reopen(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The new case takes the place of the old one in the steps that follow, under `save`."""
    case = cases[step.get("case", "case")]
    request = {"case_no": case["no"], "reason": step.get("reason", "")}
    answer = driver.ask(_who(driver, step, case), "workflow", "reopen", request)
    cases[step.get("save", "reopened")] = {**case, "no": answer["case_no"]}
    return _state(driver, cases[step.get("save", "reopened")])


def _look(driver: Driver, step: Json, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    case = cases[step.get("case", "case")]
    driver.application(_who(driver, step, case), case["no"])
    return _state(driver, case)


def _who(driver: Driver, step: Json, case: Json) -> Principal:
    who: Principal = driver.principal(step["as"]) if "as" in step else case["who"]
    return who


def _state(driver: Driver, case: Json) -> dict[str, Any]:
    shown = driver.application(case["who"], case["no"])
    results = [m["result"] for m in (shown["children"] or [shown]) if m["result"]]
    return {
        "case_no": case["no"],
        "status": shown["status"],
        "outcome": shown["outcome"],
        "results": len(results),
        "licences": sum(1 for r in results if r.get("licence")),
        "documents": [d["kind"] for d in shown["documents"]],
        "members": {m["member"]: m["outcome"] or m["status"] for m in shown["children"]},
    }


_STEPS: Mapping[str, Callable[[Driver, Json, dict[str, dict[str, Any]]], dict[str, Any]]] = {
    "apply": _apply,
    "handle": _handle,
    "correct": _correct,
    "withdraw": _withdraw,
    "rate": _rate,
    "look": _look,
    "supplement": _supplement,
    "reopen": _reopen,
}


def _expected_error(error: GdbosError, expect: Json, place: str) -> dict[str, Any]:
    pointers = [fault.pointer for fault in error.faults]
    if expect.get("error") != error.code:
        raise Unexpected(f"{place}: {error.code} at {pointers}")
    absent = [pointer for pointer in expect.get("pointers", ()) if pointer not in pointers]
    if absent:
        raise Unexpected(f"{place}: no fault at {absent}, but at {pointers}")
    return {"error": error.code, "pointers": pointers}


def _check(facts: Json, expect: Json, place: str) -> None:
    for name, wanted in expect.items():
        got = facts.get(name)
        fits = set(wanted) <= set(got or ()) if isinstance(wanted, list) else got == wanted
        if not fits:
            raise Unexpected(f"{place}: {name} is {got!r}, expected {wanted!r}")

"""The public JSON-Schema-Test-Suite, every case through our own Validator, at both speeds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.house import SHARED

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput

SUITE = SHARED / "json-schema-test-suite"
DIALECTS = {"draft2020-12": "2020-12", "draft7": "draft7"}
CASES = {
    ("draft2020-12", "required"): 1299,
    ("draft2020-12", "optional"): 162,
    ("draft2020-12", "format"): 764,
    ("draft7", "required"): 927,
    ("draft7", "optional"): 118,
    ("draft7", "format"): 676,
}
"""What the suite holds. All of it passes, so there is no list of exceptions: a new one must be argued here."""

_OLDER = ("draft3", "draft4", "draft6", "v1")

pytestmark = pytest.mark.skipif(
    not SUITE.exists(), reason="shared data is absent: json-schema-test-suite is not beside the project"
)


class Case(NamedTuple):
    draft: str
    kind: str
    name: str
    schema: Any
    data: Any
    valid: bool
    formats: bool | None


@cache
def remotes(draft: str) -> dict[str, Any]:
    """What the suite serves on localhost:1234, without the folders of drafts that are not ours."""
    base = SUITE / "remotes"
    others = {*_OLDER, *(set(DIALECTS) - {draft})}
    return {
        f"http://localhost:1234/{path.relative_to(base).as_posix()}": json.loads(path.read_text("utf-8"))
        for path in sorted(base.rglob("*.json"))
        if path.relative_to(base).parts[0] not in others
    }


def cases(draft: str) -> Iterator[Case]:
    base = SUITE / "tests" / draft
    for path in sorted(base.rglob("*.json")):
        yield from cases_of(draft, path, path.relative_to(base).as_posix())


def cases_of(draft: str, path: Path, relative: str) -> Iterator[Case]:
    """Formats are asserted where the suite asserts them; elsewhere the dialect decides."""
    formats = relative.startswith("optional/format/")
    kind = "format" if formats else "optional" if relative.startswith("optional/") else "required"
    for group in json.loads(path.read_text("utf-8")):
        for test in group["tests"]:
            name = f"{relative} | {group['description']} | {test['description']}"
            yield Case(draft, kind, name, group["schema"], test["data"], test["valid"], formats or None)


def verdicts(case: Case) -> tuple[bool, bool] | None:
    """(fast, explained), or None where the schema is refused."""
    try:
        validator = Validator(
            case.schema, resources=remotes(case.draft), dialect=DIALECTS[case.draft], formats=case.formats
        )
    except BadInput:
        return None
    return validator.verdict(case.data), not validator.explain(case.data)


@cache
def outcome() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], list[str], list[str]]:
    """Cases and passes by draft and kind; the names that fail; those where the two speeds differ."""
    total: Counter[tuple[str, str]] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    failed, torn = [], []
    for case in (case for draft in DIALECTS for case in cases(draft)):
        found = verdicts(case)
        total[case.draft, case.kind] += 1
        if found == (case.valid, case.valid):
            passed[case.draft, case.kind] += 1
        else:
            failed.append(f"{case.draft} | {case.name}")
        if found and found[0] != found[1]:
            torn.append(f"{case.draft} | {case.name}")
    return total, passed, failed, torn


def test_every_case_of_the_suite_passes() -> None:
    total, passed, failed, _ = outcome()
    print("\n" + "\n".join(f"{d:14}{k:10}{passed[d, k]:6} / {n}" for (d, k), n in sorted(total.items())))
    assert failed == []
    assert passed == CASES


def test_both_speeds_give_the_same_verdict_on_every_case() -> None:
    assert outcome()[3] == []

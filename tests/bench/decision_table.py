"""A decision table of fifty rows, as data and as DMN; no other module of ours, so that peers may use it."""

from __future__ import annotations

from typing import Any

ROWS = [(n * 10, n * 10 + 10, f"k{n % 5}", f"level {n}") for n in range(50)]
"""(from, below, kind, level)."""
GIVEN = [{"amount": n * 10 + 3, "kind": f"k{n % 5}"} for n in (0, 7, 19, 33, 49)]


def expected(given: dict[str, Any]) -> str | None:
    for low, high, kind, level in ROWS:
        if low <= given["amount"] < high and kind == given["kind"]:
            return level
    return None


def dmn() -> bytes:
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="a{n}"><text>[{low}..{high})</text></inputEntry>'
        f'<inputEntry id="k{n}"><text>"{kind}"</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>"{level}"</text></outputEntry></rule>'
        for n, (low, high, kind, level) in enumerate(ROWS)
    )
    return f"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:b">
<inputData id="i1" name="amount"><variable name="amount" typeRef="number"/></inputData>
<inputData id="i2" name="kind"><variable name="kind" typeRef="string"/></inputData>
<decision id="level" name="level"><variable name="level" typeRef="string"/>
<informationRequirement id="n1"><requiredInput href="#i1"/></informationRequirement>
<informationRequirement id="n2"><requiredInput href="#i2"/></informationRequirement>
<decisionTable id="t" hitPolicy="FIRST">
<input id="c1"><inputExpression id="x1" typeRef="number"><text>amount</text></inputExpression></input>
<input id="c2"><inputExpression id="x2" typeRef="string"><text>kind</text></inputExpression></input>
<output id="u" name="level" typeRef="string"/>{rules}</decisionTable></decision></definitions>""".encode()

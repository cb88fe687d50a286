"""Arrays: each keyword of the wide side, shown from the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.standards.domain.compat.facts import Facts, Flat, elements

Check = Callable[[Any, Facts, Flat, str], bool]


def _least(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return facts.least("minItems") >= int(wide["minItems"])


def _most(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    most = _longest(facts)
    return most is not None and most <= int(wide["maxItems"])


def _longest(facts: Facts) -> int | None:
    """The greatest length: by `maxItems`, or because no element may follow."""
    most = facts.most("maxItems")
    closed = [len(flat.get("prefixItems", ())) for flat in facts.flat if flat.get("items") is False]
    return min([*closed, *([most] if most is not None else [])], default=None)


def _unique(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    most = _longest(facts)
    return wide["uniqueItems"] is False or True in facts.of("uniqueItems") or (most is not None and most <= 1)


def _prefix(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return all(
        _out_of_reach(facts, index) or prover.below(elements(facts, index), schema, f"{at}/{index}")
        for index, schema in enumerate(wide["prefixItems"])
    )


def _items(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    """Every index after the wide prefix: those that the narrow side names, and one for all that follow."""
    first = len(wide.get("prefixItems", ()))
    last = max([first, *(len(each) for each in facts.of("prefixItems"))])
    return all(
        _out_of_reach(facts, index) or prover.below(elements(facts, index), wide["items"], at)
        for index in range(first, last + 1)
    )


def _out_of_reach(facts: Facts, index: int) -> bool:
    most = _longest(facts)
    return most is not None and most <= index


def _contains(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    """The narrow side must contain as many of a narrower kind; counting at most is shown only when equal."""
    least, most = wide.get("minContains", 1), wide.get("maxContains")
    if least == 0 and most is None:
        return True
    for flat in facts.flat:
        if "contains" not in flat:
            continue
        if most is not None and (
            not prover.alike(flat["contains"], wide["contains"]) or flat.get("maxContains", most + 1) > most
        ):
            continue
        if flat.get("minContains", 1) >= least and prover.below([flat["contains"]], wide["contains"], at):
            return True
    return False


KEYWORDS: Mapping[str, Check] = {
    "minItems": _least,
    "maxItems": _most,
    "uniqueItems": _unique,
    "prefixItems": _prefix,
    "items": _items,
    "contains": _contains,
}

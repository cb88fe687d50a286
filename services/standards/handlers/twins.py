"""Elements that look alike, and what their stewards say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import Twin
from services.standards.domain.merging import TwinVerdict, may_judge
from services.standards.ports import Registry, TwinVerdicts, Work


def likeness(
    query: Mapping[str, Any], principal: Principal, registry: Registry, verdicts: TwinVerdicts
) -> dict[str, Any]:
    """{twins: [{one, other, score, reasons, names, mine, verdict?}], total, next}: the most alike first.

    `element` narrows to the twins of one (NotFound when there is none of that id), `verdict` to those that were
    judged so, or to the `open` ones; `cursor` is the number of rows seen. `mine` tells whether the caller may judge.
    """
    if query["element"] and registry.element(query["element"]) is None:
        raise NotFound
    said = verdicts.every()
    judged = [(twin, _standing(said.get(_key(twin)), registry)) for twin in registry.twins(query["element"])]
    wanted = [pair for pair in judged if query["verdict"] in ("", pair[1].decision if pair[1] else "open")]
    start, end = query["cursor"], query["cursor"] + query["limit"]
    return {
        "twins": [_row(twin, verdict, registry, principal) for twin, verdict in wanted[start:end]],
        "total": len(wanted),
        "next": end if len(wanted) > end else None,
    }


def judge_twins(
    command: Mapping[str, Any], principal: Principal, registry: Registry, verdicts: TwinVerdicts, work: Work
) -> dict[str, Any]:
    """{decision, into, note, by, at} of two twins, in place of what was said before.

    NotFound where the two do not look alike; Forbidden for whoever is the steward of neither and no registrar;
    BadInput for a merge into a third element.
    """
    pair = sorted((command["one"], command["other"]))
    if not any(_key(twin) == tuple(pair) for twin in registry.twins(pair[0])):
        raise NotFound
    one, other = _elements(pair, registry)
    if not may_judge(principal, one, other):
        raise Forbidden
    decision, into, note = command["decision"], command["into"], command["note"]
    if decision == "merge" and into not in pair:
        raise BadInput(faults=[Fault("/into", "not_a_twin", _NOT_A_TWIN)])
    kept = into if decision == "merge" else ""
    verdict = TwinVerdict(
        one.id, other.id, one.version, other.version, decision, kept, note, principal.id, work.now
    )
    verdicts.put(verdict)
    work.audit("standard.twins", " ".join(pair), decision=decision, into=kept)
    work.commit()
    return verdict.to_data()


def _key(twin: Twin) -> tuple[str, str]:
    return min(twin.one, twin.other), max(twin.one, twin.other)


def _elements(ids: Iterable[str], registry: Registry) -> list[DataElement]:
    return [element for id in ids if (element := registry.element(id)) is not None]


def _standing(verdict: TwinVerdict | None, registry: Registry) -> TwinVerdict | None:
    """The verdict, unless either has a newer version than was judged."""
    if verdict is None:
        return None
    versions = {e.id: e.version for e in _elements((verdict.one, verdict.other), registry)}
    return verdict if verdict.holds(versions) else None


def _row(twin: Twin, verdict: TwinVerdict | None, registry: Registry, principal: Principal) -> dict[str, Any]:
    one, other = _elements((twin.one, twin.other), registry)
    return {
        "one": twin.one,
        "other": twin.other,
        "score": twin.score,
        "reasons": list(twin.reasons),
        "names": {element.id: dict(element.names) for element in (one, other)},
        "mine": may_judge(principal, one, other),
        **({"verdict": verdict.to_data()} if verdict else {}),
    }


_NOT_A_TWIN = {
    "zh-Hans": "合并后保留的须是两者之一",
    "zh-Hant": "合併後保留的須是兩者之一",
    "en": "A merge keeps one of the two",
}

"""Publication: what is new is kept, what is equal is left, what differs under an old number is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from gdbos_contracts.errors import BadInput, Conflict, Fault
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.examples import contradictions
from services.standards.domain.impact import Break, refusal
from services.standards.domain.migration import MigrationRule
from services.standards.domain.naming import lint
from services.standards.handlers import impact
from services.standards.handlers.impact import Watch
from services.standards.ports import Compatibility, Registry, Uses, Work

MOST_NAMES = 1000
"""Elements that one event tells of."""


def publish(
    command: Mapping[str, Any], registry: Registry, uses: Uses, check: Compatibility, work: Work
) -> dict[str, Any]:
    """Publish elements and code lists. Equal content is left alone; a published version never changes.

    Incompatible, with everybody whom it would break, for a version in force that refuses values which live users
    hold, unless one of `migrations` carries them over; a dry run reports the same as `impact`.

    `advice` tells of names against the rules and of elements that look alike; it forbids nothing.
    """
    lists = _new(
        [CodeList.from_data(d, f"/code_lists/{i}") for i, d in enumerate(command["code_lists"])],
        registry.code_list,
        "code_lists",
    )
    elements = _new(
        [DataElement.from_data(d, f"/elements/{i}") for i, d in enumerate(command["elements"])],
        registry.element,
        "elements",
    )
    held = {(c.id, c.version): c for c in lists.values()}
    codes = {place: _codes_of(element, held, registry) for place, element in elements.items()}
    _code_lists_exist(elements, codes)
    rules = [MigrationRule.from_data(d, f"/migrations/{i}") for i, d in enumerate(command["migrations"])]
    watch = Watch(registry, uses, check, work.now.date())
    broken = _broken(elements.values(), held, rules, watch)
    if broken and not command["dry_run"]:
        raise refusal(broken)
    advice = _advice(elements, codes, registry)
    told = _unknown(rules, registry)
    if (elements or lists or told) and not command["dry_run"]:
        _write(list(elements.values()), list(lists.values()), told, registry, work)
        work.commit()
    return {
        "elements": [str(e.ref) for e in elements.values()],
        "code_lists": [f"{c.id}@{c.version}" for c in lists.values()],
        "advice": [fault.to_data() for fault in advice],
        "impact": impact.report(broken),
        "unchanged": len(command["elements"]) + len(command["code_lists"]) - len(elements) - len(lists),
    }


def _unknown(rules: Sequence[MigrationRule], registry: Registry) -> list[MigrationRule]:
    """Those that are not held; Conflict for another rule between the same versions."""
    new = []
    for index, rule in enumerate(rules):
        held = {each.old: each for each in registry.rules(rule.id, rule.new)}.get(rule.old)
        if held is None:
            new.append(rule)
        elif held != rule:
            raise immutable(f"{rule.id}@{rule.old} → @{rule.new}", f"/migrations/{index}")
    return new


def _write(
    elements: Sequence[DataElement],
    lists: Sequence[CodeList],
    rules: Sequence[MigrationRule],
    registry: Registry,
    work: Work,
) -> None:
    registry.add_code_lists(lists)
    registry.add_elements(elements)
    registry.add_rules(rules)
    published: list[CodeList | DataElement] = [*lists, *elements]
    for item in published:
        work.audit("standard.publish", f"{item.id}@{item.version}")
    for element in elements:
        work.emit("element.published", element.id, {"id": element.id, "version": element.version})
    ids = sorted({element.id for element in elements})
    for first in range(0, len(ids), MOST_NAMES):
        work.emit("names.published", "standards", {"ids": ids[first : first + MOST_NAMES]})


def _broken(
    elements: Collection[DataElement],
    beside: Mapping[tuple[str, int], CodeList],
    rules: Sequence[MigrationRule],
    watch: Watch,
) -> list[Break]:
    def codes(element: DataElement) -> CodeList | None:
        return _codes_of(element, beside, watch.registry)

    found = impact.breaks(impact.in_force(elements), beside.values(), codes, watch)
    return impact.unmended(found, rules)


Draft = TypeVar("Draft", DataElement, CodeList)
Placed = dict[str, Draft]
"""Drafts by their place in the command, such as /elements/3."""


def _new(drafts: Sequence[Draft], held: Callable[[str, int], Draft | None], section: str) -> dict[str, Draft]:
    """Drafts that are not published yet; Conflict for another content under a published version."""
    new: dict[str, Draft] = {}
    beside: dict[tuple[str, int], Draft] = {}
    for index, draft in enumerate(drafts):
        key = (draft.id, draft.version)
        published = beside.get(key) or held(*key)
        if published is None:
            new[f"/{section}/{index}"] = beside[key] = draft
        elif _content(published, draft) != _content(draft, published):
            raise immutable(f"{draft.id}@{draft.version}", f"/{section}/{index}/version")
    return new


def immutable(name: str, pointer: str) -> Conflict:
    """What answers another content under a published version."""
    message = {
        "zh-Hans": f"{name} 已发布且内容不同，请使用新版本号",
        "zh-Hant": f"{name} 已發布且內容不同，請使用新版本號",
        "en": f"{name} is published with other content; give it a new version",
    }
    return Conflict(message, [Fault(pointer, "immutable", message)])


def _content(draft: DataElement | CodeList, other: DataElement | CodeList) -> Mapping[str, Any]:
    """All but the status, which has a life of its own, and a steward where one of the two names none."""
    apart = {"status"} if draft.steward and other.steward else {"status", "steward"}
    return {key: value for key, value in draft.to_data().items() if key not in apart}


def _codes_of(
    element: DataElement, beside: Mapping[tuple[str, int], CodeList], registry: Registry
) -> CodeList | None:
    ref = element.code_list
    return (beside.get((ref.id, ref.version)) or registry.code_list(ref.id, ref.version)) if ref else None


def _code_lists_exist(elements: Placed[DataElement], codes: Mapping[str, CodeList | None]) -> None:
    faults = []
    for place, element in elements.items():
        ref = element.code_list
        if ref and codes[place] is None:
            name = f"{ref.id}@{ref.version}"
            message = {
                "zh-Hans": f"代码集 {name} 不存在",
                "zh-Hant": f"代碼集 {name} 不存在",
                "en": f"no code list {name}",
            }
            faults.append(Fault(f"{place}/code_list", "dangling", message))
    if faults:
        raise BadInput(faults=faults)


def _advice(
    elements: Placed[DataElement], codes: Mapping[str, CodeList | None], registry: Registry
) -> list[Fault]:
    """Names against the rules, elements at odds with themselves, and elements that look like others."""
    advice = [
        fault
        for place, element in elements.items()
        for fault in (*lint(element, place), *contradictions(element, codes[place], place))
    ]
    places = {element.id: place for place, element in elements.items()}
    for twin in registry.alike(list(elements.values())) if elements else ():
        mine, other = twin.one, twin.other
        message = {
            "zh-Hans": f"{mine} 与 {other} 疑似重复（{twin.score:.0%}）",
            "zh-Hant": f"{mine} 與 {other} 疑似重複（{twin.score:.0%}）",
            "en": f"{mine} looks like {other} ({twin.score:.0%})",
        }
        advice.append(Fault(places[mine], "near_duplicate", message))
    return advice

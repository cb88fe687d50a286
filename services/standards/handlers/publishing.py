"""Publication: what is new is kept, what is equal is left, what differs under an old number is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import near_duplicates
from services.standards.domain.naming import lint
from services.standards.ports import Registry, Work


def publish(command: Mapping[str, Any], registry: Registry, work: Work) -> dict[str, Any]:
    """Publish elements and code lists. Equal content is left alone; a published version never changes.

    `advice` tells of names against the rules and of elements that look alike; it forbids nothing. Held elements
    are compared in a dry run only, which is what a plan is for: the work grows with the registry.
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
    _code_lists_exist(elements, lists, registry)
    advice = _advice(elements, registry.newest() if command["dry_run"] else ())
    if (elements or lists) and not command["dry_run"]:
        registry.add_code_lists(lists)
        registry.add_elements(elements)
        for item in (*lists, *elements):
            work.audit("standard.publish", f"{item.id}@{item.version}")
        for element in elements:
            work.emit("element.published", element.id, {"id": element.id, "version": element.version})
        work.commit()
    return {
        "elements": [str(e.ref) for e in elements],
        "code_lists": [f"{c.id}@{c.version}" for c in lists],
        "advice": [fault.to_data() for fault in advice],
        "unchanged": len(command["elements"]) + len(command["code_lists"]) - len(elements) - len(lists),
    }


def _new(drafts: Sequence[Any], held: Any, section: str) -> list[Any]:
    """Drafts that are not published yet; Conflict for another content under a published version."""
    new = []
    for index, draft in enumerate(drafts):
        published = held(draft.id, draft.version)
        if published is None:
            new.append(draft)
        elif published != draft:
            name = f"{draft.id}@{draft.version}"
            message = {
                "zh-Hans": f"{name} 已发布且内容不同，请使用新版本号",
                "zh-Hant": f"{name} 已發布且內容不同，請使用新版本號",
                "en": f"{name} is published with other content; give it a new version",
            }
            raise Conflict(message, [Fault(f"/{section}/{index}/version", "immutable", message)])
    return new


def _code_lists_exist(elements: Iterable[DataElement], new: Sequence[CodeList], registry: Registry) -> None:
    fresh = {(c.id, c.version) for c in new}
    faults = []
    for e in elements:
        ref = e.code_list
        if ref and (ref.id, ref.version) not in fresh and registry.code_list(ref.id, ref.version) is None:
            name = f"{ref.id}@{ref.version}"
            faults.append(
                Fault(
                    f"/elements/{e.id}/code_list",
                    "dangling",
                    {
                        "zh-Hans": f"代码集 {name} 不存在",
                        "zh-Hant": f"代碼集 {name} 不存在",
                        "en": f"no code list {name}",
                    },
                )
            )
    if faults:
        raise BadInput(faults=faults)


def _advice(elements: Sequence[DataElement], held: Sequence[DataElement]) -> list[Fault]:
    """Naming rules broken by the new elements, and held or new elements that look like them."""
    if not elements:
        return []
    places = {element.id: f"/elements/{index}" for index, element in enumerate(elements)}
    advice = [fault for element in elements for fault in lint(element, places[element.id])]
    for twin in near_duplicates(elements, held):
        mine, other = (twin.one, twin.other) if twin.one in places else (twin.other, twin.one)
        message = {
            "zh-Hans": f"{mine} 与 {other} 疑似重复（{twin.score:.0%}）",
            "zh-Hant": f"{mine} 與 {other} 疑似重複（{twin.score:.0%}）",
            "en": f"{mine} looks like {other} ({twin.score:.0%})",
        }
        advice.append(Fault(places[mine], "near_duplicate", message))
    return advice

"""One command, one function, one commit; every collaborator is an argument."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput, Conflict, Fault, NotFound
from services.standards.domain import schema as schemas
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.ports import Compatibility, Registry, Work


def publish(command: Mapping[str, Any], registry: Registry, work: Work) -> dict[str, Any]:
    """Publish elements and code lists. Equal content is left alone; a published version never changes."""
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
        "unchanged": len(command["elements"]) + len(command["code_lists"]) - len(elements) - len(lists),
    }


def element(id: str, version: int | None, registry: Registry) -> dict[str, Any]:
    """One data element; NotFound."""
    found = registry.element(id, version)
    if found is None:
        raise NotFound
    return found.to_data()


def elements(query: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """A page of elements; `next` is the opaque cursor or None."""
    found = registry.search(query["q"], query["cursor"], query["limit"] + 1)
    page = found[: query["limit"]]
    return {"elements": [e.to_data() for e in page], "next": page[-1].id if len(found) > len(page) else None}


def code_list(id: str, version: int | None, registry: Registry) -> dict[str, Any]:
    """One code list; NotFound."""
    found = registry.code_list(id, version)
    if found is None:
        raise NotFound
    return found.to_data()


def compose(references: Sequence[Mapping[str, Any]], on: date | None, registry: Registry) -> dict[str, Any]:
    """{schema}: JSON Schema 2020-12 of one object keyed by element id; the same references give the same bytes."""
    pairs = [(_resolve(i, r, registry), r["required"]) for i, r in enumerate(references)]
    lists = _lists(pairs, registry)
    digest = hashlib.sha256("|".join(f"{e.ref}{'!' if r else ''}" for e, r in pairs).encode()).hexdigest()
    return {"schema": schemas.compose(pairs, lists, schema_id=f"urn:gdbos:schema:{digest[:24]}", on=on)}


def validate(command: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """{valid, violations:[{pointer, code, message, element, rule}]} against a schema or composed elements."""
    if (command["schema"] is None) == (command["elements"] is None):
        message = {
            "zh-Hans": "schema 与 elements 须且只须给出一个",
            "zh-Hant": "schema 與 elements 須且只須給出一個",
            "en": "Give either schema or elements",
        }
        raise BadInput(faults=[Fault("/schema", "exclusive", message)])
    schema = command["schema"]
    if schema is None:
        schema = compose(command["elements"], None, registry)["schema"]
    else:
        faults = validate_schema(schema)
        if faults:
            raise BadInput(faults=faults)
    validator = Validator(schema)
    violations = [] if validator.verdict(command["data"]) else validator.explain(command["data"])
    return {"valid": not violations, "violations": [v.to_data() for v in violations]}


def compatibility(command: Mapping[str, Any], check: Compatibility) -> dict[str, Any]:
    """{compatible, changes, witness}; both sides must be schemas."""
    faults = [
        Fault(f"/{side}{f.pointer}", f.code, f.message)
        for side in ("old", "new")
        for f in validate_schema(command[side])
    ]
    if faults:
        raise BadInput(faults=faults)
    return dict(check(command["old"], command["new"], command["mode"], lenient=command["lenient"]))


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


def _resolve(index: int, reference: Mapping[str, Any], registry: Registry) -> DataElement:
    found = registry.element(reference["element"], reference["version"])
    if found is None:
        name = f"{reference['element']}@{reference['version']}"
        message = {
            "zh-Hans": f"数据元 {name} 不存在",
            "zh-Hant": f"資料元 {name} 不存在",
            "en": f"no element {name}",
        }
        raise BadInput(faults=[Fault(f"/elements/{index}", "unknown", message)])
    return found


def _lists(pairs: Sequence[tuple[DataElement, bool]], registry: Registry) -> list[CodeList]:
    refs = {(e.code_list.id, e.code_list.version) for e, _ in pairs if e.code_list}
    return [found for ref in sorted(refs) if (found := registry.code_list(*ref)) is not None]

"""Schemas from elements, documents against schemas, schemas against their successors."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text
from services.standards.domain import binding
from services.standards.domain import schema as schemas
from services.standards.domain.codelist import CodeList
from services.standards.domain.compat import faults_of
from services.standards.domain.element import DataElement
from services.standards.ports import Compatibility, Registry


def compose(references: Sequence[Mapping[str, Any]], on: date | None, registry: Registry) -> dict[str, Any]:
    """{schema}: JSON Schema 2020-12 of one object keyed by element id; the same references and day give the
    same bytes."""
    return {"schema": composed(references, on, registry)}


def composed(
    references: Sequence[Mapping[str, Any]],
    on: date | None,
    registry: Registry,
    name: str = "",
    title: Text | None = None,
) -> dict[str, Any]:
    """The schema of the references; `name` is its `$id`, by default one that its content gives."""
    pairs = [(_resolve(i, r, registry), r["required"]) for i, r in enumerate(references)]
    lists = _lists(pairs, registry)
    key = "|".join([*(f"{e.ref}{'!' if r else ''}" for e, r in pairs), on.isoformat() if on else ""])
    digest = hashlib.sha256(key.encode()).hexdigest()
    name = name or f"urn:gdbos:schema:{digest[:24]}"
    return schemas.compose(pairs, lists, schema_id=name, title=title, on=on)


def validate(command: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """{valid, violations:[{pointer, code, message, element, rule, article, action}]} against a schema or composed elements."""
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
        schema = bound(schema, registry)
    violations = Validator(schema).explain(command["data"])
    return {"valid": not violations, "violations": [v.to_data() for v in violations]}


def compatibility(command: Mapping[str, Any], registry: Registry, check: Compatibility) -> dict[str, Any]:
    """{compatible, changes, witness, version}, as declared also {confirmed, unwitnessed, parts}; every side must be a schema,
    and may name code lists."""
    places = {f"/history/{n}": schema for n, schema in enumerate(command["history"])}
    places |= {"/old": command["old"], "/new": command["new"]}
    faults = [
        Fault(f"{place}{f.pointer}", f.code, f.message)
        for place, schema in places.items()
        for f in faults_of(schema)
    ]
    if faults:
        raise BadInput(faults=faults)
    *versions, new = [bound(schema, registry) for schema in places.values()]
    terms = {name: command[name] for name in ("lenient", "reading")}
    return dict(check(versions, new, command["mode"], **terms))


def bound(schema: Any, registry: Registry) -> Any:
    """The schema with the codes of the lists that it names; BadInput for lists that there are not."""
    wanted = binding.references(schema)
    lists = {key: found for key in wanted if (found := registry.code_list(*key)) is not None}
    return binding.bind(schema, lists) if wanted else schema


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

"""Templates: publication, reading, and the schema that their elements make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards.domain import lifecycle, schema
from services.standards.domain.coverage import Holder
from services.standards.domain.template import Template
from services.standards.domain.use import Use
from services.standards.handlers.composing import composed
from services.standards.ports import Holders, Registry, Templates, Uses, Work


def publish_templates(
    command: Mapping[str, Any],
    principal: Principal,
    registry: Registry,
    templates: Templates,
    uses: Uses,
    holders: Holders,
    work: Work,
) -> dict[str, Any]:
    """{templates, unchanged}. Equal content is left alone; a published version never changes.

    BadInput for elements that do not exist, Conflict for other content under a published version, Forbidden for
    a template of another steward. The elements know from the same commit on where they are used.
    """
    drafts = [Template.from_data(d, f"/templates/{i}") for i, d in enumerate(command["templates"])]
    new = [draft for i, draft in enumerate(drafts) if _is_new(draft, f"/templates/{i}", templates)]
    _elements_exist(drafts, registry)
    if any(not _may(principal, draft) for draft in new):
        raise Forbidden
    if new and not command["dry_run"]:
        templates.add(new)
        for template in new:
            _note(template, uses, holders)
            work.audit("template.publish", f"{template.id}@{template.version}")
        work.commit()
    return {"templates": [f"{t.id}@{t.version}" for t in new], "unchanged": len(drafts) - len(new)}


def template(id: str, version: int | None, registry: Registry, templates: Templates) -> dict[str, Any]:
    """One template with its versions and the names of its elements; NotFound."""
    found = _found(id, version, templates)
    elements = {ref.id: registry.element(ref.id, ref.version) for ref in (f.element for f in found.fields)}
    return {
        **found.to_data(),
        "versions": list(templates.versions(id)),
        "element_names": {key: dict(each.names) for key, each in elements.items() if each is not None},
    }


def list_templates(kind: str, templates: Templates) -> dict[str, Any]:
    """{templates: [{id, version, kind, names, steward, fields}]}: the newest version of each."""
    rows = [
        {
            "id": found.id,
            "version": found.version,
            "kind": found.kind,
            "names": dict(found.names),
            "steward": found.steward,
            "fields": len(found.fields),
        }
        for found in templates.newest(kind)
    ]
    return {"templates": rows}


def template_schema(id: str, version: int | None, registry: Registry, templates: Templates) -> dict[str, Any]:
    """{schema}: its elements composed, with `x-template` and the sections in `x-ui`; NotFound."""
    found = _found(id, version, templates)
    references = [each.to_data() for each in found.fields]
    name = f"urn:gdbos:template:{id}:{found.version}"
    return {"schema": {**composed(references, None, registry, name, found.names), **found.layout()}}


def _found(id: str, version: int | None, templates: Templates) -> Template:
    found = templates.template(id, version)
    if found is None:
        raise NotFound
    return found


def _is_new(draft: Template, pointer: str, templates: Templates) -> bool:
    held = templates.template(draft.id, draft.version)
    if held is None:
        return True
    if schema.canonical(held.to_data()) == schema.canonical(draft.to_data()):
        return False
    name = f"{draft.id}@{draft.version}"
    message = {
        "zh-Hans": f"{name} 已发布且内容不同，请使用新版本号",
        "zh-Hant": f"{name} 已發布且內容不同，請使用新版本號",
        "en": f"{name} is published with other content; give it a new version",
    }
    raise Conflict(message, [Fault(f"{pointer}/version", "immutable", message)])


def _elements_exist(drafts: list[Template], registry: Registry) -> None:
    faults = []
    for i, draft in enumerate(drafts):
        for s, section in enumerate(draft.sections):
            for f, each in enumerate(section.fields):
                if registry.element(each.element.id, each.element.version) is None:
                    message = {
                        "zh-Hans": f"数据元 {each.element} 不存在",
                        "zh-Hant": f"資料元 {each.element} 不存在",
                        "en": f"no element {each.element}",
                    }
                    place = f"/templates/{i}/sections/{s}/fields/{f}/element"
                    faults.append(Fault(place, "unknown", message))
    if faults:
        raise BadInput(faults=faults)


def _may(principal: Principal, draft: Template) -> bool:
    return principal.kind == "system" or lifecycle.STEWARD in lifecycle.roles_of(principal, draft.steward)


def _note(template: Template, uses: Uses, holders: Holders) -> None:
    version = str(template.version)
    refs = [each.element for each in template.fields]
    rows = [Use(template.kind, template.id, version, ref.id, ref.version) for ref in refs]
    uses.replace(template.kind, template.id, version, rows)
    holders.note(Holder(template.kind, template.id, version, template.steward, template.names, len(refs)))

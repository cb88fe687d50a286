"""Schemas under an id: each version is checked against those before it, then never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gdbos_atom.validation import validate_schema
from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, GdbosError, NotFound, TooLarge
from gdbos_contracts.modes import DEFAULT
from gdbos_contracts.principal import Principal
from services.standards.domain import binding
from services.standards.domain.impact import refusal as in_use
from services.standards.domain.lifecycle import answers_for
from services.standards.domain.migration import MigrationRule
from services.standards.domain.subject import MOST_BYTES, Subject, loops, refusal, text_of
from services.standards.domain.use import Use, schema_name
from services.standards.handlers import impact
from services.standards.handlers.composing import bound, compose
from services.standards.handlers.impact import Watch
from services.standards.ports import Compatibility, Registry, Subjects, Uses, Work


def publish_schemas(
    command: Mapping[str, Any],
    principal: Principal,
    subjects: Subjects,
    uses: Uses,
    registry: Registry,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """{published: ["id@version"], unchanged}: all or none, in one commit.

    Equal content is left alone. Conflict for other content under a published version and for a version that
    would leave a gap; Forbidden for another agency's subject; Incompatible with every change and a witness, also where it would break who is noted to use an
    earlier version and none of `migrations` carries their documents over; BadInput for what is no schema.
    """
    added = [
        _add(draft, f"/schemas/{index}", principal, subjects, uses, registry, check, work)
        for index, draft in enumerate(command["schemas"])
    ]
    published = [f"{id}@{version}" for id, version, new in added if new]
    if published and not command["dry_run"]:
        work.commit()
    return {"published": published, "unchanged": len(added) - len(published)}


def publish_schema(
    draft: Mapping[str, Any],
    principal: Principal,
    subjects: Subjects,
    uses: Uses,
    registry: Registry,
    check: Compatibility,
    work: Work,
) -> dict[str, Any]:
    """{id, version, changed}: one version, refused as in `publish_schemas`."""
    id, version, new = _add(draft, "", principal, subjects, uses, registry, check, work)
    if new and not draft["dry_run"]:
        work.commit()
    return {"id": id, "version": version, "changed": new}


def _add(
    draft: Mapping[str, Any],
    place: str,
    principal: Principal,
    subjects: Subjects,
    uses: Uses,
    registry: Registry,
    check: Compatibility,
    work: Work,
) -> tuple[str, int, bool]:
    """(id, version, whether it is new) of the draft at `place`; written, not committed."""
    schema = _readable(draft["schema"], f"{place}/schema", registry)
    subject = _subject(draft, place, principal, subjects, registry)
    version, new = _number(draft, schema, place, subjects)
    if new:
        found = check(_history(subject, version, subjects), schema, subject.mode, lenient=subject.lenient)
        if found["compatible"] is not True:
            raise refusal(subject.id, f"{place}/schema", found)
        rules = _rules(draft, version, place)
        watch = Watch(registry, uses, check, work.now.date())
        live = impact.of_schema(subject.id, version, schema, subjects, watch) if version > 1 else []
        broken = impact.unmended(live, rules)
        if broken:
            raise in_use(broken)
        registry.add_rules(rules)
        subjects.add(subject, version, schema, work.now)
        user = ("schema", subject.id, str(version))
        uses.replace(*user, [Use(*user, id, number) for id, number in binding.named(schema)])
        work.audit("schema.publish", f"{subject.id}@{version}")
        work.emit("schema.published", subject.id, {"id": subject.id, "version": version})
    return subject.id, version, new


def _rules(draft: Mapping[str, Any], version: int, place: str) -> list[MigrationRule]:
    name = schema_name(draft["id"])
    return [
        MigrationRule.from_data({**rule, "id": name, "new": version}, f"{place}/migrations/{n}")
        for n, rule in enumerate(draft["migrations"])
    ]


def set_mode(
    command: Mapping[str, Any], principal: Principal, subjects: Subjects, work: Work
) -> dict[str, Any]:
    """Change what later versions must be compatible with, or who answers for them from now on.

    NotFound; Forbidden for another agency's subject. A steward may hand its own subject to another.
    """
    before = subjects.subject(command["id"])
    if before is None:
        raise NotFound
    _require_steward(principal, before)
    steward = before.steward if command["steward"] is None else command["steward"]
    after = replace(before, mode=command["mode"], lenient=command["lenient"], steward=steward)
    if after != before:
        subjects.change(after)
        work.audit("schema.mode", after.id, before=before.to_data(), after=after.to_data())
        work.commit()
    return after.to_data()


def _require_steward(principal: Principal, subject: Subject) -> None:
    if not answers_for(principal, subject.steward):
        raise Forbidden(_NOT_STEWARD)


def list_subjects(query: Mapping[str, Any], subjects: Subjects) -> dict[str, Any]:
    """{subjects: [{id, mode, lenient, steward, last}], next}: by id, those that hold `q` in it; `last` is the newest version."""
    wanted = query["q"].strip().lower()
    found = [each for each in subjects.every() if wanted in each.id.lower() and each.id > query["cursor"]]
    page = found[: query["limit"]]
    return {
        "subjects": [{**each.to_data(), "last": subjects.last(each.id)} for each in page],
        "next": page[-1].id if len(found) > len(page) else None,
    }


def subject(id: str, subjects: Subjects) -> dict[str, Any]:
    """{id, mode, lenient, steward, versions: […]}; NotFound."""
    found = subjects.subject(id)
    if found is None:
        raise NotFound
    return {**found.to_data(), "versions": list(range(1, subjects.last(id) + 1))}


def schema_version(id: str, version: int, subjects: Subjects, registry: Registry) -> dict[str, Any]:
    """{schema} of a version of a subject, or composed of one version of an element; NotFound."""
    schema = subjects.schema(id, version)
    if schema is None and subjects.subject(id) is None and registry.element(id, version) is not None:
        composed = compose([{"element": id, "version": version, "required": True}], None, registry)
        schema = composed["schema"]
    if schema is None:
        raise NotFound
    return {"schema": schema}


def _readable(schema: Any, pointer: str, registry: Registry) -> Any:
    """The schema with its codes bound; BadInput at the place of each fault, TooLarge."""
    try:
        if len(text_of(schema)) > MOST_BYTES:
            raise TooLarge(faults=[Fault(pointer, "too_large", TooLarge.title)])
        faults = validate_schema(schema) or loops(schema, "")
    except RecursionError:
        raise TooLarge(faults=[Fault(pointer, "too_deep", TooLarge.title)]) from None
    if faults:
        raise BadInput(faults=_under(pointer, faults))
    try:
        return bound(schema, registry)
    except BadInput as error:
        raise BadInput(faults=_under(pointer, error.faults)) from None


def _under(pointer: str, faults: Sequence[Fault]) -> list[Fault]:
    return [Fault(f"{pointer}{f.pointer}", f.code, f.message) for f in faults]


def _subject(
    draft: Mapping[str, Any], place: str, principal: Principal, subjects: Subjects, registry: Registry
) -> Subject:
    """The subject as it is held, or new with the mode of the draft; an agency that begins one is its steward."""
    mode, lenient = draft["mode"], draft["lenient"]
    held = subjects.subject(draft["id"])
    if held is None:
        if registry.element(draft["id"]) is not None:
            raise _refused(Conflict, f"{place}/id", "duplicate_id", _TAKEN, draft["id"])
        steward = principal.agency or "" if principal.kind == "agency_admin" else ""
        return Subject(draft["id"], mode or DEFAULT, True if lenient is None else lenient, steward)
    _require_steward(principal, held)
    if mode not in (None, held.mode) or lenient not in (None, held.lenient):
        raise _refused(Conflict, f"{place}/mode", "mode", _OTHER_MODE, held.mode)
    return held


def _number(draft: Mapping[str, Any], schema: Any, place: str, subjects: Subjects) -> tuple[int, bool]:
    """The version that this content is or becomes, and whether it is new."""
    id, wanted = draft["id"], draft["version"]
    last = subjects.last(id)
    at = last if wanted is None else wanted
    if at and at <= last:
        if text_of(subjects.schema(id, at)) == text_of(schema):
            return at, False
        if wanted is not None:
            raise _refused(Conflict, f"{place}/version", "immutable", _IMMUTABLE, f"{id}@{wanted}")
    if wanted is not None and wanted != last + 1:
        raise _refused(Conflict, f"{place}/version", "gap", _GAP, str(last + 1))
    return last + 1, True


def _history(subject: Subject, version: int, subjects: Subjects) -> list[Any]:
    """Earlier schemas, oldest first: all for a transitive mode, else the last one."""
    first = 1 if subject.transitive else max(version - 1, 1)
    return [subjects.schema(subject.id, number) for number in range(first, version)]


def _refused(
    kind: type[GdbosError], pointer: str, code: str, said: Mapping[str, str], value: str
) -> GdbosError:
    message = {language: words.format(value) for language, words in said.items()}
    return kind(message, [Fault(pointer, code, message)])


_NOT_STEWARD = {
    "zh-Hans": "该模式由其他机构负责；请联系该机构，或由平台管理员移交",
    "zh-Hant": "該模式由其他機構負責；請聯繫該機構，或由平臺管理員移交",
    "en": "Another agency answers for this schema: ask it, or have the platform's administrator hand it over",
}
_TAKEN = {
    "zh-Hans": "{} 已是数据元的标识",
    "zh-Hant": "{} 已是資料元的標識",
    "en": "{} is the id of a data element",
}
_OTHER_MODE = {
    "zh-Hans": "该模式标识的兼容方式为 {}，须另行变更",
    "zh-Hant": "該模式標識的相容方式為 {}，須另行變更",
    "en": "the subject is kept in mode {}; change that first",
}
_IMMUTABLE = {
    "zh-Hans": "{} 已发布且内容不同，请使用新版本号",
    "zh-Hant": "{} 已發布且內容不同，請使用新版本號",
    "en": "{} is published with other content; give it a new version",
}
_GAP = {"zh-Hans": "下一个版本号是 {}", "zh-Hant": "下一個版本號是 {}", "en": "the next version is {}"}

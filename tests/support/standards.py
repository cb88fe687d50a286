"""A registry in memory for the tests of the standards service, and the drafts that they publish."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from gdbos_contracts.errors import Conflict
from gdbos_contracts.principal import Principal
from gdbos_contracts.text import Text
from services.standards import handlers
from services.standards.domain import finding
from services.standards.domain.codelist import CodeList, facts
from services.standards.domain.compat import compare_history
from services.standards.domain.coverage import Holder
from services.standards.domain.crosswalk import Crosswalk
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
from services.standards.domain.likeness import ALIKE, Twin, compare
from services.standards.domain.mapping import Spelled
from services.standards.domain.merging import TwinVerdict
from services.standards.domain.migration import MigrationRule
from services.standards.domain.standing import Standing, living
from services.standards.domain.subject import Subject
from services.standards.domain.template import Template
from services.standards.domain.use import OPEN, Span, Use
from services.standards.ports import Named

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))

NOBODY = Principal("", "anonymous", "")
UNTOLD = {"schemas": (), "valid_from": None, "valid_to": None, "unmapped": ()}
"""What a use leaves unsaid: no schemas, no unmapped columns, and in force at once and for ever."""


def text(hans: str, en: str = "") -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hans, "en": en or hans}


def element(id: str, name: str = "名称", **changes: Any) -> dict[str, Any]:
    """The draft of an element: text of up to 50 characters unless `changes` say otherwise."""
    draft = {
        "id": id,
        "version": 1,
        "names": text(name, id.rpartition(".")[2]),
        "representation": "text",
        "definition": text(f"{name}的说明"),
        "format": "an..50",
        "steward": "standards",
    }
    return {**draft, **changes}


def code_list(id: str, *codes: Mapping[str, Any] | str, version: int = 1) -> dict[str, Any]:
    """The draft of a list; a code given as text is its own name."""
    rows = [
        {"value": c, "names": text(c)} if isinstance(c, str) else {"names": text(c["value"]), **c}
        for c in codes
    ]
    return {"id": id, "version": version, "names": text(id), "codes": rows}


def publish(
    command: Mapping[str, Any], registry: FakeRegistry, work: FakeWork, uses: FakeUses | None = None
) -> dict[str, Any]:
    """The handler with the checker; nobody lives by anything unless `uses` says so."""
    given = {"migrations": [], **command}
    return handlers.publish(given, registry, uses or FakeUses(), compare_history, work)


def every_twin(one: DataElement, others: Iterable[DataElement]) -> list[Twin]:
    """The verdicts without an index: one element against each of the others."""
    found = [compare(one, other) for other in others if other.id != one.id]
    return sorted((t for t in found if t.score >= ALIKE), key=lambda t: (-t.score, t.other))


class FakeWork:
    """Notes what was audited, emitted and committed."""

    now = NOW
    at = NOW.isoformat()

    def __init__(self) -> None:
        self.audited: list[tuple[str, str]] = []
        self.emitted: list[tuple[str, str]] = []
        self.said: list[tuple[str, Mapping[str, Any]]] = []
        self.commits = 0

    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None:
        self.emitted.append((type, subject))
        self.said.append((type, data))

    def audit(self, action: str, object: str, **facts: Any) -> None:
        self.audited.append((action, object))

    def commit(self) -> None:
        self.commits += 1


class FakeRegistry:
    """The port Registry over dictionaries."""

    def __init__(self) -> None:
        self.elements: dict[tuple[str, int], DataElement] = {}
        self.lists: dict[tuple[str, int], CodeList] = {}
        self.steps: dict[tuple[str, int], list[Step]] = {}
        self.migrations: list[MigrationRule] = []

    def element(self, id: str, version: int | None = None) -> DataElement | None:
        return self.elements.get((id, version or self._last(self.elements, id)))

    def code_list(self, id: str, version: int | None = None) -> CodeList | None:
        return self.lists.get((id, version or self._last(self.lists, id)))

    def newest(self) -> Sequence[DataElement]:
        ids = sorted({id for id, _ in self.elements})
        return [self.elements[id, self._last(self.elements, id)] for id in ids]

    def alike(self, drafts: Sequence[DataElement]) -> Sequence[Twin]:
        others = {e.id: e for e in (*self.newest(), *drafts)}
        return [twin for draft in drafts for twin in every_twin(draft, others.values())]

    def twins(self, id: str) -> Sequence[Twin]:
        """By comparing every two."""
        found = [t for e in self.newest() for t in every_twin(e, self.newest()) if id in ("", t.one)]
        return [t for t in found if id or t.one < t.other]

    def search(self, q: str, after: str, limit: int, status: str) -> Sequence[tuple[DataElement, str]]:
        words = finding.terms(q)
        placed = [
            (place, e)
            for e in self.newest()
            if all(word in finding.searched(e) for word in words)
            and (place := finding.place(words, e.id, finding.searched(e))) > after
        ]
        found = [(e, self._status(e)) for _, e in sorted(placed, key=lambda pair: pair[0])]
        return [pair for pair in found if status in ("", pair[1])][:limit]

    def versions(self, id: str) -> Sequence[tuple[int, str]]:
        return sorted((v, self._status(e)) for (name, v), e in self.elements.items() if name == id)

    def history(self, id: str, version: int) -> Sequence[Step]:
        return self.steps.get((id, version), [])

    def add_step(self, id: str, version: int, step: Step) -> None:
        steps = self.steps.setdefault((id, version), [])
        if step.number != len(steps) + 1:
            raise Conflict
        steps.append(step)

    def bound_to(self, code_list: str, version: int | None) -> Sequence[Use]:
        return [
            Use("element", e.id, str(e.version), code_list, e.code_list.version)
            for e in self.elements.values()
            if e.code_list and e.code_list.id == code_list and version in (None, e.code_list.version)
        ]

    def rules(self, id: str, version: int) -> Sequence[MigrationRule]:
        return [rule for rule in self.migrations if (rule.id, rule.new) == (id, version)]

    def add_rules(self, rules: Sequence[MigrationRule]) -> None:
        self.migrations += rules

    def add_elements(self, elements: Sequence[DataElement]) -> None:
        self.elements |= {(e.id, e.version): e for e in elements}

    def add_code_lists(self, lists: Sequence[CodeList]) -> None:
        self.lists |= {(c.id, c.version): c for c in lists}

    def _status(self, element: DataElement) -> str:
        steps = self.history(element.id, element.version)
        return steps[-1].after if steps else element.status

    @staticmethod
    def _last(held: Mapping[tuple[str, int], Any], id: str) -> int:
        return max((version for name, version in held if name == id), default=0)


class FakeCodeLists:
    """The port CodeLists over a FakeRegistry."""

    def __init__(self, registry: FakeRegistry) -> None:
        self._registry = registry

    def search(self, q: str, after: str, limit: int) -> Sequence[tuple[str, Mapping[str, Any]]]:
        words, held = finding.terms(q), self._registry.lists
        newest = [held[id, max(v for name, v in held if name == id)] for id in {id for id, _ in held}]
        hits = [c for c in newest if all(word in finding.searched(c) for word in words)]
        placed = [(finding.place(words, c.id, finding.searched(c)), facts(c)) for c in hits]
        return sorted((each for each in placed if each[0] > after), key=lambda each: each[0])[:limit]

    def versions(self, id: str) -> Sequence[Mapping[str, Any]]:
        return [facts(c) for (name, _), c in sorted(self._registry.lists.items()) if name == id]


class FakeCrosswalks:
    """The port Crosswalks over a dictionary."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, int], Crosswalk] = {}

    def crosswalk(self, id: str, version: int | None = None) -> Crosswalk | None:
        newest = max((v for name, v in self.held if name == id), default=0)
        return self.held.get((id, version or newest))

    def facts(self, code_list: str) -> Sequence[Mapping[str, Any]]:
        newest = [self.crosswalk(id) for id in sorted({id for id, _ in self.held})]
        ends = [(c, {c.source.id, c.target.id, ""}) for c in newest if c is not None]
        return [c.facts() for c, lists in ends if code_list in lists]

    def add(self, crosswalks: Sequence[Crosswalk]) -> None:
        self.held |= {(c.id, c.version): c for c in crosswalks}


class FakeUses:
    """The port Uses over a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], Sequence[Use]] = {}
        self.standings: dict[tuple[str, str, str], Standing] = {}

    def of_element(self, id: str, version: int | None) -> Sequence[Use]:
        uses = [use for rows in self.rows.values() for use in rows]
        return [use for use in uses if use.element == id and version in (None, use.element_version)]

    def living_by(self, id: str, today: date) -> Sequence[Use]:
        found = []
        for use in self.of_element(id, None):
            alive = living([s for key, s in self.standings.items() if key[:2] == (use.kind, use.id)], today)
            if use.version in alive:
                found.append(replace(use, cases=alive[use.version]))
        return found

    def of_user(self, kind: str, id: str, version: str) -> Sequence[Use]:
        return self.rows.get((kind, id, version), [])

    def replace(self, kind: str, id: str, version: str, uses: Sequence[Use], span: Span = OPEN) -> None:
        self.rows[kind, id, version] = uses
        held = self.standings.get((kind, id, version))
        self.standings[kind, id, version] = Standing(version, *span, held.cases if held else 0)

    def run(self, kind: str, ids: Collection[str] | None, cases: Mapping[tuple[str, str], int]) -> None:
        for key, standing in self.standings.items():
            if key[0] == kind and (ids is None or key[1] in ids):
                self.standings[key] = replace(standing, cases=cases.get(key[1:], 0))


class FakeVerdicts:
    """The port TwinVerdicts over a dictionary."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], TwinVerdict] = {}

    def every(self) -> Mapping[tuple[str, str], TwinVerdict]:
        return self._held

    def put(self, verdict: TwinVerdict) -> None:
        self._held[verdict.one, verdict.other] = verdict


class FakeHolders:
    """The port Holders over a list; what is counted is given with it."""

    def __init__(self, *rows: Holder) -> None:
        self.rows = list(rows)

    def note(self, holder: Holder) -> None:
        key = (holder.kind, holder.id, holder.version)
        self.rows = [row for row in self.rows if (row.kind, row.id, row.version) != key] + [holder]

    def unmapped(self) -> Mapping[Named, Sequence[Spelled]]:
        return {(row.kind, row.id, row.version): row.unmapped for row in self.rows if row.unmapped}

    def propose(self, holder: Named, columns: Sequence[Spelled]) -> None:
        self.rows = [
            replace(row, unmapped=tuple(columns)) if (row.kind, row.id, row.version) == holder else row
            for row in self.rows
        ]

    def names(self, users: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Text]:
        return {
            (row.kind, row.id): row.names for row in self.rows if (row.kind, row.id) in users and row.names
        }

    def all(self, standing: Collection[str]) -> Sequence[Holder]:
        return self.rows


class FakeTemplates:
    """The port Templates over a dictionary."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, int], Template] = {}

    def template(self, id: str, version: int | None = None) -> Template | None:
        return self.held.get((id, version or max(self.versions(id), default=0)))

    def newest(self, kind: str) -> Sequence[Template]:
        found = [self.held[id, max(self.versions(id))] for id in sorted({id for id, _ in self.held})]
        return [template for template in found if kind in ("", template.kind)]

    def versions(self, id: str) -> Sequence[int]:
        return sorted(version for name, version in self.held if name == id)

    def add(self, templates: Sequence[Template]) -> None:
        self.held |= {(t.id, t.version): t for t in templates}


class FakeSubjects:
    """The port Subjects over dictionaries."""

    def __init__(self) -> None:
        self.held: dict[str, Subject] = {}
        self.versions: dict[tuple[str, int], Any] = {}

    def subject(self, id: str) -> Subject | None:
        return self.held.get(id)

    def every(self) -> Sequence[Subject]:
        return [self.held[id] for id in sorted(self.held)]

    def last(self, id: str) -> int:
        return max((number for name, number in self.versions if name == id), default=0)

    def schema(self, id: str, version: int) -> Any:
        return self.versions.get((id, version))

    def add(self, subject: Subject, version: int, schema: Any, now: datetime) -> None:
        self.held[subject.id] = subject
        self.versions[subject.id, version] = schema

    def change(self, subject: Subject) -> None:
        self.held[subject.id] = subject

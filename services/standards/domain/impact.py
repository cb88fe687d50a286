"""What a new version would break: values that users of an earlier version hold and that it would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import gdbos_feel
from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Fault, Incompatible
from services.standards.domain.codelist import CodeList
from services.standards.domain.compat.instances import instances
from services.standards.domain.element import DataElement
from services.standards.domain.migration import MigrationRule
from services.standards.domain.schema import compose
from services.standards.domain.use import Use

Json = Any
CODE = "code"


@dataclass(frozen=True, slots=True)
class Break:
    """`old` and `new` are versions of `id`; `found` is the verdict on the values from day `on`, `users` those who live
    by `old`. `lost` are documents that the new version, whose schema is `after`, refuses: the witness, or one for every
    code that is gone. `before` is the schema by which they were written. Of a document of one value, that is its
    `member`."""

    id: str
    old: int
    new: int
    found: Mapping[str, Any]
    users: Sequence[Use]
    on: date
    lost: tuple[Json, ...]
    before: Json
    after: Json
    member: str = ""

    def to_data(self) -> dict[str, Any]:
        users = [_user(use) for use in self.users]
        told = {key: value for key, value in self.found.items() if key != "compatible"}
        about = {"id": self.id, "from": self.old, "to": self.new, "on": self.on.isoformat()}
        return {**about, "users": users, **told}

    def unless_mended(self, rules: Iterable[MigrationRule]) -> Break | None:
        """None where a rule carries the values over; else the break, of which a rule that fails is told with the first
        document that it does not carry, as `witness`, and what it makes of that, as `carried`."""
        rule = next((r for r in rules if (r.id, r.old, r.new) == (self.id, self.old, self.new)), None)
        if rule is None:
            return self
        verdict = Validator(self.after).verdict
        for document in (*self.lost, *instances(self.before, self.after, self.member)):
            made = self._carried(document, rule)
            if not verdict(made):
                return replace(self, found={**self.found, "witness": document, "carried": made})
        return None

    def _carried(self, document: Json, rule: MigrationRule) -> Json:
        """null where the rule does not come to an end."""
        try:
            made = rule.upgrade(document[self.member] if self.member else document)
        except (gdbos_feel.FeelError, gdbos_feel.FeelBudgetError):
            made = None
        return {self.member: made} if self.member else made


def _user(use: Use) -> dict[str, Any]:
    told = {"kind": use.kind, "id": use.id, "version": use.version}
    return {**told, "cases": use.cases} if use.cases else told


def days(lists: Iterable[CodeList | None], today: date) -> list[date]:
    """Today and every later day on which a code of one of the lists begins or ends to hold."""
    ends = (day for c in lists if c for code in c.codes for day in (code.valid_from, code.valid_to))
    return sorted({today, *(day for day in ends if day and day > today)})


def on_day(codes: CodeList, day: date, taken_over: bool = False) -> CodeList:
    """The list of that day, its codes without dates. `taken_over` keeps codes that are gone while a successor of theirs
    holds: they are carried over."""
    carried = codes.carried_on(day) if taken_over else ()
    kept = [code for code in codes.codes if code.holds(day) or code.value in carried]
    bare = (replace(code, valid_from=None, valid_to=None, replaced_by=(), parent="") for code in kept)
    return replace(codes, codes=tuple(bare))


def taken(
    element: DataElement, codes: CodeList | None, day: date, taken_over: bool = False
) -> CodeList | None:
    """The codes that the element takes on that day."""
    if codes is None or element.code_list is None or element.code_list.retired:
        return codes
    return on_day(codes, day, taken_over)


def value_schema(element: DataElement, codes: CodeList | None) -> Json:
    """The schema of a document that holds the element, with the codes that it takes."""
    return compose([(element, True)], [codes] if codes else [], schema_id="urn:gdbos:impact")


def gone(before: CodeList, after: CodeList, member: str) -> tuple[Json, ...]:
    """A document for every code that `after` has not."""
    return tuple({member: code.value} for code in before.codes if code.value not in after.by_value)


def codes_schema(codes: CodeList) -> dict[str, Any]:
    named = {"id": codes.id, "version": codes.version}
    return {"enum": [code.value for code in codes.codes], "x-code-list": named}


def refusal(breaks: Sequence[Break]) -> Incompatible:
    """The error that names every user of what would break."""
    return refusal_of([each.to_data() for each in breaks])


def refusal_of(breaks: Sequence[Mapping[str, Any]]) -> Incompatible:
    """The same of what was reported."""
    faults = [_fault(each, user) for each in breaks for user in each["users"]]
    return Incompatible(_REFUSED, faults, {"breaks": list(breaks)})


def _fault(broken: Mapping[str, Any], use: Mapping[str, Any]) -> Fault:
    name, user = f"{broken['id']}@{broken['from']}", f"{use['kind']} {use['id']}@{use['version']}"
    hans, hant, en = (words.format(use["cases"]) if "cases" in use else "" for words in _CASES)
    message = {
        "zh-Hans": f"{user}{hans} 仍使用 {name}，其取值在第 {broken['to']} 版中将无效",
        "zh-Hant": f"{user}{hant} 仍使用 {name}，其取值在第 {broken['to']} 版中將無效",
        "en": f"{user}{en} lives by {name}; values of it would be refused by version {broken['to']}",
    }
    return Fault("", "in_use", message)


_CASES = ("（在办 {} 件）", "（在辦 {} 件）", " ({} cases under way)")
_REFUSED = {
    "zh-Hans": "新版本会使正在使用的内容失效；请附迁移规则或先修改使用方",
    "zh-Hant": "新版本會使正在使用的內容失效；請附遷移規則或先修改使用方",
    "en": "The new version would break what is in use: give a migration rule, or change its users first",
}

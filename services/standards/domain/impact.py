"""What a new version would break: values that users of an earlier version hold and that it would refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Fault, Incompatible
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.migration import MigrationRule
from services.standards.domain.schema import compose
from services.standards.domain.use import Use

Json = Any


@dataclass(frozen=True, slots=True)
class Break:
    """`old` and `new` are id@version; `found` is the verdict on the values, `users` those who live by `old`."""

    id: str
    old: int
    new: int
    found: Mapping[str, Any]
    users: Sequence[Use]

    def to_data(self) -> dict[str, Any]:
        users = [{"kind": use.kind, "id": use.id, "version": use.version} for use in self.users]
        told = {key: value for key, value in self.found.items() if key != "compatible"}
        return {"id": self.id, "from": self.old, "to": self.new, "users": users, **told}

    def mended_by(self, rules: Sequence[MigrationRule], schema: Json) -> bool:
        """Whether a rule carries the values over: also the witness of the break, which must be valid after it."""
        for rule in rules:
            if (rule.id, rule.old, rule.new) == (self.id, self.old, self.new):
                return "witness" not in self.found or self._carried(rule, schema)
        return False

    def _carried(self, rule: MigrationRule, schema: Json) -> bool:
        witness = self.found["witness"]
        value = witness.get(self.id) if isinstance(witness, dict) else witness
        return Validator(schema).verdict({self.id: rule.upgrade(value)})


def element_schema(element: DataElement, codes: CodeList | None) -> dict[str, Any]:
    """The schema of a document that holds the element."""
    return compose([(element, True)], [codes] if codes else [], schema_id="urn:gdbos:impact")


def codes_schema(codes: CodeList, taken_over: bool = False) -> dict[str, Any]:
    """The codes in force; `taken_over` adds those that name their successors: they can be carried over."""
    values = [code.value for code in codes.codes if code.holds(None) or (taken_over and code.replaced_by)]
    return {"enum": values, "x-code-list": {"id": codes.id, "version": codes.version}}


def refusal(breaks: Sequence[Break]) -> Incompatible:
    """The error that names every user of what would break."""
    faults = [_fault(each, use) for each in breaks for use in each.users]
    return Incompatible(_REFUSED, faults, {"breaks": [each.to_data() for each in breaks]})


def _fault(broken: Break, use: Use) -> Fault:
    name, user = f"{broken.id}@{broken.old}", f"{use.kind} {use.id}@{use.version}"
    message = {
        "zh-Hans": f"{user} 仍使用 {name}，其取值在第 {broken.new} 版中将无效",
        "zh-Hant": f"{user} 仍使用 {name}，其取值在第 {broken.new} 版中將無效",
        "en": f"{user} lives by {name}; values of it would be refused by version {broken.new}",
    }
    return Fault("", "in_use", message)


_REFUSED = {
    "zh-Hans": "新版本会使正在使用的内容失效；请附迁移规则或先修改使用方",
    "zh-Hant": "新版本會使正在使用的內容失效；請附遷移規則或先修改使用方",
    "en": "The new version would break what is in use: give a migration rule, or change its users first",
}

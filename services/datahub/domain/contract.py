"""A data contract (數據合約): what a kind of record in the hub holds to, by version, and how versions pass into
each other. Rules and passages are FEEL over the record, whose elements `firm.name` are paths there as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import gdbos_feel
from gdbos_atom.pointers import escape
from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text
from services.datahub.domain.faults import Reader

Json = Mapping[str, Any]
REFUSE, FLAG = "refuse", "flag"
KEY, SENSITIVE = "key", "sensitive"
"""Tags with a consequence: a record without its key is refused; what is sensitive goes out on consent alone."""
SUBJECT = re.compile(r"(licence|source):\S{1,128}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A domain rule: what breaks it is refused, or let in and flagged."""

    id: str
    expression: str
    message: Text
    action: str = REFUSE


@dataclass(frozen=True, slots=True)
class DataContract:
    """`subject` is licence:<type> or source:<id>; `tags` say of elements what they are (sensitive, key, …); `up` makes a record of
    the version before one of this version, element by element, and `down` the other way."""

    subject: str
    version: int
    agency: str
    schema: Json
    tags: Mapping[str, Sequence[str]]
    rules: tuple[Rule, ...]
    up: Mapping[str, str]
    down: Mapping[str, str]

    @classmethod
    def from_data(cls, data: Json, pointer: str = "") -> DataContract:
        """BadInput with every fault: of the form, the schema, and whatever is no FEEL."""
        reader = Reader(data, pointer)
        found = cls(
            subject=reader.take("subject", str),
            version=reader.take("version", int),
            agency=reader.take("agency", str),
            schema=reader.take("schema", dict),
            tags=reader.take("tags", dict, {}),
            rules=tuple(_rules(reader.take("rules", list, []), f"{pointer}/rules", reader)),
            up=reader.take("up", dict, {}),
            down=reader.take("down", dict, {}),
        )
        faults = reader.finish() or [*found._faults(pointer)]
        if faults:
            raise BadInput(faults=faults)
        return found

    def to_data(self) -> dict[str, Any]:
        rules = [
            {"id": r.id, "expression": r.expression, "message": dict(r.message), "action": r.action}
            for r in self.rules
        ]
        return {
            "subject": self.subject,
            "version": self.version,
            "agency": self.agency,
            "schema": dict(self.schema),
            "tags": {element: list(tags) for element, tags in self.tags.items()},
            "rules": rules,
            "up": dict(self.up),
            "down": dict(self.down),
        }

    def faults(self, record: Json, pointer: str = "") -> list[Fault]:
        """Why the record may not be written; [] when it may."""
        wrong = [
            Fault(pointer + v.pointer, v.code, v.message) for v in Validator(self.schema).explain(record)
        ]
        wrong += [
            Fault(f"{pointer}/{escape(element)}", "contract.key", _NO_KEY)
            for element in sorted(self.tagged(KEY))
            if record.get(element) in (None, "")
        ]
        return wrong or [Fault(pointer, f"contract.{r.id}", r.message) for r in self._broken(record, REFUSE)]

    def tagged(self, tag: str) -> frozenset[str]:
        """The elements that carry a tag."""
        return frozenset(element for element, tags in self.tags.items() if tag in tags)

    def elements(self) -> list[str]:
        """What its records are made of: by the schema, and by the passages from and to the version before."""
        return sorted({*self.schema.get("properties", {}), *self.up, *self.down})

    def governed(self) -> list[str]:
        """The elements on which its tags and its rules speak: their values are let in, flagged, shared on consent."""
        read: frozenset[str] = frozenset().union(*(gdbos_feel.paths(rule.expression) for rule in self.rules))
        known = {*self.elements(), *self.tags}
        return sorted({*self.tags, *(read & known), *_foreign(read, known)})

    def mapping_faults(self, elements: Collection[str], pointer: str) -> list[Fault]:
        """Why a mapping to `elements` can give no record that keeps the contract, seen without its values."""
        needed = {*self.schema.get("required", ()), *self.tagged(KEY)}
        known = self.schema.get("properties", {})
        closed = self.schema.get("additionalProperties") is False
        faults = [_of_column(pointer, name, "contract.required") for name in sorted(needed - set(elements))]
        unknown = sorted(set(elements) - set(known)) if closed else []
        return faults + [_of_column(pointer, name, "contract.unknown") for name in unknown]

    def flags(self, record: Json) -> list[str]:
        """Ids of the rules that the record breaks and that only flag."""
        return [rule.id for rule in self._broken(record, FLAG)]

    def upgraded(self, record: Json) -> dict[str, Any]:
        """A record of the version before, as one of this version: what no expression makes stays as it is."""
        return _passed(record, self.up)

    def downgraded(self, record: Json) -> dict[str, Any]:
        """A record of this version, as one of the version before."""
        return _passed(record, self.down)

    def _broken(self, record: Json, action: str) -> Iterator[Rule]:
        facts = _paths(record)
        for rule in self.rules:
            if rule.action == action and gdbos_feel.evaluate(rule.expression, facts) is not True:
                yield rule

    def _faults(self, pointer: str) -> Iterator[Fault]:
        if not SUBJECT.fullmatch(self.subject):
            yield Fault(f"{pointer}/subject", "subject", _NO_SUBJECT)
        for fault in validate_schema(self.schema):
            yield Fault(f"{pointer}/schema{fault.pointer}", fault.code, fault.message)
        expressions = {f"rules/{index}/expression": rule.expression for index, rule in enumerate(self.rules)}
        expressions |= {f"up/{escape(name)}": text for name, text in self.up.items()}
        expressions |= {f"down/{escape(name)}": text for name, text in self.down.items()}
        for place, text in expressions.items():
            try:
                gdbos_feel.compile(text)
            except (gdbos_feel.FeelError, TypeError) as error:
                message = {
                    "zh-Hans": f"不是 FEEL：{error}",
                    "zh-Hant": f"不是 FEEL：{error}",
                    "en": str(error),
                }
                yield Fault(f"{pointer}/{place}", "feel", message)


def carried(record: Json, contracts: Sequence[DataContract], start: int, end: int) -> dict[str, Any]:
    """A record of version `start` as one of version `end`, through every version between; `contracts` are all
    versions from 1 on."""
    made = dict(record)
    for number in range(start + 1, end + 1):
        made = contracts[number - 1].upgraded(made)
    for number in range(start, end, -1):
        made = contracts[number - 1].downgraded(made)
    return made


def _foreign(read: Collection[str], known: Collection[str]) -> Iterator[str]:
    """Paths to what is not stated, each as deep as it is read; `firm.founded.year` is a part of a stated
    `firm.founded`."""
    for path in read:
        stated = any(path.startswith(f"{element}.") for element in known)
        deeper = any(other.startswith(f"{path}.") for other in read)
        if "." in path and path not in known and not stated and not deeper:
            yield path


def _rules(drafts: Any, pointer: str, whole: Reader) -> Iterator[Rule]:
    for index, draft in enumerate(drafts or ()):
        reader = Reader(draft if isinstance(draft, dict) else {}, f"{pointer}/{index}")
        rule = Rule(
            id=reader.take("id", str),
            expression=reader.take("expression", str),
            message=reader.take("message", dict),
            action=reader.choice("action", (REFUSE, FLAG), REFUSE),
        )
        whole.faults += reader.finish()
        yield rule


def _passed(record: Json, expressions: Mapping[str, str]) -> dict[str, Any]:
    facts, made = _paths(record), dict(record)
    for element, expression in expressions.items():
        value = gdbos_feel.evaluate(expression, facts)
        if value is None:
            made.pop(element, None)
        else:
            made[element] = _plain(value)
    return made


def _paths(record: Json) -> dict[str, Any]:
    """{"firm.name": x} as {"firm": {"name": x}}."""
    facts: dict[str, Any] = {}
    for element, value in record.items():
        *way, last = element.split(".")
        at = facts
        for name in way:
            at = at.setdefault(name, {})
        at[last] = value
    return facts


def _plain(value: Any) -> Any:
    """FEEL's numbers are decimals; JSON's are not."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, (str, bool)) else str(value)


def _of_column(pointer: str, element: str, code: str) -> Fault:
    message = {language: f"{element}{words}" for language, words in _COLUMN[code].items()}
    return Fault(f"{pointer}/columns/{escape(element)}", code, message)


_COLUMN: Mapping[str, Text] = {
    "contract.required": {
        "zh-Hans": "：数据合约要求此项",
        "zh-Hant": "：數據合約要求此項",
        "en": " is required by the data contract",
    },
    "contract.unknown": {
        "zh-Hans": "：数据合约没有此项",
        "zh-Hant": "：數據合約沒有此項",
        "en": " is not in the data contract",
    },
}
_NO_KEY = {"zh-Hans": "缺少主键", "zh-Hant": "缺少主鍵", "en": "the record has no key"}
_NO_SUBJECT = {
    "zh-Hans": "须为 licence:类型代码 或 source:标识",
    "zh-Hant": "須為 licence:類型代碼 或 source:標識",
    "en": "must be licence:<type> or source:<id>",
}

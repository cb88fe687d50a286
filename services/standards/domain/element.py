"""The data element (数据元, ISO/IEC 11179-3): object class + property, written by a representation.

The element is the atom: a form field, a column, a licence face field and a decision input are all
references to one version of one element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from gdbos_atom import formats
from gdbos_atom.formats import Format
from gdbos_atom.identifiers import CHECKS
from gdbos_atom.reading import Reader
from gdbos_atom.regex import regex_is_valid
from gdbos_contracts.errors import BadInput
from gdbos_contracts.text import Text
from services.standards.domain.lifecycle import STATUSES

ID_PATTERN = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+"
"""Dotted lower case: `person.citizen_id`."""

LONGEST_ID = 100

REPRESENTATIONS = frozenset(
    {"name", "text", "code", "identifier", "date", "time", "indicator", "quantity", "amount", "rate", "file"}
)
"""表示词. Quantities and rates are JSON numbers; amounts of money are decimal text; codes keep their zeros."""

NUMERIC = frozenset({"quantity", "rate"})

SENSITIVITIES = ("public", "internal", "personal", "sensitive")
"""公开 · 内部 · 个人信息 · 敏感个人信息 (个人信息保护法 Art. 28), the milder before the stricter."""


@dataclass(frozen=True, slots=True, order=True)
class ElementRef:
    """One version of one element, written `person.name@1`."""

    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    @classmethod
    def parse(cls, text: str) -> ElementRef:
        """Reads `id@version`. Raises ValueError otherwise."""
        match = re.fullmatch(rf"({ID_PATTERN})@([1-9]\d*)", text, re.ASCII)
        if match is None:
            raise ValueError(f"{text!r} is not an element reference like person.name@1")
        identifier, _, version = text.partition("@")
        return cls(identifier, int(version))


@dataclass(frozen=True, slots=True)
class CodeListRef:
    """The list of codes that an element takes; `retired` also takes codes that are no longer in force."""

    id: str
    version: int
    retired: bool = False

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "version": self.version}
        return {**data, "retired": True} if self.retired else data


@dataclass(frozen=True, slots=True)
class DataElement:
    """One immutable version of a data element. `minimum` and `maximum` are decimal text, in `unit`."""

    id: str
    version: int
    names: Text
    object_class: str
    property_term: str
    representation: str
    definition: Text
    format: Format
    unit: str = ""
    code_list: CodeListRef | None = None
    check: str = ""
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""
    sensitivity: str = "internal"
    steward: str = ""
    legal_basis: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    status: str = "draft"
    help: Text = field(default_factory=dict)

    @property
    def ref(self) -> ElementRef:
        return ElementRef(self.id, self.version)

    @property
    def numeric(self) -> bool:
        """Whether values are JSON numbers."""
        return self.representation in NUMERIC

    @property
    def personal(self) -> bool:
        return self.sensitivity in ("personal", "sensitive")

    @classmethod
    def from_data(cls, data: object, pointer: str = "") -> DataElement:
        """Reads what `to_data` writes. Raises BadInput with every fault and its pointer."""
        reader = Reader(data, pointer)
        element = _read(reader)
        reader.finish()
        return element

    def to_data(self) -> dict[str, Any]:
        """Plain JSON data; keys with nothing to say are left out."""
        data: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "names": dict(self.names),
            "object_class": self.object_class,
            "property": self.property_term,
            "representation": self.representation,
            "definition": dict(self.definition),
            "format": str(self.format),
            "unit": self.unit,
            "code_list": self.code_list.to_data() if self.code_list else None,
            "check": self.check,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "pattern": self.pattern,
            "sensitivity": self.sensitivity,
            "steward": self.steward,
            "legal_basis": list(self.legal_basis),
            "synonyms": list(self.synonyms),
            "examples": list(self.examples),
            "status": self.status,
            "help": dict(self.help),
        }
        return {key: value for key, value in data.items() if value not in ("", None, [], {})}


_DECIMAL = r"-?(0|[1-9]\d*)(\.\d+)?"


def _read(reader: Reader) -> DataElement:
    identifier = reader.string("id", pattern=ID_PATTERN)
    if len(identifier) > LONGEST_ID:
        reader.fault(
            "id",
            "length",
            f"最多 {LONGEST_ID} 个字符",
            f"最多 {LONGEST_ID} 個字元",
            f"at most {LONGEST_ID} characters",
        )
    concept = identifier.rpartition(".")
    element = DataElement(
        id=identifier,
        version=reader.integer("version", minimum=1),
        names=reader.text("names"),
        object_class=reader.string("object_class", concept[0]),
        property_term=reader.string("property", concept[2]),
        representation=reader.choice("representation", REPRESENTATIONS),
        definition=reader.text("definition"),
        format=_format(reader),
        unit=reader.string("unit", ""),
        code_list=_code_list(reader),
        check=reader.choice("check", CHECKS, ""),
        minimum=reader.string("minimum", "", pattern=_DECIMAL),
        maximum=reader.string("maximum", "", pattern=_DECIMAL),
        pattern=reader.string("pattern", ""),
        sensitivity=reader.choice("sensitivity", SENSITIVITIES, "internal"),
        steward=reader.string("steward", ""),
        legal_basis=reader.strings("legal_basis"),
        synonyms=reader.strings("synonyms"),
        examples=reader.strings("examples"),
        status=reader.choice("status", STATUSES, "draft"),
        help=reader.text("help", required=False),
    )
    _consistent(reader, element)
    return element


def _format(reader: Reader) -> Format:
    text = reader.string("format")
    try:
        return formats.parse(text, f"{reader.pointer}/format") if text else Format("ul")
    except BadInput as problem:
        reader.faults.extend(problem.faults)
        return Format("ul")


def _code_list(reader: Reader) -> CodeListRef | None:
    if not reader.has("code_list"):
        return None
    child = reader.child("code_list")
    found = CodeListRef(child.string("id"), child.integer("version", minimum=1), child.boolean("retired"))
    child.close()
    return found


def _consistent(reader: Reader, element: DataElement) -> None:
    """What each key allows alone and the keys forbid together."""
    bounded = element.minimum or element.maximum
    if bounded and not (element.numeric or element.representation == "amount"):
        reader.fault(
            "minimum",
            "inconsistent",
            "只有数量、比率和金额可以有上下限",
            "只有數量、比率和金額可以有上下限",
            "only quantities, rates and amounts take bounds",
        )
    if element.numeric and element.format.kind != "n":
        reader.fault(
            "format",
            "inconsistent",
            "数量和比率的格式应为 n",
            "數量和比率的格式應為 n",
            "quantities and rates take an n format",
        )
    if element.representation == "code" and element.code_list is None and not element.check:
        reader.fault(
            "code_list",
            "required",
            "代码类数据元须指明代码集或校验规则",
            "代碼類資料元須指明代碼集或校驗規則",
            "a code needs a code list or a check rule",
        )
    if element.pattern:
        _pattern(reader, element.pattern)


def _pattern(reader: Reader, pattern: str) -> None:
    if not regex_is_valid(pattern):
        reader.fault(
            "pattern",
            "regex",
            "不是有效的正则表达式（ECMA-262）",
            "不是有效的正規表示式（ECMA-262）",
            "is no ECMA-262 regular expression",
        )

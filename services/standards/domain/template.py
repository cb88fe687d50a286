"""Templates made of data elements: forms (表单), documents (文书) and licences (证照, face fields 照面).

A template has no fields of its own: it arranges versions of elements in sections, so its schema, its words and
its checks are theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from gdbos_atom.identifiers import CHECKS
from gdbos_atom.reading import Reader
from gdbos_contracts.text import Text
from services.standards.domain.element import ID_PATTERN, ElementRef

KINDS = frozenset({"form", "document", "licence"})
TEMPLATE_ID = r"[a-z][a-z0-9_.-]{0,99}"
PLACEHOLDER = re.compile(r"\{\{ *([^{} ]+) *\}\}")
"""`{{ person.name }}` in the text of a document."""


@dataclass(frozen=True, slots=True)
class Field:
    """One version of an element, and whether it must be given."""

    element: ElementRef
    required: bool = True

    def to_data(self) -> dict[str, Any]:
        return {"element": self.element.id, "version": self.element.version, "required": self.required}


@dataclass(frozen=True, slots=True)
class Section:
    names: Text
    fields: tuple[Field, ...]

    def to_data(self) -> dict[str, Any]:
        return {"names": dict(self.names), "fields": [each.to_data() for each in self.fields]}


@dataclass(frozen=True, slots=True)
class Template:
    """One immutable version. `licence_type` is 证照类型代码: the defining ministry's code and three digits
    (GB/T 36904); `months` is how long such a licence holds, 0 for no limit; `text` is a document's wording."""

    id: str
    version: int
    kind: str
    names: Text
    sections: tuple[Section, ...]
    steward: str = ""
    legal_basis: tuple[str, ...] = ()
    licence_type: str = ""
    months: int = 0
    text: Text = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(each for section in self.sections for each in section.fields)

    @classmethod
    def from_data(cls, data: object, pointer: str = "") -> Template:
        """Reads what `to_data` writes. Raises BadInput with every fault and its pointer."""
        reader = Reader(data, pointer)
        found = cls(
            id=reader.string("id", pattern=TEMPLATE_ID),
            version=reader.integer("version", minimum=1),
            kind=reader.choice("kind", KINDS),
            names=reader.text("names"),
            sections=reader.each("sections", _section),
            steward=reader.string("steward", ""),
            legal_basis=reader.strings("legal_basis"),
            licence_type=reader.string("licence_type", ""),
            months=reader.integer("months", 0),
            text=reader.text("text", required=False),
        )
        _consistent(reader, found)
        reader.finish()
        return found

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "kind": self.kind,
            "names": dict(self.names),
            "sections": [section.to_data() for section in self.sections],
            "steward": self.steward,
            "legal_basis": list(self.legal_basis),
            "licence_type": self.licence_type,
            "months": self.months,
            "text": dict(self.text),
        }
        return {key: value for key, value in data.items() if value not in ("", 0, [], {})}

    def layout(self) -> dict[str, Any]:
        """What the composed schema says of the template: `x-template`, and `x-ui` with its sections."""
        about: dict[str, Any] = {"kind": self.kind, "id": self.id, "version": self.version}
        if self.licence_type:
            about["licence_type"] = self.licence_type
        sections = [
            {"names": dict(section.names), "elements": [each.element.id for each in section.fields]}
            for section in self.sections
        ]
        return {"x-template": about, "x-ui": {"sections": sections}}


def _section(reader: Reader) -> Section:
    found = Section(reader.text("names"), reader.each("fields", _field))
    reader.close()
    return found


def _field(reader: Reader) -> Field:
    ref = ElementRef(reader.string("element", pattern=ID_PATTERN), reader.integer("version", minimum=1))
    found = Field(ref, reader.boolean("required", True))
    reader.close()
    return found


def _consistent(reader: Reader, found: Template) -> None:
    if not found.fields:
        reader.fault("sections", "required", "至少须有一个数据元", "至少須有一個資料元", "needs an element")
    for id in _twice(found):
        reader.fault(
            "sections", "duplicate", f"数据元“{id}”重复", f"資料元「{id}」重複", f"has {id} more than once"
        )
    if found.kind == "licence" and not _is_licence_type(found.licence_type):
        reader.fault(
            "licence_type",
            "licence_type",
            "证照类型代码应为 18 位统一社会信用代码加 3 位数字",
            "證照類型代碼應為 18 位統一社會信用代碼加 3 位數字",
            "must be a unified social credit code of 18 characters and three digits",
        )
    for name in _unknown(found):
        reader.fault(
            "text",
            "placeholder",
            f"文书引用了未列入的数据元“{name}”",
            f"文書引用了未列入的資料元「{name}」",
            f"speaks of {name}, which is not among its elements",
        )


def _twice(found: Template) -> list[str]:
    ids = [each.element.id for each in found.fields]
    return sorted({id for id in ids if ids.count(id) > 1})


def _is_licence_type(code: str) -> bool:
    return CHECKS["uscc"].valid(code[:18]) and re.fullmatch(r"\d{3}", code[18:], re.ASCII) is not None


def _unknown(found: Template) -> list[str]:
    said = {name for words in found.text.values() for name in PLACEHOLDER.findall(words)}
    return sorted(said - {each.element.id for each in found.fields})

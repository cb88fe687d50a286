"""OASIS Genericode 1.0. What its identification cannot say stands in its annotation, as JSON."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import table

GC = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
OURS = "urn:gdbos:codelist:1"
_FACTS = f"Annotation/AppInfo/{{{OURS}}}facts"
_XML = "http://www.w3.org/XML/1998/namespace"


def write(found: CodeList) -> str:
    """ValueError for a character that XML cannot hold."""
    root = etree.Element(f"{{{GC}}}CodeList", nsmap={"gc": GC, "gdbos": OURS})
    _said(root, found)
    names = table.header(found)
    columns = etree.SubElement(root, "ColumnSet")
    for name in names:
        column = etree.SubElement(
            columns, "Column", Id=name, Use="required" if name == table.KEY else "optional"
        )
        etree.SubElement(column, "ShortName").text = name
        etree.SubElement(column, "Data", Type="string")
    key = etree.SubElement(columns, "Key", Id="codeKey")
    etree.SubElement(key, "ShortName").text = "CodeKey"
    etree.SubElement(key, "ColumnRef", Ref=table.KEY)
    simple = etree.SubElement(root, "SimpleCodeList")
    for row in table.rows(found):
        line = etree.SubElement(simple, "Row")
        for name, text in row.items():
            value = etree.SubElement(line, "Value", ColumnRef=name)
            etree.SubElement(value, "SimpleValue").text = text
    return str(etree.tostring(root, encoding="unicode"))


def _said(root: Any, found: CodeList) -> None:
    note = etree.SubElement(etree.SubElement(root, "Annotation"), "AppInfo")
    etree.SubElement(note, f"{{{OURS}}}facts").text = json.dumps(table.facts(found), ensure_ascii=True)
    about = etree.SubElement(root, "Identification")
    etree.SubElement(about, "ShortName").text = found.id
    for language, text in found.names.items():
        etree.SubElement(about, "LongName", {f"{{{_XML}}}lang": language}).text = text
    etree.SubElement(about, "Version").text = str(found.version)
    etree.SubElement(about, "CanonicalUri").text = f"{OURS}:{found.id}"
    etree.SubElement(about, "CanonicalVersionUri").text = f"{OURS}:{found.id}:{found.version}"


def read(text: str) -> dict[str, Any]:
    """A list of ours, or another's: then its identification says what there is. ValueError for other XML."""
    root = parsed(text)
    if root.tag != f"{{{GC}}}CodeList":
        raise ValueError("not a Genericode code list")
    facts = root.findtext(_FACTS)
    lines = [
        {value.get("ColumnRef"): value.findtext("SimpleValue") or "" for value in row.iterfind("Value")}
        for row in root.iterfind("SimpleCodeList/Row")
    ]
    return table.data(json.loads(facts), lines) if facts else _foreign(root, lines)


def _foreign(root: Any, lines: list[table.Row]) -> dict[str, Any]:
    """The key column is the code; a column called name, or the second one, is its name."""
    columns = [each.get("Id") or "" for each in root.iterfind("ColumnSet/Column")]
    reference = root.find("ColumnSet/Key/ColumnRef")
    key = columns[0] if reference is None else reference.get("Ref")
    name = next((c for c in columns if "name" in c.lower()), next((c for c in columns if c != key), key))
    short = root.findtext("Identification/ShortName") or "list"
    return {
        "id": "".join(c if c.isalnum() and c.isascii() else "_" for c in short.lower()).strip("_") or "list",
        "version": 1,
        "names": {"zh-Hans": root.findtext("Identification/LongName") or short},
        "codes": [{"value": line[key], "names": {"zh-Hans": line.get(name, line[key])}} for line in lines],
    }


def parsed(text: str) -> Any:
    """XML without entities or network. ValueError for a document type or malformed text."""
    if "<!DOCTYPE" in text:
        raise ValueError("a document type is not allowed")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error

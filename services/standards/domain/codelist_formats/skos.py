"""SKOS as RDF/XML: the list is a ConceptScheme, a code a Concept with its notation, labels, broader concept."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, unquote

from lxml import etree

from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import table
from services.standards.domain.codelist_formats.genericode import OURS, parsed

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
_FACTS, _NOTATION = f"{{{OURS}#}}facts", f"{{{SKOS}}}notation"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATES = {key: f"{{{OURS}#}}{key}" for key in ("valid_from", "valid_to")}


def write(found: CodeList) -> str:
    """ValueError for a character that XML cannot hold."""
    root = etree.Element(f"{{{RDF}}}RDF", nsmap={"rdf": RDF, "skos": SKOS, "dct": DCT, "gdbos": OURS + "#"})
    base = f"{OURS}:{found.id}:{found.version}"
    scheme = etree.SubElement(root, f"{{{SKOS}}}ConceptScheme", {f"{{{RDF}}}about": base})
    etree.SubElement(scheme, _FACTS).text = json.dumps(table.facts(found), ensure_ascii=True)
    _labels(scheme, found.names)
    for code in found.codes:
        concept = etree.SubElement(root, f"{{{SKOS}}}Concept", {f"{{{RDF}}}about": _uri(base, code.value)})
        _link(concept, f"{{{SKOS}}}inScheme", base)
        etree.SubElement(concept, _NOTATION).text = code.value
        _labels(concept, code.names)
        if code.parent:
            _link(concept, f"{{{SKOS}}}broader", _uri(base, code.parent))
        for value in code.replaced_by:
            _link(concept, f"{{{DCT}}}isReplacedBy", _uri(base, value))
        plain = code.to_data()
        for key, tag in _DATES.items():
            if key in plain:
                etree.SubElement(concept, tag).text = plain[key]
        for id, text in code.columns.items():
            etree.SubElement(concept, f"{{{OURS}#}}column", {f"{{{OURS}#}}id": id}).text = text
    return str(etree.tostring(root, encoding="unicode"))


def read(text: str) -> dict[str, Any]:
    """ValueError for RDF without one concept scheme."""
    root = parsed(text)
    scheme = root.find(f"{{{SKOS}}}ConceptScheme")
    if root.tag != f"{{{RDF}}}RDF" or scheme is None:
        raise ValueError("no SKOS concept scheme")
    facts = scheme.findtext(_FACTS)
    said = json.loads(facts) if facts else {"id": "list", "version": 1, "names": _texts(scheme)}
    return {**said, "codes": [_code(each) for each in root.iterfind(f"{{{SKOS}}}Concept")]}


def _code(concept: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"value": concept.findtext(_NOTATION) or "", "names": _texts(concept)}
    broader = concept.find(f"{{{SKOS}}}broader")
    if broader is not None:
        made["parent"] = _value(broader)
    replaced = [_value(each) for each in concept.iterfind(f"{{{DCT}}}isReplacedBy")]
    if replaced:
        made["replaced_by"] = replaced
    for key, tag in _DATES.items():
        said = concept.findtext(tag)
        if said:
            made[key] = said
    columns = {each.get(f"{{{OURS}#}}id"): each.text or "" for each in concept.iterfind(f"{{{OURS}#}}column")}
    return made | ({"columns": columns} if columns else {})


def _labels(parent: Any, names: Any) -> None:
    for language, text in names.items():
        etree.SubElement(parent, f"{{{SKOS}}}prefLabel", {_LANG: language}).text = text


def _texts(parent: Any) -> dict[str, str]:
    return {each.get(_LANG) or "zh-Hans": each.text or "" for each in parent.iterfind(f"{{{SKOS}}}prefLabel")}


def _link(parent: Any, tag: str, target: str) -> None:
    etree.SubElement(parent, tag, {f"{{{RDF}}}resource": target})


def _uri(base: str, value: str) -> str:
    return f"{base}#{quote(value, safe='')}"


def _value(link: Any) -> str:
    return unquote(str(link.get(f"{{{RDF}}}resource")).partition("#")[2])

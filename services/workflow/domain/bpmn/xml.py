"""XML in and out, safely: no document type, no entities, no network, 10 MB at most; nothing of the tree is lost."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from services.workflow.domain.bpmn.faults import BpmnError

LIMIT = 10 * 1024 * 1024
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
GDBOS = "urn:gdbos:bpmn:1"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

# A document type may stand only before the root, after comments and processing instructions. NULs are dropped
# first, so that UTF-16 is looked through as well. Nothing is tried twice: a hundred comments take no time.
_DOCTYPE = re.compile(rb"\A[^<]*+(?:(?><\?.*?\?>|<!--.*?-->)[^<]*+)*+<!DOCTYPE", re.DOTALL)


def read(xml: bytes) -> etree._ElementTree:
    """The tree with comments, CDATA, prefixes and line numbers; BpmnError when it is refused."""
    if len(xml) > LIMIT:
        raise BpmnError("too_large", "文件超过 10 MB", "檔案超過 10 MB", "The file is larger than 10 MB")
    if _DOCTYPE.match(xml[:65536].replace(b"\0", b"")):
        raise _doctype()
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, strip_cdata=False
    )
    try:
        tree = etree.ElementTree(etree.fromstring(xml, parser))
    except etree.XMLSyntaxError as error:
        number = error.lineno or 0
        raise BpmnError(
            "malformed",
            f"第 {number} 行：不是格式正确的 XML（{error.msg}）",
            f"第 {number} 行：不是格式正確的 XML（{error.msg}）",
            f"line {number}: not well-formed XML ({error.msg})",
            line=number,
        ) from None
    if tree.docinfo.internalDTD is not None:
        raise _doctype()
    return tree


def write(tree: etree._ElementTree) -> bytes:
    """The same document in its own encoding. (standalone="no" is what its absence means.)"""
    info: Any = tree.docinfo
    to_bytes: Any = etree.tostring
    return bytes(
        to_bytes(
            tree, encoding=info.encoding or "UTF-8", xml_declaration=True, standalone=info.standalone or None
        )
    )


def tag(element: etree._Element) -> str:
    """Local name if the element is BPMN's, else "" (comments, instructions and extensions)."""
    name = element.tag
    if isinstance(name, str) and name.startswith(f"{{{BPMN}}}"):
        return name[len(BPMN) + 2 :]
    return ""


def children(element: etree._Element, name: str) -> list[etree._Element]:
    return element.findall(f"{{{BPMN}}}{name}")


def text(element: etree._Element | None) -> str:
    """All text inside without comments, stripped; "" for None."""
    return "" if element is None else str(element.xpath("string()")).strip()


def line(element: etree._Element) -> int:
    """1-based line in the file; 0 when unknown."""
    found: Any = element.sourceline
    return int(found or 0)


def _doctype() -> BpmnError:
    return BpmnError(
        "doctype",
        "文件含有 DOCTYPE 声明，为安全起见不予读取",
        "檔案含有 DOCTYPE 宣告，為安全起見不予讀取",
        "The file has a DOCTYPE declaration; refused for safety",
    )

"""DMN XML into a plain tree: namespaces of DMN 1.1 to 1.5 are read alike, diagrams and extensions are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from gdbos_feel.dmn.errors import DmnError

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 200_000
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Tag:
    """One element: its local name, attributes without namespaces, its own text, its children."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[Tag, ...]

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def all(self, name: str) -> list[Tag]:
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> Tag | None:
        return next((child for child in self.children if child.name == name), None)

    def words(self, name: str) -> str:
        """The text of a child; "" without it."""
        child = self.one(name)
        return child.text.strip() if child is not None else ""

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Definitions:
    """One model: its name and namespace, its elements. `imports`: namespace → the name under which its elements
    are seen; "" when they are seen as if they were the model's own."""

    name: str
    namespace: str
    imports: Mapping[str, str]
    root: Tag

    def of_kind(self, *kinds: str) -> list[Tag]:
        return [child for child in self.root.children if child.name in kinds]


def read(xml: bytes) -> Definitions:
    """The model; DmnError for what is not DMN, is too large, or brings a document type."""
    if len(xml) > MOST_BYTES:
        raise DmnError(f"the model is larger than {MOST_BYTES} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise DmnError(f"not XML: {error}") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise DmnError("a document type declaration is not allowed")
    name = etree.QName(root)
    if name.localname != "definitions" or "/DMN/" not in (name.namespace or ""):
        raise DmnError("the root is not DMN definitions")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise DmnError(f"more than {MOST_ELEMENTS} elements")
    tree = _tag(root, 0)
    imports = {tag.get("namespace"): tag.get("name").strip() for tag in tree.all("import")}
    return Definitions(tree.get("name"), tree.get("namespace"), imports, tree)


def _tag(element: etree._Element, depth: int) -> Tag:
    if depth > DEEPEST:
        raise DmnError(f"nested deeper than {DEEPEST} elements")
    name = etree.QName(element)
    children = tuple(
        _tag(child, depth + 1)
        for child in element
        if isinstance(child.tag, str) and etree.QName(child).localname not in ("DMNDI", "extensionElements")
    )
    attributes = {etree.QName(str(key)).localname: str(value) for key, value in element.attrib.items()}
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    return Tag(name.localname, attributes, text, children)

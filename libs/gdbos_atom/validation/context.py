"""Where in the schema a keyword stands: its rule, the element it speaks of, and how the form calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gdbos_atom.pointers import pointer_of
from gdbos_contracts.text import LANGUAGES, Text, pick

Path = Sequence[str | int]


@dataclass(frozen=True)
class Context:
    """`node` holds the keyword; `member` is the nearest schema around it that is bound to an element.

    `member` is also taken where it only has a title, so that plain schemas are named too.
    """

    rule: str
    node: Mapping[str, Any]
    member: Mapping[str, Any]
    bound: Mapping[str, Any]
    name: str

    @cached_property
    def label(self) -> Text:
        """How people call the value: the form's label, the title, else the name of the member."""
        label = _mapping(self.member.get("x-ui")).get("label") or self.member.get("title") or self.name
        return {language: pick(label, language) for language in LANGUAGES}

    @property
    def element(self) -> str:
        """`id@version`, "" where no element is bound."""
        reference = _mapping(self.bound.get("x-element"))
        return f"{reference['id']}@{reference['version']}" if {"id", "version"} <= set(reference) else ""

    @property
    def article(self) -> str:
        """The legal basis that the element carries."""
        return "; ".join(str(basis) for basis in self.bound.get("x-legal-basis", ()))

    def said(self, which: str) -> Text:
        """What the form itself says when the value is `required` or `invalid`; {} when it says nothing."""
        return _mapping(_mapping(self.bound.get("x-ui")).get("messages")).get(which) or {}


_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
"""Keywords that hold schemas by name: what follows them is a name, not a keyword."""


def locate(schema: Any, evaluation: Path, rule: Path, instance: Path) -> Context:
    """Walks the evaluation path of an error through the schema, following local references."""
    node: Any = schema
    bound: Mapping[str, Any] = {}
    member: Mapping[str, Any] = {}
    in_map = False
    for step in evaluation[:-1]:
        node = _follow(schema, node, step)
        in_map = not in_map and step in _MAPS
        if in_map or not isinstance(node, Mapping):
            continue
        if isinstance(node.get("x-element"), Mapping):
            bound = node
        if _named(node):
            member = node
    name = str(instance[-1]) if instance else ""
    at = node if isinstance(node, Mapping) else {}
    return Context(pointer_of(rule), at, member, bound, name)


def of_member(context: Context, key: str) -> Context:
    """The context of a member of the object that `context` speaks of: for members that are absent."""
    found = _mapping(_mapping(context.node.get("properties")).get(key))
    bound = found if isinstance(found.get("x-element"), Mapping) else {}
    return Context(context.rule, context.node, found, bound, key)


def _follow(root: Any, node: Any, step: str | int) -> Any:
    if isinstance(node, Mapping) and step in node:
        value = node[str(step)]
        return _resolve(root, value) if step == "$ref" else value
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
        return node[step]
    return {}


def _resolve(root: Any, reference: object) -> Any:
    """The target of `#/…`; {} for what is not local."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return {}
    node = root
    for token in reference[2:].split("/"):
        key = token.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            return {}
        node = node[key]
    return node


def _named(node: Mapping[str, Any]) -> bool:
    return isinstance(node.get("title"), str) or isinstance(node.get("x-ui"), Mapping)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

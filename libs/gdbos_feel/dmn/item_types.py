"""Item definitions into FEEL types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gdbos_feel.api import spelled
from gdbos_feel.compiler import build
from gdbos_feel.cursor import Scope
from gdbos_feel.dmn.reader import Tag
from gdbos_feel.env import Budget, Env
from gdbos_feel.errors import FeelError
from gdbos_feel.parser import Parser
from gdbos_feel.types import ANY, BUILTIN_TYPES, UNKNOWN, ContextOf, FunctionOf, ListOf, Restricted, Type


class ItemTypes:
    """The types of one model, by name; those of imported models are named `import.name`."""

    def __init__(self, definitions: list[Tag], imported: Iterable[tuple[str, Mapping[str, Type]]]) -> None:
        self._tags = {spelled(tag.get("name")): tag for tag in definitions}
        self._open: set[str] = set()
        self.types: dict[str, Type] = {
            f"{prefix}.{name}" if prefix else name: t
            for prefix, types in imported
            for name, t in types.items()
        }
        for name in self._tags:
            self.named(name)

    def named(self, reference: str) -> Type | None:
        """What a typeRef names; None for no typeRef; UNKNOWN for a name that nothing declares."""
        if not reference.strip():
            return None
        name = spelled(reference.strip())
        if name in self.types:
            return self.types[name]
        if name in self._tags and name not in self._open:
            self._open.add(name)
            self.types[name] = self._read(self._tags[name])
            self._open.discard(name)
            return self.types[name]
        bare = name.rpartition(":")[2].rpartition("}")[2]
        if bare in BUILTIN_TYPES:
            return BUILTIN_TYPES[bare]
        return self.types.get(bare) or (self.named(bare) if bare != name else UNKNOWN)

    def _read(self, tag: Tag) -> Type:
        many = tag.get("isCollection") == "true"
        found = self._restricted(self._base(tag), tag, "allowedValues")
        if many:
            found = ListOf(found)
        return self._restricted(found, tag, "typeConstraint")

    def _base(self, tag: Tag) -> Type:
        components, function = tag.all("itemComponent"), tag.one("functionItem")
        if components:
            return ContextOf({spelled(each.get("name")): self._read(each) for each in components})
        if function is not None:
            parameters = tuple(self.named(each.get("typeRef")) or ANY for each in function.all("parameters"))
            return FunctionOf(parameters, self.named(function.get("outputTypeRef")) or ANY)
        return self.named(tag.words("typeRef") or tag.get("typeRef")) or ANY

    def _restricted(self, base: Type, tag: Tag, kind: str) -> Type:
        constraint = tag.one(kind)
        text = constraint.words("text") if constraint is not None else ""
        return Restricted(base, allowed(text), text) if text else base


def allowed(text: str) -> Callable[[Any], Any]:
    """Whether a value passes the unary tests; tests that are not FEEL let nothing pass."""
    try:
        run = build(Parser(text, Scope()).unary_tests())
    except FeelError:
        return lambda value: False
    return lambda value: run(Env({"?": value}, Budget()))

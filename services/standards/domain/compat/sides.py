"""One schema of a comparison, as its readers and as its writers take it."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_atom.validation.declared import asserted
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat.normal import DIALECT, Document
from services.standards.domain.compat.openness import close

Json = Any
_MOST, _SMALL = 64, 2000


class Side:
    """Each document is made once, when it is asked for. One that is `declared` asserts what its author declared."""

    def __init__(self, schema: Json, lenient: bool, declared: bool = False) -> None:
        self.schema, self.lenient, self.declared = schema, lenient, declared

    @cached_property
    def read(self) -> Document:
        return self._document()

    @cached_property
    def written(self) -> Document:
        if not self.lenient:
            return self.read
        document = self._document()
        close(document)
        return document

    @cached_property
    def asserting(self) -> Side:
        return Side(self.schema, self.lenient, declared=True)

    def validator(self) -> Validator:
        """Of the schema as it was given; of its 2020-12 form where it is written in a way that no engine reads."""
        try:
            return Validator(self.schema, declared=self.declared)
        except BadInput:
            return self._of_form(self.read.root)

    def closed(self) -> Validator:
        """That nothing is written but what the schema names."""
        return self._of_form(self.written.root)

    def _document(self) -> Document:
        return Document(asserted(self.schema), beside=True) if self.declared else Document(self.schema)

    def _of_form(self, root: Json) -> Validator:
        form = {"$schema": DIALECT, **root} if isinstance(root, dict) else root
        return Validator(form, declared=self.declared)


_HELD: OrderedDict[tuple[int, bool], Side] = OrderedDict()
"""Earlier versions, which are compared again with each that follows: as long as they are held, so is their id."""


def side_of(schema: Json, lenient: bool) -> Side:
    key = (id(schema), lenient)
    held = _HELD.pop(key, None)  # and put back as the newest; another thread may look at the same time
    made = held if held is not None and held.schema is schema else Side(schema, lenient)
    if made.read.size <= _SMALL:
        _HELD[key] = made
        if len(_HELD) > _MOST:
            _HELD.popitem(last=False)
    return made

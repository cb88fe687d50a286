"""Types as they are written: `list<number>`, `context<a: string>`, `function<date> -> boolean`, names."""

from __future__ import annotations

from gdbos_feel.cursor import Cursor
from gdbos_feel.names import RESERVED
from gdbos_feel.types import BUILTIN_TYPES, UNKNOWN, ContextOf, FunctionOf, ListOf, RangeOf, Type


class TypeParser(Cursor):
    """Reads a type where the cursor stands."""

    def type_alone(self) -> Type:
        """The whole text as one type."""
        found = self._type()
        self._expect_end()
        return found

    def _type(self) -> Type:
        self._deeper()
        found = self._written_type()
        self._depth -= 1
        return found

    def _written_type(self) -> Type:
        if self._word("function"):
            self._next()
            return self._function_type()
        name = self._known_name(self._scope.types, BUILTIN_TYPES)
        if name is None:
            return self._unknown_type()
        if not self._take("<"):
            return self._scope.types.get(name) or BUILTIN_TYPES[name]
        if name == "context":
            return self._context_type()
        entry = self._type()
        self._expect(">")
        return {"list": ListOf, "range": RangeOf}.get(name, lambda _: UNKNOWN)(entry)

    def _context_type(self) -> Type:
        members = {}
        while not self._is(">"):
            name = self._new_name((":",))
            self._expect(":")
            members[name] = self._type()
            if not self._take(","):
                break
        self._expect(">")
        return ContextOf(members)

    def _function_type(self) -> Type:
        parameters = None
        if self._take("<"):
            parameters = []
            while not self._is(">"):
                parameters.append(self._type())
                if not self._take(","):
                    break
            self._expect(">")
        result = self._type() if self._take("->") else BUILTIN_TYPES["Any"]
        return FunctionOf(tuple(parameters) if parameters is not None else None, result)

    def _unknown_type(self) -> Type:
        """Words that name no type: they end where the type must end."""
        self._plain_name()
        while (self._peek().kind == "name" and self._peek().text not in RESERVED) or self._is("."):
            self._next()
        return UNKNOWN

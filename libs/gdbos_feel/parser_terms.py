"""What stands between the operators: literals, names, calls, paths, filters, brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdbos_feel.errors import FeelError
from gdbos_feel.lexer import unescaped
from gdbos_feel.names import PROPERTY_NAMES
from gdbos_feel.parser_types import TypeParser
from gdbos_feel.values import numeric

Node = tuple[Any, ...]


class TermParser(TypeParser):
    """`_expression` and `_sum` are the operator parser's."""

    def _expression(self) -> Node:
        raise NotImplementedError

    def _sum(self) -> Node:
        raise NotImplementedError

    def _postfix(self) -> Node:
        node = self._primary()
        while True:
            if self._is("("):
                node = ("call", node, *self._arguments())
            elif self._take("."):
                name = self._known_name(PROPERTY_NAMES, self._scope.members, *self._names)
                node = ("path", node, name or self._plain_name())
            elif self._is("["):
                condition = self._filter()
                if condition is None:
                    return node
                node = ("filter", node, condition)
            else:
                return node

    def _filter(self) -> Node | None:
        """`[condition]`; None, with the cursor back, for the `[` that ends an interval: `[1..10[`."""
        mark, depth = self._at, self._depth
        names = list(self._names)
        self._next()
        self._names.append({"item", *self._scope.members})
        try:
            condition = self._expression()
            self._expect("]")
        except FeelError:
            if not self._in_interval:
                raise
            self._at, self._depth, self._names = mark, depth, names
            return None
        self._names.pop()
        return condition

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...]]:
        self._expect("(")
        placed: list[Node] = []
        named: list[tuple[str, Node]] = []
        while not self._is(")"):
            name = self._argument_name()
            if name is not None:
                named.append((name, self._expression()))
            else:
                placed.append(self._expression())
            if not self._take(","):
                break
        self._expect(")")
        return tuple(placed), tuple(named)

    def _argument_name(self) -> str | None:
        """`start position: 1` names its argument up to the colon; None, with the cursor back, for a value."""
        mark = self._at
        if self._peek().kind == "name":
            name = self._new_name((":",))
            if self._take(":"):
                return name
        self._at = mark
        return None

    def _primary(self) -> Node:
        token = self._peek()
        if token.kind == "number":
            self._next()
            return ("literal", numeric(token.text))
        if token.kind == "string":
            self._next()
            return ("literal", unescaped(token.text))
        if token.kind == "at":
            self._next()
            return ("at", unescaped(token.text[1:]))
        if token.kind == "name":
            return self._special() or self._name()
        opening: dict[str, Callable[[], Node]] = {
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._interval,
            "{": self._context,
        }
        if token.text not in opening:
            raise self._unexpected()
        return opening[token.text]()

    def _special(self) -> Node | None:
        reader: Callable[[], Node] | None = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
            "function": self._function,
        }.get(self._peek().text)
        return reader() if reader else None

    def _if(self) -> Node:
        self._next()
        condition = self._expression()
        self._keyword("then")
        yes = self._expression()
        self._keyword("else")
        return ("if", condition, yes, self._expression())

    def _for(self) -> Node:
        self._next()
        self._names.append(set())
        loops = self._iterations()
        self._keyword("return")
        self._names[-1] = {*self._names[-1], "partial"}
        body = self._expression()
        self._names.pop()
        return ("for", loops, body)

    def _quantified(self) -> Node:
        which = self._next().text
        self._names.append(set())
        loops = self._iterations()
        self._keyword("satisfies")
        body = self._expression()
        self._names.pop()
        return (which, loops, body)

    def _iterations(self) -> tuple[tuple[str, Node], ...]:
        loops = []
        while True:
            name = self._new_name(("in",))
            self._keyword("in")
            source = self._expression()
            if self._take(".."):
                source = ("count", source, self._expression())
            self._names[-1] = {*self._names[-1], name}
            loops.append((name, source))
            if not self._take(","):
                return tuple(loops)

    def _function(self) -> Node:
        self._next()
        self._expect("(")
        names, types = [], []
        while not self._is(")"):
            names.append(self._new_name((",", ")", ":")))
            types.append(self._type() if self._take(":") else None)
            if not self._take(","):
                break
        self._expect(")")
        external = self._word("external")
        if external:
            self._next()
        self._names.append(set(names))
        body = self._expression()
        self._names.pop()
        return ("external" if external else "function", tuple(names), tuple(types), body)

    def _parenthesis(self) -> Node:
        self._expect("(")
        sign = self._peek()
        if sign.kind == "op" and sign.text in ("<", "<=", ">", ">=", "=", "!="):
            self._next()
            node: Node = ("signed_range", sign.text, self._sum())
        else:
            node = self._expression()
            if self._take(".."):
                return self._interval_end(node, False)
        self._expect(")")
        return node

    def _bracket(self) -> Node:
        self._expect("[")
        if self._take("]"):
            return ("list", ())
        first = self._expression()
        if self._take(".."):
            return self._interval_end(first, True)
        entries = [first]
        while self._take(","):
            entries.append(self._expression())
        self._expect("]")
        return ("list", tuple(entries))

    def _interval(self) -> Node:
        self._expect("]")
        low = self._expression()
        self._expect("..")
        return self._interval_end(low, False)

    def _interval_end(self, low: Node, low_in: bool) -> Node:
        outer, self._in_interval = self._in_interval, True
        high = self._expression()
        self._in_interval = outer
        closing = self._peek().text
        if closing not in ("]", ")", "["):
            raise self._error("the interval does not end", "区间没有结束", "區間沒有結束")
        self._next()
        return ("range", low, high, low_in, closing == "]")

    def _context(self) -> Node:
        self._expect("{")
        self._names.append(set())
        entries: list[tuple[str, Node]] = []
        while not self._is("}"):
            key = unescaped(self._next().text) if self._peek().kind == "string" else self._new_name((":",))
            self._expect(":")
            entries.append((key, self._expression()))
            self._names[-1] = {*self._names[-1], key}
            if not self._take(","):
                break
        self._expect("}")
        self._names.pop()
        return ("context", tuple(entries))

    def _name(self) -> Node:
        known = self._known_name(*self._names)
        word = known or self._plain_name()
        if known is None and word in ("true", "false", "null"):
            return ("literal", {"true": True, "false": False, "null": None}[word])
        return ("name", word)

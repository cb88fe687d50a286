"""Recursive descent over the tokens. Nodes are tuples: (kind, …), see compiler.py for what each means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from gdbos_feel.errors import FeelError
from gdbos_feel.lexer import Token, tokens, unescaped
from gdbos_feel.names import BUILTIN_NAMES, PROPERTY_NAMES

Node = tuple[Any, ...]
DEEPEST = 120
_COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">="})
_RESERVED = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "function",
        "external",
    }
)
_JOINERS = frozenset({"+", "-", "*", "/", "'", "."})


class Parser:
    """`names`: names in scope that hold blanks or signs; they are read as one name."""

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0
        self._names = [set(names) | BUILTIN_NAMES]

    def expression(self) -> Node:
        """The whole text as one expression."""
        node = self._expression()
        self._expect_end()
        return node

    def unary_tests(self) -> Node:
        """The whole text as the unary tests of a decision table's input cell."""
        if self._take("-") and self._peek().kind == "end":
            return ("any",)
        self._at = 0
        if self._word("not") and self._peek().text == "(":
            mark = self._at
            self._next()
            tests = self._tests(")")
            if self._peek().kind == "end":
                return ("not_tests", tests)
            self._at = mark - 1
        tests = self._tests("")
        self._expect_end()
        return ("tests", tests)

    def _tests(self, closing: str) -> tuple[Node, ...]:
        found = [self._test()]
        while self._take(","):
            found.append(self._test())
        if closing:
            self._expect(closing)
        return tuple(found)

    def _test(self) -> Node:
        sign = self._peek()
        if sign.text in _COMPARE:
            self._next()
            return ("compare", sign.text, ("name", "?"), self._sum())
        return ("test", self._expression())

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("nested too deeply", "嵌套过深")
        node = self._special() or self._or()
        self._depth -= 1
        return node

    def _special(self) -> Node | None:
        token = self._peek()
        reader: Callable[[], Node] | None = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
            "function": self._function,
        }.get(token.text if token.kind == "name" else "")
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
        loops = self._iterations(ranges=True)
        self._keyword("return")
        self._names[-1].add("partial")
        body = self._expression()
        self._names.pop()
        return ("for", loops, body)

    def _quantified(self) -> Node:
        which = self._next().text
        loops = self._iterations(ranges=False)
        self._keyword("satisfies")
        body = self._expression()
        self._names.pop()
        return (which, loops, body)

    def _iterations(self, ranges: bool) -> tuple[tuple[str, Node], ...]:
        self._names.append(set())
        loops = []
        while True:
            name = self._new_name(("in",))
            self._keyword("in")
            source = self._expression()
            if ranges and self._take(".."):
                source = ("count", source, self._expression())
            self._names[-1].add(name)
            loops.append((name, source))
            if not self._take(","):
                return tuple(loops)

    def _function(self) -> Node:
        self._next()
        self._expect("(")
        names = []
        while self._peek().text != ")":
            names.append(self._new_name((",", ")", ":")))
            if self._take(":"):
                self._type()
            if not self._take(","):
                break
        self._expect(")")
        if self._word("external"):
            self._next()
            self._expression()
            return ("literal", None)
        self._names.append(set(names))
        body = self._expression()
        self._names.pop()
        return ("function", tuple(names), body)

    def _or(self) -> Node:
        node = self._and()
        while self._word("or"):
            self._next()
            node = ("or", node, self._and())
        return node

    def _and(self) -> Node:
        node = self._comparison()
        while self._word("and"):
            self._next()
            node = ("and", node, self._comparison())
        return node

    def _comparison(self) -> Node:
        node = self._sum()
        while True:
            token = self._peek()
            if token.kind == "op" and token.text in _COMPARE:
                self._next()
                node = ("compare", token.text, node, self._sum())
            elif self._word("between"):
                self._next()
                low = self._sum()
                self._keyword("and")
                node = ("between", node, low, self._sum())
            elif self._word("in"):
                self._next()
                node = ("in", node, self._in_tests())
            elif self._word("instance"):
                self._next()
                self._keyword("of")
                node = ("instance", node, self._type())
            else:
                return node

    def _in_tests(self) -> tuple[Node, ...]:
        if self._peek().text == "(":
            mark = self._at
            self._next()
            try:
                tests = self._tests(")")
                if self._peek().text not in ("..",):
                    return tests
            except FeelError:
                pass  # an interval such as (1..2), not a list of tests
            self._at = mark
        sign = self._peek()
        if sign.text in _COMPARE:
            return (self._test(),)
        return (("test", self._sum()),)

    def _sum(self) -> Node:
        node = self._product()
        while self._peek().kind == "op" and self._peek().text in ("+", "-"):
            operator = self._next().text
            node = ("arithmetic", operator, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._power()
        while self._peek().kind == "op" and self._peek().text in ("*", "/"):
            operator = self._next().text
            node = ("arithmetic", operator, node, self._power())
        return node

    def _power(self) -> Node:
        node = self._unary()
        while self._take("**"):
            node = ("arithmetic", "**", node, self._unary())
        return node

    def _unary(self) -> Node:
        if self._take("-"):
            self._depth += 1
            if self._depth > DEEPEST:
                raise self._error("nested too deeply", "嵌套过深")
            node = ("negative", self._unary())
            self._depth -= 1
            return node
        return self._postfix()

    def _postfix(self) -> Node:
        node = self._primary()
        while True:
            token = self._peek()
            if token.text == "(" and token.kind == "op":
                node = ("call", node, *self._arguments())
            elif token.text == "." and token.kind == "op":
                self._next()
                node = ("path", node, self._known_name(PROPERTY_NAMES) or self._plain_name())
            elif token.text == "[" and token.kind == "op":
                self._next()
                self._names.append({"item"})
                node = ("filter", node, self._expression())
                self._names.pop()
                self._expect("]")
            else:
                return node

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...]]:
        self._expect("(")
        placed: list[Node] = []
        named: list[tuple[str, Node]] = []
        while self._peek().text != ")" or self._peek().kind != "op":
            mark = self._at
            name = self._argument_name()
            if name is not None:
                named.append((name, self._expression()))
            else:
                self._at = mark
                placed.append(self._expression())
            if not self._take(","):
                break
        self._expect(")")
        return tuple(placed), tuple(named)

    def _argument_name(self) -> str | None:
        """`start position: 1` names its argument by words up to the colon."""
        words = []
        while self._peek().kind == "name":
            words.append(self._next().text)
        if words and self._peek().text == ":" and self._peek().kind == "op":
            self._next()
            return " ".join(words)
        return None

    def _primary(self) -> Node:
        token = self._peek()
        if token.kind == "number":
            self._next()
            return ("literal", Decimal(token.text))
        if token.kind == "string":
            self._next()
            return ("literal", unescaped(token.text))
        if token.kind == "at":
            self._next()
            return ("at", unescaped(token.text[1:]))
        if token.kind == "name":
            return self._name()
        opening: Callable[[], Node] | None = {
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._interval,
            "{": self._context,
            "<": self._open_comparison,
            "<=": self._open_comparison,
            ">": self._open_comparison,
            ">=": self._open_comparison,
        }.get(token.text)
        if opening is None:
            raise self._error(f"unexpected {token.text or 'end'!r}", f"意外的 {token.text or '结尾'!r}")
        return opening()

    def _open_comparison(self) -> Node:
        """`(< 5)` is a range value."""
        sign = self._next().text
        return ("open_range", sign, self._sum())

    def _parenthesis(self) -> Node:
        self._expect("(")
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
        high = self._expression()
        closing = self._next().text
        if closing not in ("]", ")", "["):
            raise self._error("the interval does not end", "区间没有结束")
        return ("range", low, high, low_in, closing == "]")

    def _context(self) -> Node:
        self._expect("{")
        self._names.append(set())
        entries: list[tuple[str, Node]] = []
        while self._peek().text != "}":
            token = self._peek()
            key = unescaped(self._next().text) if token.kind == "string" else self._new_name((":",))
            self._expect(":")
            entries.append((key, self._expression()))
            self._names[-1].add(key)
            if not self._take(","):
                break
        self._expect("}")
        self._names.pop()
        return ("context", tuple(entries))

    def _name(self) -> Node:
        word = self._peek().text
        if word in ("true", "false", "null") and not self._longer_name():
            self._next()
            return ("literal", {"true": True, "false": False, "null": None}[word])
        known = self._known_name(*self._names)
        return ("name", known or self._plain_name())

    def _longer_name(self) -> bool:
        mark = self._at
        known = self._known_name(*self._names)
        self._at = mark
        return known is not None and " " in known

    def _plain_name(self) -> str:
        token = self._next()
        if token.kind != "name" or token.text in _RESERVED:
            self._at -= 1
            raise self._error(
                f"a name was expected, not {token.text or 'end'!r}",
                f"此处应为名称，而不是 {token.text or '结尾'!r}",
            )
        return token.text

    def _known_name(self, *scopes: Iterable[str]) -> str | None:
        """The longest known name that begins here, whatever blanks it was written with."""
        best, end = None, self._at
        words: list[str] = []
        index = self._at
        while index < len(self._tokens) and index - self._at < 24:
            token = self._tokens[index]
            if token.kind not in ("name", "number") and token.text not in _JOINERS:
                break
            words.append(token.text)
            index += 1
            candidate = _spelled(self._tokens[self._at : index])
            if any(candidate in scope for scope in scopes):
                best, end = candidate, index
        if best is not None:
            self._at = end
        return best

    def _new_name(self, ends: tuple[str, ...]) -> str:
        """A name being declared: everything up to one of `ends`."""
        first = self._at
        while self._peek().text not in ends and (
            self._peek().kind in ("name", "number") or self._peek().text in _JOINERS
        ):
            self._next()
        if self._at == first or self._tokens[first].kind != "name":
            raise self._error("a name was expected", "此处应为名称")
        return _spelled(self._tokens[first : self._at])

    def _type(self) -> str:
        """A type name, its parameters included, as text."""
        words, depth = [], 0
        while True:
            token = self._peek()
            if token.text == "<":
                depth += 1
            elif token.text == ">":
                depth -= 1
            elif (
                not (token.kind == "name" or (depth and token.text in (",", ":", "->")) or token.text == "->")
                or depth == 0
                and token.text in _RESERVED - {"function"}
            ):
                break
            words.append(self._next().text)
            if depth < 0:
                break
        return " ".join(words)

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _word(self, text: str) -> bool:
        return self._peek().kind == "name" and self._peek().text == text

    def _keyword(self, text: str) -> None:
        if not self._word(text):
            raise self._error(f"{text!r} was expected", f"此处应为 {text!r}")
        self._next()

    def _take(self, text: str) -> bool:
        if self._peek().kind == "op" and self._peek().text == text:
            self._next()
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error(f"{text!r} was expected", f"此处应为 {text!r}")

    def _expect_end(self) -> None:
        if self._peek().kind != "end":
            raise self._error(f"unexpected {self._peek().text!r}", f"意外的 {self._peek().text!r}")

    def _error(self, english: str, chinese: str) -> FeelError:
        return FeelError(english, chinese, self._text, self._peek().start)


def _spelled(run: list[Token]) -> str:
    """Words joined by single blanks; signs keep the blanks that they were written with, or none."""
    text = run[0].text
    for before, token in zip(run, run[1:], strict=False):
        gap = " " if token.start > before.stop and token.kind == before.kind == "name" else ""
        text += gap + token.text
    return text

"""Recursive descent over the tokens: operators, from the loosest to the tightest, and unary tests.

Nodes are tuples (kind, …); compiler.py says for each kind what it means.
"""

from __future__ import annotations

from gdbos_feel.errors import FeelError
from gdbos_feel.parser_terms import Node as Node
from gdbos_feel.parser_terms import TermParser

_DEEPEST_TREE = 250
_COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">="})


class Parser(TermParser):
    """Reads one text: as an expression, or as unary tests."""

    def expression(self) -> Node:
        """The whole text as one expression."""
        node = self._expression()
        self._expect_end()
        return self._shallow(node)

    def unary_tests(self) -> Node:
        """The whole text as the unary tests of a decision table's input cell."""
        if self._take("-") and self._peek().kind == "end":
            return ("any",)
        self._at = 0
        if self._word("not") and self._tokens[1].text == "(":
            negated = self._negated_tests()
            if negated is not None:
                return self._shallow(negated)
        tests = self._tests()
        self._expect_end()
        return self._shallow(("tests", tests))

    def _shallow(self, node: Node) -> Node:
        """The tree, when whoever walks it need not go too deep: a chain of operators leans to the left."""
        level: list[Node] = [node]
        for _ in range(_DEEPEST_TREE):
            level = [part for parent in level for part in parent if isinstance(part, tuple)]
            if not level:
                return node
        raise self._error("nested too deeply", "嵌套过深", "巢狀過深")

    def _negated_tests(self) -> Node | None:
        """`not(…)` around all; None, with the cursor back, when more follows."""
        self._next()
        self._next()
        tests = self._tests()
        self._expect(")")
        if self._peek().kind == "end":
            return ("not_tests", tests)
        self._at = 0
        return None

    def _tests(self) -> tuple[Node, ...]:
        found = [self._test()]
        while self._take(","):
            found.append(self._test())
        return tuple(found)

    def _test(self) -> Node:
        sign = self._peek()
        if sign.kind == "op" and sign.text in _COMPARE:
            self._next()
            return ("compare", sign.text, ("name", "?"), self._sum())
        return ("test", self._expression())

    def _expression(self) -> Node:
        self._deeper()
        node = self._or()
        self._depth -= 1
        return node

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
        if self._is("("):
            mark = self._at
            self._next()
            try:
                tests = self._tests()
                self._expect(")")
            except FeelError:
                self._at = mark  # an interval such as (1..2), not a list of tests
            else:
                return tests
        sign = self._peek()
        if sign.kind == "op" and sign.text in _COMPARE:
            return (self._test(),)
        return (("test", self._sum()),)

    def _sum(self) -> Node:
        node = self._product()
        while self._is("+") or self._is("-"):
            operator = self._next().text
            node = ("arithmetic", operator, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._power()
        while self._is("*") or self._is("/"):
            operator = self._next().text
            node = ("arithmetic", operator, node, self._power())
        return node

    def _power(self) -> Node:
        node = self._unary()
        while self._take("**"):
            node = ("arithmetic", "**", node, self._unary())
        return node

    def _unary(self) -> Node:
        if not self._take("-"):
            return self._postfix()
        self._deeper()
        node = ("negative", self._unary())
        self._depth -= 1
        return node

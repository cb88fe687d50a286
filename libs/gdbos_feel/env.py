"""What an evaluation carries: names in scope, and a budget that all its parts share."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from gdbos_feel.errors import FeelBudgetError
from gdbos_feel.types import Type, convert

MOST_STEPS = 1_000_000
MOST_SECONDS = 5.0
DEEPEST_CALLS = 150
LONGEST_TEXT = 1_000_000
"""Characters of a string that an expression makes."""
_STEPS_A_LOOK = 2048
"""Steps between two looks at the clock."""


class Budget:
    """Steps, seconds and depth of calls that one evaluation may take; FeelBudgetError beyond."""

    __slots__ = ("_look_at", "_until", "depth", "steps")

    def __init__(self, steps: int = MOST_STEPS, seconds: float = MOST_SECONDS) -> None:
        self.steps = steps
        self.depth = DEEPEST_CALLS
        self._look_at = steps - _STEPS_A_LOOK
        self._until = time.monotonic() + seconds

    def spend(self, steps: int = 1) -> None:
        self.steps -= steps
        if self.steps < self._look_at:
            self._look()

    def fault(self, message: str) -> None:
        """Hears why a value became null; an evaluation that reports errors keeps it."""

    def _look(self) -> None:
        if self.steps < 0:
            raise FeelBudgetError("too many steps", "计算步骤过多", "計算步驟過多")
        if time.monotonic() > self._until:
            raise FeelBudgetError("the evaluation takes too long", "计算时间过长", "計算時間過長")
        self._look_at = self.steps - _STEPS_A_LOOK

    def weigh(self, value: Any) -> Any:
        """The value, when its size is within bounds: entries count as steps."""
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                raise FeelBudgetError("the text becomes too long", "文本过长", "文字過長")
            self.spend(len(value) >> 6)
        elif isinstance(value, (list, dict)):
            self.spend(len(value))
        return value


def too_deep() -> FeelBudgetError:
    return FeelBudgetError("calls are nested too deeply", "调用层数过深", "呼叫層數過深")


class Env:
    """Names in scope, innermost first."""

    __slots__ = ("budget", "names", "outer")

    def __init__(self, names: Mapping[str, Any], budget: Budget, outer: Env | None = None) -> None:
        self.names = names
        self.outer = outer
        self.budget = budget

    def inner(self, names: Mapping[str, Any]) -> Env:
        return Env(names, self.budget, self)

    def get(self, name: str, default: Any = None) -> Any:
        env: Env | None = self
        while env is not None:
            if name in env.names:
                return env.names[name]
            env = env.outer
        return default


Run = Callable[[Env], Any]
"""A compiled expression."""


class Function:
    """A FEEL function: its parameters, its body, the scope in which it was made. An argument that does not fit its
    declared type is null; of a decision service, which is `strict`, the whole result is, as it is for a wrong
    number of arguments."""

    __slots__ = ("body", "env", "names", "result", "strict", "types")

    def __init__(
        self,
        names: tuple[str, ...],
        types: tuple[Type | None, ...],
        body: Run,
        env: Env,
        result: Type | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.names, self.types, self.body, self.env, self.result = names, types, body, env, result
        self.strict = strict

    def __call__(self, *values: Any) -> Any:
        if len(values) != len(self.names):
            return None
        scope = {}
        for name, declared, value in zip(self.names, self.types, values, strict=True):
            scope[name], fits = convert(value, declared) if declared is not None else (value, True)
            if self.strict and not fits:
                return None
        return self._run(scope)

    def _run(self, scope: dict[str, Any]) -> Any:
        budget = self.env.budget
        budget.spend()
        budget.depth -= 1
        if budget.depth < 0:
            raise too_deep()
        try:
            value = self.body(self.env.inner(scope))
        finally:
            budget.depth += 1
        return convert(value, self.result)[0] if self.result is not None else value

    def by_name(self, values: Mapping[str, Any]) -> Any:
        """The call `f(a: 1, b: 2)`."""
        if set(values) != set(self.names):
            return None
        return self(*(values[name] for name in self.names))

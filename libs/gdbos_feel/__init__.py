"""FEEL 1.5 (Friendly Enough Expression Language, OMG DMN 1.5), in pure Python and usable alone.

`evaluate(expression, context)` gives a value; `compile(expression)` a callable for many contexts; `parse` the tree.
Numbers are decimals of 34 digits, never floats. An expression that cannot be read raises FeelError with its
position; one that meets a missing fact or a wrong type gives null (None), as the standard says. Budget: an
evaluation that takes too many steps or makes too much raises FeelBudgetError.
"""

from gdbos_feel.api import compile, evaluate, parse
from gdbos_feel.errors import FeelBudgetError, FeelError
from gdbos_feel.values import Range, YearsMonths

__all__ = ["FeelBudgetError", "FeelError", "Range", "YearsMonths", "compile", "evaluate", "parse"]

"""FEEL 1.5 (Friendly Enough Expression Language, OMG DMN 1.5), in pure Python and usable alone.

`evaluate(expression, context)` gives a value; `compile(expression)` a callable for many contexts; `parse` the tree;
`paths` what it reads; `gdbos_feel.dmn` decision models.
Numbers are decimals of 34 digits, never floats. An expression that cannot be read raises FeelError with its
position; one that meets a missing fact or a wrong type gives null (None), as the standard says. An evaluation
that takes too many steps, too long, goes too deep or makes too much raises FeelBudgetError.
"""

from gdbos_feel.api import compile, evaluate, parse, unary_tests
from gdbos_feel.errors import FeelBudgetError, FeelError
from gdbos_feel.moments import Date, DateTime, DaysTime, Time, YearsMonths
from gdbos_feel.reading import paths
from gdbos_feel.values import Range

__all__ = [
    "Date",
    "DateTime",
    "DaysTime",
    "FeelBudgetError",
    "FeelError",
    "Range",
    "Time",
    "YearsMonths",
    "compile",
    "evaluate",
    "parse",
    "paths",
    "unary_tests",
]

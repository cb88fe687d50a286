"""DMN 1.3 to 1.5: decision models over FEEL, usable alone.

`read(xml)` gives Definitions, `compile(definitions, imports)` a Model; `load(xml)` both at once.
`Model.evaluate(decision, inputs)` and `Model.decision_service(name, inputs)` give a Result: the value, what went
wrong, and the trace of rows that matched. `check(definitions)` finds gaps and overlaps of its tables. What is wrong in a model raises DmnError, with what it is.
"""

from gdbos_feel.dmn.check import Finding, check
from gdbos_feel.dmn.errors import DmnError
from gdbos_feel.dmn.model import Model, compile, load
from gdbos_feel.dmn.reader import Definitions, read
from gdbos_feel.dmn.session import Result

__all__ = ["Definitions", "DmnError", "Finding", "Model", "Result", "check", "compile", "load", "read"]

"""Validation of documents against JSON Schema 2020-12 and draft 7, and of the schemas themselves.

`Validator(schema).verdict(data)` answers yes or no at full speed; `.explain(data)` says to people what is
wrong, where, by which rule and what to do. Both give the same verdict, because one engine gives both.
"""

from gdbos_atom.validation.schema_faults import validate_schema
from gdbos_atom.validation.validator import Validator
from gdbos_atom.validation.violation import Violation

__all__ = ["Validator", "Violation", "validate_schema"]

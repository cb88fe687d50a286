"""One command, one function, one commit; every collaborator is an argument."""

from services.standards.handlers.browsing import code_list, element, elements, elements_of, where_used
from services.standards.handlers.composing import compatibility, compose, validate
from services.standards.handlers.mapping import propose
from services.standards.handlers.publishing import publish
from services.standards.handlers.stewardship import note_uses, set_status

__all__ = [
    "code_list",
    "compatibility",
    "compose",
    "element",
    "elements",
    "elements_of",
    "note_uses",
    "propose",
    "publish",
    "set_status",
    "validate",
    "where_used",
]

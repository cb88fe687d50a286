"""One command, one function, one commit; every collaborator is an argument."""

from services.standards.handlers.browsing import (
    code_list,
    code_lists,
    element,
    elements,
    elements_of,
    where_used,
)
from services.standards.handlers.composing import compatibility, compose, validate
from services.standards.handlers.governance import coverage, likeness, naming
from services.standards.handlers.mapping import propose
from services.standards.handlers.publishing import publish
from services.standards.handlers.stewardship import note_uses, set_status, submit
from services.standards.handlers.templating import (
    list_templates,
    publish_templates,
    template,
    template_schema,
)

__all__ = [
    "code_list",
    "code_lists",
    "compatibility",
    "compose",
    "coverage",
    "element",
    "elements",
    "elements_of",
    "likeness",
    "list_templates",
    "naming",
    "note_uses",
    "propose",
    "publish",
    "publish_templates",
    "set_status",
    "submit",
    "template",
    "template_schema",
    "validate",
    "where_used",
]

"""One command, one function, one commit; every collaborator is an argument."""

from services.standards.handlers.browsing import (
    code_list,
    code_lists,
    element,
    elements,
)
from services.standards.handlers.composing import compatibility, compose, validate
from services.standards.handlers.crosswalks import crosswalk, crosswalks, publish_crosswalks, translate
from services.standards.handlers.governance import coverage, naming
from services.standards.handlers.lists import code_list_text, code_list_versions, import_code_list
from services.standards.handlers.mapping import propose
from services.standards.handlers.publishing import publish
from services.standards.handlers.stewardship import set_status, submit
from services.standards.handlers.templating import (
    list_templates,
    publish_templates,
    template,
    template_schema,
)
from services.standards.handlers.twins import judge_twins, likeness
from services.standards.handlers.using import elements_of, note_uses, where_used

__all__ = [
    "code_list",
    "code_list_text",
    "code_list_versions",
    "code_lists",
    "compatibility",
    "compose",
    "coverage",
    "crosswalk",
    "crosswalks",
    "element",
    "elements",
    "elements_of",
    "import_code_list",
    "judge_twins",
    "likeness",
    "list_templates",
    "naming",
    "note_uses",
    "propose",
    "publish",
    "publish_crosswalks",
    "publish_templates",
    "set_status",
    "submit",
    "template",
    "template_schema",
    "translate",
    "validate",
    "where_used",
]

"""A page gives its template no value under a name that every template already has."""

from __future__ import annotations

import ast

from support.house import functions, python_files, relative, tree


def keywords(node: ast.AST, call: str) -> list[tuple[int, str]]:
    """(line, keyword) of every call of that name below the node."""
    return [
        (keyword.value.lineno, keyword.arg)
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and ast.unparse(each.func) == call
        for keyword in each.keywords
        if keyword.arg is not None
    ]


def test_no_page_takes_a_name_that_every_template_has() -> None:
    (view,) = (path for path in python_files("gateway/portal") if path.name == "view.py")
    (render,) = (function for function in functions(view) if function.name == "render")
    taken = {name for _, name in keywords(render, "render_template")}
    assert {"t", "named", "text"} <= taken
    clashes = [
        f"{relative(path)}:{line} {name}"
        for path in python_files("gateway/portal/pages")
        for line, name in keywords(tree(path), "view.render")
        if name in taken
    ]
    assert clashes == []

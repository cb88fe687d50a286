"""Law: the atom imports the standard library, its engine and the contracts, and nothing else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from support.house import ROOT, python_files, relative, tree

ALLOWED = {"gdbos_atom", "gdbos_contracts", "jsonschema", "jsonschema_rs"} | set(sys.stdlib_module_names)


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_the_atom_is_pure() -> None:
    foreign = {
        f"{relative(path)}: {name}"
        for path in python_files("libs/gdbos_atom")
        for name in imported(tree(path))
        if name not in ALLOWED
    }
    assert foreign == set()


def test_only_the_command_line_reads_files() -> None:
    readers = {
        path.name
        for path in python_files("libs/gdbos_atom")
        if {"pathlib", "os", "io", "socket", "urllib"} & set(imported(tree(path)))
    }
    assert readers == {"cli.py"}


def test_the_atom_is_typed_for_its_users() -> None:
    assert (ROOT / "libs/gdbos_atom/py.typed").exists()

"""Laws 5, 6 and 10: commits visible in handlers, permissions, consumers, no item-specific code."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

import pytest
from support.house import ROOT, SERVICES, decorators, functions, python_files, relative, tree

from gdbos_contracts.events import EVENTS


def handler_files(service: str) -> list[str]:
    folder = ROOT / "services" / service
    single = folder / "handlers.py"
    return [str(single)] if single.exists() else [str(p) for p in sorted((folder / "handlers").glob("*.py"))]


def entrypoints(service: str) -> list[ast.FunctionDef]:
    """Of service.py, and of entrypoints/ where there are many."""
    folder = ROOT / "services" / service
    files = [folder / "service.py", *sorted((folder / "entrypoints").glob("*.py"))]
    return [f for path in files for f in functions(path) if decorators(f) & {"rpc", "event_handler"}]


@pytest.mark.parametrize("service", SERVICES)
def test_entrypoints_are_load_handler_dump(service: str) -> None:
    long = [f.name for f in entrypoints(service) if len(f.body) > 8 or (f.end_lineno or 0) - f.lineno > 10]
    assert long == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_entrypoint_takes_the_name_of_another(service: str) -> None:
    """They are methods of one class in the end, where the later would silently stand for the earlier."""
    names = Counter(f.name for f in entrypoints(service))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("service", SERVICES)
def test_commits_stand_in_handlers_and_nowhere_else(service: str) -> None:
    folder = ROOT / "services" / service
    elsewhere = [
        f"{relative(path)}:{node.lineno}"
        for path in folder.rglob("*.py")
        if str(path) not in handler_files(service) and "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert elsewhere == []
    assert any(".commit()" in Path(name).read_text() for name in handler_files(service))


def test_every_event_subscriber_has_a_handler() -> None:
    handled = {
        (service, decorator.args[0].value)
        for service in SERVICES
        for f in entrypoints(service)
        for decorator in f.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.args[0], ast.Constant)
    }
    declared = {(service, type_) for type_, services in EVENTS.items() for service in services}
    assert handled == declared


def test_only_workflow_orchestrates() -> None:
    """Law 3: catalog, standards and datahub call nobody."""
    callers = {
        service
        for service in SERVICES
        for path in (ROOT / "services" / service).rglob("*.py")
        if re.search(r"\bRemote\(|RpcClient", path.read_text())
    }
    assert callers <= {"workflow"}


def test_every_route_declares_its_permission() -> None:
    missing = [
        f"{relative(path)}:{f.name}"
        for folder in ("routes", "portal")
        for path in python_files(f"gateway/{folder}")
        for f in functions(path)
        if decorators(f) & {"route", "get", "post", "put", "delete", "page"} and "permit" not in decorators(f)
    ]
    assert missing == []


def test_no_code_knows_an_item_or_an_agency() -> None:
    """Law 10: a new approval item is a pack of data. Packs' codes may stand in packs and tests only."""
    codes = re.compile(r"[\"'](?:11440307MB|000131003|0001090|442014012|440307|511602)")
    found = [
        f"{relative(path)}:{n}"
        for path in python_files("services", "gateway", "libs")
        for n, line in enumerate(path.read_text().splitlines(), 1)
        if codes.search(line)
    ]
    assert found == []


def test_sql_is_never_put_together_from_text() -> None:
    pattern = re.compile(r"(?:text|execute|exec_driver_sql)\(\s*f[\"']")
    found = [
        relative(p) for p in python_files("services", "gateway", "libs") if pattern.search(p.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_have_one_head(service: str) -> None:
    folder = ROOT / "services" / service / "migrations"
    revisions, parents = set(), set()
    for path in (folder / "versions").glob("*.py"):
        module = tree(path)
        values = {
            node.targets[0].id: node.value.value
            for node in module.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        revisions.add(values["revision"])
        parents.add(values["down_revision"])
    assert revisions - parents == {(folder / "HEAD").read_text().strip()}


def test_error_codes_are_unique_and_every_class_has_a_status() -> None:
    errors = importlib.import_module("gdbos_contracts.errors")
    statuses = importlib.import_module("gateway.http").STATUS
    own = {each for each in errors._tree(errors.GdbosError) if each.__module__ == errors.__name__}
    assert len(errors.BY_CODE) == len(own)
    assert set(statuses) == set(errors.BY_CODE.values())

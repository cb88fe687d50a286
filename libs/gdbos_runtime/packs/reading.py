"""A pack on disk: a folder of YAML, BPMN, templates and legacy data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from gdbos_runtime.packs import studies

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """What the folder holds. `digest` changes with any byte of any file."""

    id: str
    version: str
    folder: Path
    digest: str
    name: Json = field(default_factory=dict)
    code_lists: tuple[Json, ...] = ()
    crosswalks: tuple[Json, ...] = ()
    elements: tuple[Json, ...] = ()
    element_templates: tuple[Json, ...] = ()
    processes: tuple[Json, ...] = ()
    decisions: tuple[Json, ...] = ()
    templates: tuple[Json, ...] = ()
    sources: tuple[Json, ...] = ()
    licences: tuple[Json, ...] = ()
    items: tuple[Json, ...] = ()
    bundles: tuple[Json, ...] = ()
    accounts: tuple[Json, ...] = ()
    scenarios: tuple[Json, ...] = ()
    legacy: tuple[Path, ...] = ()
    studies: tuple[Json, ...] = ()


def read(path: Path) -> Pack:
    """ValueError with file and line for what cannot be read; OSError when there is no such folder."""
    head = _yaml(path / "pack.yaml")
    if not isinstance(head, dict) or not head.get("id"):
        raise ValueError(f"{path / 'pack.yaml'}: id is missing")
    items = _entries(path, "items")
    return Pack(
        id=str(head["id"]),
        version=str(head.get("version", "1")),
        folder=path,
        digest=digest(path),
        name=head.get("name", {}),
        code_lists=_entries(path, "code_lists"),
        crosswalks=_entries(path, "crosswalks"),
        elements=_entries(path, "elements"),
        element_templates=_entries(path, "element_templates"),
        processes=tuple(
            {"id": file.stem, "bpmn": file.read_text(encoding="utf-8")}
            for file in sorted((path / "processes").glob("*.bpmn"))
        ),
        decisions=tuple(
            {"id": file.stem, "dmn": file.read_text(encoding="utf-8")}
            for file in sorted((path / "decisions").glob("*.dmn"))
        ),
        templates=tuple(_templates(path)),
        sources=_entries(path, "sources"),
        licences=_entries(path, "licences"),
        items=items,
        bundles=_entries(path, "bundles"),
        accounts=_entries(path, "accounts"),
        scenarios=_entries(path, "scenarios"),
        legacy=tuple(sorted((path / "legacy").glob("*.*"))),
        studies=tuple(
            studies.whole(each, path / "simulations", items) for each in _entries(path, "simulations")
        ),
    )


def digest(path: Path) -> str:
    """SHA-256 over the names and bytes of every file."""
    running = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        running.update(str(file.relative_to(path)).encode() + b"\0" + file.read_bytes())
    return running.hexdigest()


def _entries(path: Path, name: str) -> tuple[Json, ...]:
    """The lists in `<name>.yaml` and in every file of the folder `<name>`, one after another."""
    files = [path / f"{name}.yaml", *sorted((path / name).glob("*.yaml"))]
    found: list[Json] = []
    for file in files:
        if file.exists():
            content = _yaml(file)
            if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
                raise ValueError(f"{file}: a list of objects was expected")
            found += content
    return tuple(found)


def _templates(path: Path) -> Iterator[Json]:
    """`templates/<id>.html` with its title in `templates/titles.yaml` and, in `<id>.typ`, a layout of its own."""
    titles = path / "templates" / "titles.yaml"
    named = _yaml(titles) if titles.exists() else {}
    for file in sorted((path / "templates").glob("*.html")):
        layout = file.with_suffix(".typ")
        yield {
            "id": file.stem,
            "title": named.get(file.stem, {"zh-Hans": file.stem}),
            "html": file.read_text(encoding="utf-8"),
            "layout": layout.read_text(encoding="utf-8") if layout.exists() else "",
        }


def _yaml(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ValueError(f"{file}:{line}: {error.problem}") from error


class _Loader(yaml.SafeLoader):
    """Dates stay text: they are data elements, not Python objects."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

"""Law: the same files in every service; nothing else at the top level."""

from __future__ import annotations

import subprocess

import pytest
from support.house import ROOT, SERVICES, functions, python_files, relative

SAME = ("README.md", "service.py", "adapters/repository.py", "migrations/HEAD")
BY_NOUN = ("handlers", "ports", "schemas", "adapters/orm")
"""One file, or a package of the same name where a service has many nouns."""
HEADINGS = ("Owns", "Calls", "Events in and out", "Tables", "Decisions")
TOP = {
    "services",
    "gateway",
    "libs",
    "deploy",
    "tests",
    "requirements",
    "Makefile",
    "README.md",
    "pyproject.toml",
}
TOOLS = {"LICENSE", "CHANGELOG.md", ".ci", ".gitignore", ".importlinter"}
CODE = ("services", "gateway", "libs")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.split("\n")


@pytest.mark.parametrize("service", SERVICES)
def test_having_read_one_service_you_have_read_four(service: str) -> None:
    folder = ROOT / "services" / service
    missing = [name for name in SAME if not (folder / name).exists()]
    missing += [
        name
        for name in BY_NOUN
        if (folder / f"{name}.py").exists() == (folder / name / "__init__.py").exists()
    ]
    assert missing == []


@pytest.mark.parametrize("service", SERVICES)
def test_service_readme_has_the_same_headings(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text()
    assert [h for h in HEADINGS if f"## {h}" not in text] == []


def test_top_level_is_fixed() -> None:
    top = {path.split("/")[0] for path in tracked() if path}
    assert top - TOP - TOOLS == set()


def test_no_file_is_over_the_wall() -> None:
    long = [relative(p) for p in python_files(*CODE, "tests") if len(p.read_text().splitlines()) > 400]
    assert long == []


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{relative(path)}:{f.name}"
        for path in python_files(*CODE)
        if "migrations" not in path.parts
        for f in functions(path)
        if (f.end_lineno or 0) - f.lineno + 1 > 45
    ]
    assert long == []


def test_no_drawer_for_odds_and_ends() -> None:
    odd = [
        relative(p) for p in python_files(*CODE, "tests") if p.stem in ("utils", "helpers", "misc", "common")
    ]
    assert odd == []


def test_no_registry_address_and_no_machine_path_in_any_file() -> None:
    forbidden = [
        "py" + "pi.org",
        "python" + "hosted",
        "registry.np" + "mjs",
        "deb.deb" + "ian.org",
        "/wor" + "k/",
    ]
    found = []
    for name in tracked():
        path = ROOT / name
        if name and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            found += [f"{name}: {word}" for word in forbidden if word in text]
    assert found == []

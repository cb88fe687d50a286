"""The DMN Technology Compatibility Kit, as far as its folders are at hand. Run with -s for the table.

Results are counted twice: all, and those that expect a value, since always answering null passes many of the rest.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.dmn_tck import Outcome, outcomes
from support.house import SHARED

CASES = SHARED / "dmn-tck" / "TestCases"


def measured(level: str) -> list[Outcome]:
    folder = CASES / level
    if not folder.is_dir():
        pytest.skip(f"the DMN TCK is not at hand: no folder {Path(*folder.parts[-3:])}")
    found = [o for each in sorted(folder.iterdir()) if each.is_dir() for o in outcomes(each)]
    _print(level, found)
    return found


def _print(level: str, found: list[Outcome]) -> None:
    valued = [each for each in found if each.expects_value]
    for name, group in (("all", found), ("expecting a value", valued)):
        passed = sum(each.passed for each in group)
        print(f"\n{level:20} {name:18} {passed:5} of {len(group):5} = {passed / len(group):.2%}", end="")
    print(f"\n{level:20} {'test cases':18} {len(_cases(found, True)):5} of {len(_cases(found)):5}", end="")
    failed = [each for each in found if not each.passed]
    for folder, count in sorted(Counter(each.folder for each in failed).items()):
        print(f"\n  {count:3} {folder}", end="")
        for each in failed:
            if each.folder == folder:
                print(f"\n        {each.case}: {each.cause}", end="")
    print()


def _cases(found: list[Outcome], passed: bool = False) -> set[tuple[str, str]]:
    """Test cases, each with one or more results; passed: those whose results all pass."""
    failed = {(each.folder, each.test) for each in found if not each.passed}
    return {(each.folder, each.test) for each in found} - (failed if passed else set())


def test_level_2_passes_whole() -> None:
    found = measured("compliance-level-2")
    assert [each.case for each in found if not each.passed] == []
    assert len(_cases(found, True)) == 116


def test_level_3_passes_where_a_value_is_expected() -> None:
    found = measured("compliance-level-3")
    valued = [each.passed for each in found if each.expects_value]
    assert sum(valued) / len(valued) >= 0.99
    assert sum(each.passed for each in found) / len(found) >= 0.99

"""轄區: what a supervisor of a division looks after."""

from __future__ import annotations

import pytest

from gdbos_contracts.principal import Principal
from services.workflow.domain import jurisdiction


@pytest.mark.parametrize(
    ("region", "area"),
    [
        ("440305", "440305"),
        ("440300", "4403"),
        ("440000", "44"),
        ("000000", ""),
        ("", ""),
        ("440310", "440310"),
        ("440310000", "440310"),
        ("440300000000", "4403"),
        ("440305001", "440305001"),
        ("440305001000", "440305001"),
        ("440305100", "440305100"),
    ],
)
def test_a_division_is_the_digits_it_shares_with_what_lies_in_it(region: str, area: str) -> None:
    assert jurisdiction.area(region) == area


@pytest.mark.parametrize("kind", ["admin", "system", "clerk"])
def test_only_a_supervisor_has_an_area(kind: str) -> None:
    assert jurisdiction.supervised(Principal("x", kind, "", region="440305")) == ""
    assert jurisdiction.supervised(Principal("x", "supervisor", "", region="440305")) == "440305"
    assert jurisdiction.supervised(Principal("x", "supervisor", "")) == ""

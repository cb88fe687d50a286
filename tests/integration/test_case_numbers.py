"""Case numbers on the database of the pair: unique however many are given at once, whatever the scheme."""

from __future__ import annotations

from typing import Any

import eventlet
import pytest
from stdnum.iso7064 import mod_37_36
from support.engine_host import EngineHost

from gdbos_runtime.settings import Settings
from services.workflow.handlers.submitting import number_of

FACTS = [
    {"item": f"11440307MB0000027Q400013100300{n}", "agency": "11440307MB0000027Q", "region": "440307"}
    for n in range(2)
]
BY_AGENCY: dict[str, Any] = {
    "parts": ["agency", {"text": "-"}, "year", "serial", "check"],
    "serial": {"width": 6, "reset": "year"},
    "check": "mod_37_36",
}
AT_ONCE, EACH = 16, 6


@pytest.fixture(scope="module")
def host(settings: Settings) -> EngineHost:
    return EngineHost(settings)


@pytest.mark.parametrize("scheme", [None, BY_AGENCY], ids=["national", "agency"])
def test_numbers_given_at_once_to_two_items_are_all_different(
    scheme: dict[str, Any] | None, host: EngineHost
) -> None:
    def file(worker: int) -> list[str]:
        given = []
        for _ in range(EACH):
            with host.room() as room:
                given.append(number_of(FACTS[worker % 2], scheme, room))
                room.work.commit()
        return given

    given = [
        number for numbers in eventlet.GreenPool(AT_ONCE).imap(file, range(AT_ONCE)) for number in numbers
    ]
    assert len(set(given)) == AT_ONCE * EACH
    if scheme:
        assert all(mod_37_36.is_valid(number.replace("-", "")) for number in given)
        assert {int(number[-7:-1]) for number in given} == set(range(1, AT_ONCE * EACH + 1))


def test_what_was_not_committed_gives_its_number_back(host: EngineHost) -> None:
    """A refused submission leaves nothing, and its number is nobody's."""
    with host.room() as room:
        lost = number_of(FACTS[0], BY_AGENCY, room)
    with host.room() as room:
        assert number_of(FACTS[0], BY_AGENCY, room) == lost

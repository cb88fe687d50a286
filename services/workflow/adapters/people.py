"""Pseudonyms of applicants and clerks by the secret of the installation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gdbos_contracts.principal import Principal
from gdbos_runtime.pseudonym import pseudonym
from gdbos_runtime.settings import Settings

IDENTIFYING = ("person.citizen_id", "firm.uscc")
"""Data elements that identify who an application is for."""


class Pseudonyms:
    def of(self, subject: Mapping[str, str]) -> str | None:
        numbers = (subject.get(element) for element in IDENTIFYING)
        number = next((number for number in numbers if number), None)
        return pseudonym(number, _key(Settings.current())) if number else None

    def behind(self, principal: Principal) -> str | None:
        return principal.person or self.of(
            {k: v for k, v in principal.subject.items() if k == "person.citizen_id"}
        )


@lru_cache(maxsize=4)
def _key(settings: Settings) -> bytes:
    return settings.signing_key()

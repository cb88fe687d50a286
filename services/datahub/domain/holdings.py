"""Once-only look-up: who can supply element E for subject S, and which answer wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdbos_contracts.text import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """One value on offer. `rank` orders authorities (lower first); `as_of` is RFC 3339 or a date."""

    element: str
    value: Any
    source: str
    source_name: Text | str
    as_of: str
    ground: Text | str
    rank: int = 100
    needs_consent: bool = False

    def to_data(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "source": self.source,
            "source_name": self.source_name,
            "as_of": self.as_of,
            "ground": self.ground,
        }


@dataclass(frozen=True, slots=True)
class Prefill:
    """`values` may be used now, `consent_needed` after consent, `missing` stays a question.
    `unreachable` names sources that did not answer: their elements fall back to being asked."""

    values: Mapping[str, Offer]
    consent_needed: tuple[str, ...]
    missing: tuple[str, ...]
    unreachable: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        return {
            "values": {element: offer.to_data() for element, offer in self.values.items()},
            "consent_needed": list(self.consent_needed),
            "missing": list(self.missing),
            "unreachable": list(self.unreachable),
        }


@dataclass(slots=True)
class _Best:
    offers: dict[str, Offer] = field(default_factory=dict)

    def add(self, offer: Offer) -> None:
        held = self.offers.get(offer.element)
        if held is None or _precedence(offer) > _precedence(held):
            self.offers[offer.element] = offer


def _precedence(offer: Offer) -> tuple[bool, int, str]:
    """Free before consented, the higher authority before the lower, then the fresher value."""
    return (not offer.needs_consent, -offer.rank, offer.as_of)


def choose(
    elements: Sequence[str],
    offers: Iterable[Offer],
    consented: frozenset[str] = frozenset(),
    unreachable: Sequence[str] = (),
) -> Prefill:
    """Pick one offer per element. Empty values are no offer; nothing outside `elements` comes out."""
    best = _Best()
    wanted = set(elements)
    for offer in offers:
        if offer.element in wanted and offer.value not in (None, ""):
            best.add(offer)
    values: dict[str, Offer] = {}
    consent: list[str] = []
    missing: list[str] = []
    for element in elements:
        held = best.offers.get(element)
        if held is None:
            missing.append(element)
        elif held.needs_consent and element not in consented:
            consent.append(element)
        else:
            values[element] = held
    return Prefill(values, tuple(consent), tuple(missing), tuple(unreachable))


def mismatches(claimed: Mapping[str, Any], held: Mapping[str, Offer]) -> tuple[str, ...]:
    """Elements whose claimed value differs from what the authentic source holds."""
    return tuple(sorted(e for e, v in claimed.items() if e in held and held[e].value != v))

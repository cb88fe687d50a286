"""Migration rules: how a value of one version of an element or code list becomes one of another, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import gdbos_feel
from gdbos_contracts.errors import BadInput, Fault

MOST_STEPS = 20_000
"""What one value may take; a rule that is tried on many comes to an end."""


@dataclass(frozen=True, slots=True)
class MigrationRule:
    """`up` and `down` are FEEL over `value`; an empty `down` means that nothing leads back."""

    id: str
    old: int
    new: int
    up: str
    down: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any], place: str) -> MigrationRule:
        """BadInput at the expression that is not FEEL."""
        rule = cls(data["id"], data["old"], data["new"], data["up"], data["down"])
        for name in ("up", "down"):
            try:
                gdbos_feel.compile(getattr(rule, name) or "null")
            except gdbos_feel.FeelError as error:
                message = {
                    "zh-Hans": f"不是 FEEL：{error}",
                    "zh-Hant": f"不是 FEEL：{error}",
                    "en": str(error),
                }
                raise BadInput(faults=[Fault(f"{place}/{name}", "feel", message)]) from error
        return rule

    def to_data(self) -> dict[str, Any]:
        return {"id": self.id, "from": self.old, "to": self.new, "up": self.up, "down": self.down}

    def upgrade(self, value: Any) -> Any:
        """FeelBudgetError past MOST_STEPS."""
        return _plain(gdbos_feel.evaluate(self.up, {"value": value}, steps=MOST_STEPS))

    def downgrade(self, value: Any) -> Any:
        """None where nothing leads back."""
        return _plain(gdbos_feel.evaluate(self.down, {"value": value})) if self.down else None


def _plain(value: Any) -> Any:
    """FEEL's numbers are decimals, JSON's are not; days and times are texts in JSON."""
    if isinstance(value, Mapping):
        return {key: _plain(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_plain(own) for own in value]
    if isinstance(value, (str, bool)) or value is None:
        return value
    if not isinstance(value, (int, float, Decimal)):
        return str(value)
    whole = int(value)
    return whole if whole == value else float(value)

"""The press of this process: fonts and key are read once."""

from __future__ import annotations

from functools import lru_cache

from gdbos_runtime.settings import Settings
from services.workflow.adapters.signing import signer_of
from services.workflow.adapters.typesetting import TypstTypesetter
from services.workflow.ports import Press


def press() -> Press:
    return _press(Settings.current())


@lru_cache(maxsize=4)
def _press(settings: Settings) -> Press:
    return Press(TypstTypesetter(), signer_of(settings), settings.address)

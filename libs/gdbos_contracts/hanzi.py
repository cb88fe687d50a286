"""Chinese text as search compares it: traditional and simplified writing alike, width and case aside."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import cast

from opencc import OpenCC


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """NFKC (full-width digits become ASCII), simplified characters, lower case, single blanks."""
    text = cast(str, _simplifier().convert(unicodedata.normalize("NFKC", text)))
    return " ".join(text.lower().split())

"""统一社会信用代码 (GB 32100) and the organisation code inside it (GB 11714): the checks that codes need."""

from __future__ import annotations

_A31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_A36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def uscc_check(body: str) -> str:
    """Check character of the first 17 characters, mod 31; ValueError on I, O, S, V, Z or lower case."""
    return _A31[-sum(_A31.index(char) * pow(3, place, 31) for place, char in enumerate(body)) % 31]


def organisation_check(body: str) -> str:
    """Check character of the 8 characters of an organisation code, mod 11."""
    rest = (
        11
        - sum(_A36.index(char) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
        % 11
    )
    return {10: "X", 11: "0"}.get(rest, str(rest))


def uscc_fault(code: str) -> str | None:
    """Why it is not a unified social credit code: `length`, `characters`, `check`, `inner_check`; None if it
    is one."""
    if len(code) != 18:
        return "length"
    if any(char not in _A31 for char in code):
        return "characters"
    if uscc_check(code[:17]) != code[17]:
        return "check"
    return None if organisation_check(code[8:16]) == code[16] else "inner_check"

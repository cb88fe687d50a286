"""Every boundary event × what it sits on × the gateway behind it, with the expected way computed."""

from __future__ import annotations

from typing import Any

_KINDS = {
    "timer": ("timer=P1D", "timer b"),
    "message": ("message=M", "message M"),
    "signal": ("signal=S", "signal S"),
    "condition": ('when="x = 1"', "set x=1"),
    "escalation": ("escalation=X", "escalate u X"),
    "error": ("error=E", "error u E"),
}
# activity → (lines, elements entered, elements cancelled from the inside out)
_HOSTS = {
    "task": ("service u", "u", "-u"),
    "subprocess": ("sub h {\nstart i\nservice u\nend o\ni > u > o\n}", "h i u", "-u -h"),
    "nested": ("sub h {\nsub k {\nservice u\n}\n}", "h k u", "-u -k -h"),
    "call": ("call h calls=q", "h u", "-u -h"),
    "loop": ("service u times=2", "u u", "-u -u -u"),
}
_BEHIND = {
    "end": ("b > f", "b f"),
    "exclusive": ("xor g\ntask a\ntask c\nb > g\ng > a if 1 = 2\ng > c default\na > f\nc > f", "b g c f"),
    "parallel": (
        "and g\ntask a\ntask c\nand j\nb > g\ng > a > j > f\ng > c > j",
        "b g a j c j f",
    ),
    "inclusive": (
        "or g\ntask a\ntask c\nor j\nb > g\ng > a if 1 = 1\ng > c if 2 = 2\na > j > f\nc > j",
        "b g a j c j f",
    ),
}


def pairs() -> list[dict[str, Any]]:
    return [
        _case(kind, host, behind, keep)
        for kind in _KINDS
        for host in _HOSTS
        for behind in _BEHIND
        for keep in ((False,) if kind == "error" else (False, True))
    ]


def _case(kind: str, host: str, behind: str, keep: bool) -> dict[str, Any]:
    mark, command = _KINDS[kind]
    lines, entered, cancelled = _HOSTS[host]
    flows, way = _BEHIND[behind]
    name = entered.split()[0]
    model = [
        "start s",
        lines,
        f"boundary b on={name} {mark}{' keep' if keep else ''}",
        "end e\nend f",
        f"s > {name} > e",
        flows,
    ]
    if host == "call":
        model += ["process q {", "service u", "}"]
    done = []
    after = ""
    if keep:
        ends = {"subprocess": "o e", "loop": "e"}.get(host, "e")
        done = ["do u"] * entered.split().count("u")
        after = f" {ends}"
    return {
        "name": f"{kind} on {host}, {behind} behind{', beside' if keep else ''}",
        "model": "\n".join(model),
        "do": [command, *done],
        "trace": f"s {entered}{'' if keep else ' ' + cancelled} {way}{after}",
    }

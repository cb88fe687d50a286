"""Events × scopes × gateways, with the expected way computed: boundary events on every kind of activity, event
subprocesses of every kind of scope, and races at an event-based gateway in each."""

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
# gateway → (flows from {b} to the end f, elements entered, commands that this needs)
_BEHIND = {
    "end": ("{b} > f", "{b} f", []),
    "exclusive": (
        "xor g\ntask a\ntask c\n{b} > g\ng > a if 1 = 2\ng > c default\na > f\nc > f",
        "{b} g c f",
        [],
    ),
    "parallel": (
        "and g\ntask a\ntask c\nand j\n{b} > g\ng > a > j > f\ng > c > j",
        "{b} g a j c j f",
        [],
    ),
    "inclusive": (
        "or g\ntask a\ntask c\nor j\n{b} > g\ng > a if 1 = 1\ng > c if 2 = 2\na > j > f\nc > j",
        "{b} g a j c j f",
        [],
    ),
    "events": (
        "events g\ncatch a message=N\ncatch c timer=P9D\n{b} > g\ng > a > f\ng > c > f",
        "{b} g a f",
        ["message N"],
    ),
}
# scope of an event subprocess → (lines of the scope around {handler}, entered, cancelled, after it, after `u`)
_SCOPES = {
    "process": ("service u\nend e\ns > u > e\n{handler}", "u", "-u", "", "e"),
    "subprocess": (
        "sub k {\nstart i\nservice u\nend o\ni > u > o\n{handler}\n}\nend e\ns > k > e",
        "k i u",
        "-u",
        "e",
        "o e",
    ),
    "nested": (
        "sub k {\nsub l {\nservice u\n}\n{handler}\n}\nend e\ns > k > e",
        "k l u",
        "-u -l",
        "e",
        "e",
    ),
    "loop": ("sub k {\nservice u times=2\n{handler}\n}\nend e\ns > k > e", "k u u", "-u -u -u", "e", "e"),
    "call": ("call k calls=q\nend e\ns > k > e\nprocess q {\nservice u\n{handler}\n}", "k u", "-u", "e", "e"),
}
# event at an event-based gateway → (element, command that fires it)
_RACERS = {
    "timer": ("catch {n} timer=P1D", "timer {n}"),
    "message": ("catch {n} message={n}", "message {n}"),
    "receive": ("receive {n} message={n}", "message {n}"),
    "signal": ("catch {n} signal={n}", "signal {n}"),
    "condition": ('catch {n} when="{n} = 1"', "set {n}=1"),
}


def pairs() -> list[dict[str, Any]]:
    return [
        _boundary(kind, host, behind, keep)
        for kind in _KINDS
        for host in _HOSTS
        for behind in _BEHIND
        for keep in _keeps(kind)
    ]


def handlers() -> list[dict[str, Any]]:
    """Event subprocesses. The condition of a called process is its own: `set` does not reach its variables."""
    return [
        _handler(kind, scope, behind, keep)
        for kind in _KINDS
        for scope in _SCOPES
        if (kind, scope) != ("condition", "call")
        for behind in _BEHIND
        for keep in _keeps(kind)
    ]


def races() -> list[dict[str, Any]]:
    """Every two events at an event-based gateway, each winning, in every scope."""
    return [
        _race(first, second, scope)
        for first in _RACERS
        for second in _RACERS
        for scope in ("process", "subprocess", "call")
        if not (scope == "call" and "condition" in (first, second))
    ]


def _keeps(kind: str) -> tuple[bool, ...]:
    """An error always interrupts."""
    return (False,) if kind == "error" else (False, True)


def _boundary(kind: str, host: str, behind: str, keep: bool) -> dict[str, Any]:
    mark, command = _KINDS[kind]
    lines, entered, cancelled = _HOSTS[host]
    flows, way, needed = _BEHIND[behind]
    name = entered.split()[0]
    model = [
        "start s",
        lines,
        f"boundary b on={name} {mark}{' keep' if keep else ''}",
        "end e\nend f",
        f"s > {name} > e",
        flows.format(b="b"),
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
        "do": [command, *needed, *done],
        "trace": f"s {entered}{'' if keep else ' ' + cancelled} {way.format(b='b')}{after}",
    }


def _handler(kind: str, scope: str, behind: str, keep: bool) -> dict[str, Any]:
    mark, command = _KINDS[kind]
    lines, entered, cancelled, after, alone = _SCOPES[scope]
    flows, way, needed = _BEHIND[behind]
    body = f"handler h {{\nstart b {mark}{' keep' if keep else ''}\nend f\n{flows.format(b='b')}\n}}"
    done = ["do u"] * entered.split().count("u") if keep else []
    seen = ["s", entered, "" if keep else cancelled, "h", way.format(b="b"), alone if keep else after]
    return {
        "name": f"event subprocess: {kind} in {scope}, {behind} behind{', beside' if keep else ''}",
        "model": "start s\n" + lines.replace("{handler}", body),
        "do": [command, *needed, *done],
        "trace": " ".join(part for part in seen if part),
    }


def _race(first: str, second: str, scope: str) -> dict[str, Any]:
    """The first fires; the second, told too late, finds nobody."""
    (one, fires), (other, late) = _RACERS[first], _RACERS[second]
    inner = f"start i\nevents g\n{one.format(n='a')}\n{other.format(n='c')}\nend o\ni > g > a > o\ng > c > o"
    around = {
        "process": (inner, "i g a o"),
        "subprocess": (f"start s\nsub k {{\n{inner}\n}}\nend e\ns > k > e", "s k i g a o e"),
        "call": (f"start s\ncall k calls=q\nend e\ns > k > e\nprocess q {{\n{inner}\n}}", "s k i g a o e"),
    }
    model, trace = around[scope]
    after = [late.format(n="c")] if second != "timer" else []
    return {
        "name": f"event gateway: {first} before {second} in {scope}",
        "model": model,
        "do": [fires.format(n="a"), *after],
        "trace": trace,
    }

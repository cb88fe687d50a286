"""Joins, event-based gateways and event subprocesses against a token game that knows no tables: it walks every path
from every token at every step.

BPMN 2.0 §13.4.3: the join fires when each token elsewhere that has a path to an empty incoming flow has also one to
a flow where a token waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from engine_play import Play
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workflow.domain.engine import Incident, Trace

Flow = tuple[int, int, bool]
KINDS = ("task", "xor", "or", "and", "events")
WORDS = {"task": "user"}
HANDLER = "handler h {{\nstart hs message=H{keep}\nuser hv\nend he\nhs > hv > he\n}}"


@dataclass
class Net:
    """Nodes 0…n by kind, each flow (from, to, condition) from a lower to a higher number: no circles. `handler`: of
    an event subprocess of the whole, "", "interrupts" or "beside"."""

    kinds: list[str]
    flows: list[Flow]
    handler: str = ""
    into: dict[int, list[int]] = field(default_factory=dict)
    out: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, (source, target, _) in enumerate(self.flows):
            self.out.setdefault(source, []).append(number)
            self.into.setdefault(target, []).append(number)
        for node, kind in enumerate(self.kinds):
            if kind == "events" and len(self.out.get(node, [])) < 2:
                self.kinds[node] = "task"

    def text(self) -> str:
        lines = ["start s", "end e", "s > n0"]
        lines += [f"{WORDS.get(kind, kind)} n{number}" for number, kind in enumerate(self.kinds)]
        for number in range(len(self.kinds)):
            flows = self.out.get(number, [])
            if self.kinds[number] == "events":
                for flow in flows:
                    lines.append(f"catch c{flow} message=M{flow}")
                    lines.append(f"n{number} > c{flow} > n{self.flows[flow][1]}")
                continue
            split = self.kinds[number] in ("xor", "or") and len(flows) > 1
            for flow in flows:
                mark = ""
                if split:
                    mark = " default" if flow == flows[-1] else f" if 1 = {1 if self.flows[flow][2] else 2}"
                lines.append(f"n{number} > n{self.flows[flow][1]}{mark}")
            if not flows:
                lines.append(f"n{number} > e")
        if self.handler:
            lines.append(HANDLER.format(keep=" keep" if self.handler == "beside" else ""))
        return "\n".join(lines)

    def taken(self, node: int) -> list[int]:
        flows = self.out.get(node, [])
        if self.kinds[node] not in ("xor", "or") or len(flows) < 2:
            return flows
        true = [flow for flow in flows[:-1] if self.flows[flow][2]] or flows[-1:]
        return true[:1] if self.kinds[node] == "xor" else true


@st.composite
def nets(draw: Any) -> Net:
    size = draw(st.integers(3, 9))
    kinds = [draw(st.sampled_from(KINDS)) for _ in range(size)]
    pairs = set()
    for node in range(1, size):
        for source in draw(st.lists(st.integers(0, node - 1), min_size=1, max_size=3, unique=True)):
            pairs.add((source, node))
    flows = [(source, target, draw(st.booleans())) for source, target in sorted(pairs)]
    return Net(kinds, flows, draw(st.sampled_from(["", "interrupts", "beside"])))


class Game:
    """The token game: `standing` tasks and event gateways in order, `waiting` flows at each join, `beside` how many
    event subprocesses run."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.armed = bool(net.handler)
        self.beside = 0
        self.standing: list[int] = []
        self.waiting: dict[int, Counter[int]] = {}
        self.entered: Counter[str] = Counter()
        self.enter(0, None)
        self.settle()

    def enter(self, node: int, flow: int | None) -> None:
        self.entered[f"n{node}"] += 1
        kind, into = self.net.kinds[node], self.net.into.get(node, [])
        if kind in ("task", "events"):
            self.standing.append(node)
        elif kind in ("and", "or") and len(into) > 1 and flow is not None:
            self.waiting.setdefault(node, Counter())[flow] += 1
            if kind == "and" and len(self.waiting[node]) == len(into):
                self.fire(node)
        else:
            self.leave(node)

    def leave(self, node: int) -> None:
        for flow in self.net.taken(node):
            self.enter(self.net.flows[flow][1], flow)

    def fire(self, node: int) -> None:
        self.waiting[node] -= Counter(dict.fromkeys(self.waiting[node], 1))
        if not self.waiting[node]:
            del self.waiting[node]
        self.leave(node)

    def settle(self) -> None:
        while ready := [
            node for node in self.waiting if self.net.kinds[node] == "or" and not self.held(node)
        ]:
            self.fire(ready[0])

    def held(self, join: int) -> bool:
        filled = set(self.waiting[join])
        for place in {*self.standing, *self.waiting} - {join}:
            ends = set(self.arrivals(place, join))
            if ends - filled and not ends & filled:
                return True
        return False

    def arrivals(self, place: int, join: int) -> Iterator[int]:
        """The flows into the join at the end of every path from `place`."""
        for flow in self.net.out.get(place, []):
            target = self.net.flows[flow][1]
            if target == join:
                yield flow
            else:
                yield from self.arrivals(target, join)

    def complete(self, node: int, choice: int) -> str:
        """The command that does the same to the engine."""
        self.standing.remove(node)
        if self.net.kinds[node] == "events":
            flows = self.net.out[node]
            flow = flows[choice % len(flows)]
            self.enter(self.net.flows[flow][1], flow)
            self.settle()
            return f"message M{flow}"
        self.leave(node)
        self.settle()
        return f"do n{node}"

    def trigger(self) -> str:
        """The event subprocess: what it interrupts is gone, with what waited in the joins."""
        self.entered["hv"] += 1
        self.beside += 1
        if self.net.handler == "interrupts":
            self.armed = False
            self.standing.clear()
            self.waiting.clear()
        return "message H"

    def handled(self) -> str:
        self.beside -= 1
        return "do hv"

    def step(self, choice: int) -> str | None:
        """One move, chosen among all that there are; None at the end."""
        moves: list[Callable[[], str]] = [partial(self.complete, node, choice // 7) for node in self.standing]
        moves += [self.handled] * bool(self.beside)
        if self.armed and (moves or self.waiting):
            moves.append(self.trigger)
        return moves[choice % len(moves)]() if moves else None

    @property
    def dead(self) -> bool:
        """Tokens wait in joins for good. An event subprocess that may still begin keeps the whole alive."""
        return not self.standing and not self.beside and not self.armed and bool(self.waiting)

    @property
    def over(self) -> bool:
        return not self.standing and not self.beside and not self.waiting


@settings(max_examples=300)
@given(nets(), st.lists(st.integers(0, 1000), min_size=40, max_size=40))
def test_the_engine_goes_where_the_token_game_goes(net: Net, choices: list[int]) -> None:
    play = Play.__new__(Play)
    game = Game(net)
    dead = False
    try:
        play.__init__(net.text(), strict=False)  # type: ignore[misc]
        for choice in choices:
            command = game.step(choice)
            if command is None:
                break
            play.tell(command)
    except Incident as error:
        assert error.reason == "deadlock"
        dead = True
    assert dead == game.dead
    if not dead:
        entered = Counter(e.element for e in play.effects if isinstance(e, Trace) and e.event == "enter")
        assert {k: v for k, v in entered.items() if k.startswith("n") or k == "hv"} == game.entered
        assert (play.doc["state"] == "completed") == game.over

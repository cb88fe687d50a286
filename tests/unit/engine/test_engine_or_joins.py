"""OR-joins against a token game that knows no tables: it walks every path from every token at every step.

BPMN 2.0 §13.4.3: the join fires when each token elsewhere that has a path to an empty incoming flow has also one to
a flow where a token waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine_play import Play
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workflow.domain.engine import Incident, Trace

Flow = tuple[int, int, bool]
KINDS = ("task", "xor", "or", "and")
WORDS = {"task": "user"}


@dataclass
class Net:
    """Nodes 0…n by kind, each flow (from, to, condition) from a lower to a higher number: no circles."""

    kinds: list[str]
    flows: list[Flow]
    into: dict[int, list[int]] = field(default_factory=dict)
    out: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, (source, target, _) in enumerate(self.flows):
            self.out.setdefault(source, []).append(number)
            self.into.setdefault(target, []).append(number)

    def text(self) -> str:
        lines = ["start s", "end e", "s > n0"]
        lines += [f"{WORDS.get(kind, kind)} n{number}" for number, kind in enumerate(self.kinds)]
        for number in range(len(self.kinds)):
            flows = self.out.get(number, [])
            split = self.kinds[number] in ("xor", "or") and len(flows) > 1
            for flow in flows:
                mark = ""
                if split:
                    mark = " default" if flow == flows[-1] else f" if 1 = {1 if self.flows[flow][2] else 2}"
                lines.append(f"n{number} > n{self.flows[flow][1]}{mark}")
            if not flows:
                lines.append(f"n{number} > e")
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
    return Net(kinds, [(source, target, draw(st.booleans())) for source, target in sorted(pairs)])


class Game:
    """The token game: `standing` tasks in order, `waiting` flows at each join."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.standing: list[int] = []
        self.waiting: dict[int, Counter[int]] = {}
        self.entered: Counter[str] = Counter()
        self.enter(0, None)
        self.settle()

    def enter(self, node: int, flow: int | None) -> None:
        self.entered[f"n{node}"] += 1
        kind, into = self.net.kinds[node], self.net.into.get(node, [])
        if kind == "task":
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

    def complete(self, node: int) -> None:
        self.standing.remove(node)
        self.leave(node)
        self.settle()


@settings(max_examples=150, deadline=None)
@given(nets(), st.lists(st.integers(0, 100), min_size=40, max_size=40))
def test_the_engine_goes_where_the_token_game_goes(net: Net, choices: list[int]) -> None:
    play = Play.__new__(Play)
    game = Game(net)
    dead = False
    try:
        play.__init__(net.text(), strict=False)  # type: ignore[misc]
        for choice in choices:
            if not game.standing:
                break
            node = game.standing[choice % len(game.standing)]
            game.complete(node)
            play.tell(f"do n{node}")
    except Incident as error:
        assert error.reason == "deadlock"
        dead = True
    assert dead == (not game.standing and bool(game.waiting))
    if not dead:
        entered = Counter(e.element for e in play.effects if isinstance(e, Trace) and e.event == "enter")
        assert {k: v for k, v in entered.items() if k.startswith("n")} == game.entered
        assert (play.doc["state"] == "completed") == (not game.standing)

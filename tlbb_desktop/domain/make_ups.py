"""The smallest set of missed sessions to make up so that everybody who falls short gets what is missing.

Each session gives each need some minutes; a set is enough when every need is met. It is a covering problem: a good set
is found by taking what helps most, thinned out, and then a search with a bounded number of steps looks for a smaller
one. Within the bound the set is proven smallest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heapreplace
from typing import Final

#: Steps of the search; more would not fit into the 50 ms that a class's forecast may take.
MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Cover:
    """Which sessions to make up.

    Args:
        sessions: rows, in ascending order.
        proven: whether no smaller set is enough.
    """

    sessions: tuple[int, ...]
    proven: bool


def smallest_cover(needs: Mapping[int, int], gains: Mapping[int, Mapping[int, int]]) -> Cover:
    """The smallest set of sessions that meets all needs.

    Args:
        needs: need -> minutes above 0.
        gains: session -> need -> minutes that making it up gives; together they meet every need.
    """
    wanted = {need: minutes for need, minutes in needs.items() if minutes > 0}
    useful = {
        session: {need: minutes for need, minutes in theirs.items() if need in wanted and minutes > 0}
        for session, theirs in gains.items()
    }
    useful = {session: theirs for session, theirs in useful.items() if theirs}
    found = _thinned(_greedy(wanted, useful), wanted, useful)
    search = _Search(wanted, useful, found)
    search.run()
    return Cover(tuple(sorted(search.best)), search.proven)


def _greedy(wanted: Mapping[int, int], useful: Mapping[int, Mapping[int, int]]) -> list[int]:
    """What helps most first. Help only ever shrinks, so an old figure is a bound and most need no new look."""
    left = dict(wanted)
    queue = [(-_help(theirs, left), session) for session, theirs in useful.items()]
    heapify(queue)
    chosen: list[int] = []
    while left and queue:
        bound, session = queue[0]
        helps = _help(useful[session], left)
        if not helps:
            heappop(queue)
        elif -helps > bound:
            heapreplace(queue, (-helps, session))
        else:
            heappop(queue)
            chosen.append(session)
            left = _after(left, useful[session])
    return chosen


def _thinned(
    chosen: Sequence[int], wanted: Mapping[int, int], useful: Mapping[int, Mapping[int, int]]
) -> tuple[int, ...]:
    """*chosen* without those that are not needed, the least helpful tried first."""
    over = {need: -minutes for need, minutes in wanted.items()}
    for session in chosen:
        for need, minutes in useful[session].items():
            over[need] += minutes
    kept = list(chosen)
    for session in reversed(chosen):
        theirs = useful[session]
        if all(over[need] >= minutes for need, minutes in theirs.items()):
            kept.remove(session)
            for need, minutes in theirs.items():
                over[need] -= minutes
    return tuple(kept)


def _help(theirs: Mapping[int, int], left: Mapping[int, int]) -> int:
    return sum(min(minutes, left.get(need, 0)) for need, minutes in theirs.items())


def _after(left: Mapping[int, int], theirs: Mapping[int, int]) -> dict[int, int]:
    remaining = {need: minutes - theirs.get(need, 0) for need, minutes in left.items()}
    return {need: minutes for need, minutes in remaining.items() if minutes > 0}


@dataclass(slots=True)
class _Search:
    """Looks for a smaller set than *best*, depth first, as far as the steps reach."""

    wanted: Mapping[int, int]
    useful: Mapping[int, Mapping[int, int]]
    best: tuple[int, ...]
    steps: int = 0
    by_need: dict[int, list[int]] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether the search came to its end."""
        return self.steps <= MOST_STEPS

    def run(self) -> None:
        """Search from nothing chosen."""
        if not self.wanted:
            self.best = ()
            return
        for session, theirs in self.useful.items():
            for need in theirs:
                self.by_need.setdefault(need, []).append(session)
        for need, sessions in self.by_need.items():
            sessions.sort(key=lambda session: (-self.useful[session][need], session))
        self._deepen(dict(self.wanted), (), frozenset())

    def _deepen(self, left: dict[int, int], chosen: tuple[int, ...], barred: frozenset[int]) -> None:
        self.steps += 1
        if not left:
            self.best = chosen
            return
        if self.steps > MOST_STEPS:
            return
        need, at_least = self._hardest(left, barred)
        if at_least is None or len(chosen) + at_least >= len(self.best):
            return
        gone = barred
        for session in self.by_need[need]:
            if session in gone:
                continue
            if self.steps > MOST_STEPS or len(chosen) + 1 >= len(self.best):
                break
            gone |= {session}
            self._deepen(_after(left, self.useful[session]), (*chosen, session), gone)

    def _hardest(self, left: Mapping[int, int], barred: frozenset[int]) -> tuple[int, int | None]:
        """The need that takes most sessions by itself, and how many; None = it cannot be met any more."""
        hardest, most = -1, 0
        for need, minutes in left.items():
            count, still = 0, minutes
            for session in self.by_need.get(need, ()):
                if still <= 0:
                    break
                if session not in barred:
                    still -= self.useful[session][need]
                    count += 1
            if still > 0:
                return need, None
            if count > most:
                hardest, most = need, count
        return hardest, most

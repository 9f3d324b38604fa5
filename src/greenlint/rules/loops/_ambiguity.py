"""Tells whether a repeated part of a regular expression can match one text in a number of ways that doubles as the text grows.

The part becomes an automaton with one state for each character that is written in it (Glushkov's construction); where two
states are joined in two ways, the edge counts as two. The number of ways grows exponentially exactly if some state comes back to
itself along two different paths that read the same text.
"""

from __future__ import annotations

from collections import Counter

from greenlint.named_tuple import NamedTuple

Characters = frozenset[int]
_LARGEST = 60
"""States beyond which the pattern is left alone: the search visits pairs of states."""
_STEPS = 20_000
"""Steps after which a search gives up: no pattern that people wrote needs as many."""


class Part(NamedTuple):
    """A piece of a pattern: how it may begin, how it may end (state -> number of ways) and in how many ways it is empty."""

    first: Counter[int]
    last: Counter[int]
    empty: int


class Automaton:
    """States with the characters they read, and edges with the number of ways they are taken."""

    def __init__(self) -> None:
        self.reads: list[Characters] = []
        self.edges: list[Counter[int]] = []
        self._left = _STEPS

    def character(self, characters: Characters) -> Part:
        """One character out of a set. Raises OverflowError when the pattern grows too large."""
        if len(self.reads) >= _LARGEST:
            raise OverflowError
        self.reads.append(characters)
        self.edges.append(Counter())
        state = len(self.reads) - 1
        return Part(Counter({state: 1}), Counter({state: 1}), 0)

    def sequence(self, parts: list[Part]) -> Part:
        """One part after the other."""
        whole = Part(Counter(), Counter(), 1)
        for part in parts:
            self._join(whole.last, part.first)
            first = whole.first + _times(part.first, whole.empty)
            last = part.last + _times(whole.last, part.empty)
            whole = Part(first, last, whole.empty * part.empty)
        return whole

    @staticmethod
    def choice(parts: list[Part]) -> Part:
        """One part or another."""
        first: Counter[int] = Counter()
        last: Counter[int] = Counter()
        for part in parts:
            first, last = first + part.first, last + part.last
        return Part(first, last, min(sum(part.empty for part in parts), 2))

    def repeated(self, part: Part, *, optional: bool) -> Part:
        """The part once or more, or not at all; an empty turn ends a repeat, so it adds no ways."""
        self._join(part.last, part.first)
        return Part(part.first, part.last, 1 if optional or part.empty else 0)

    def _join(self, last: Counter[int], first: Counter[int]) -> None:
        for state, ways in last.items():
            for following, more in first.items():
                self.edges[state][following] += ways * more

    def pump(self, allowed: Characters) -> str | None:
        """A text whose repeats can be matched in exponentially many ways, of `allowed` characters alone; None when there is none."""
        reads = [characters & allowed for characters in self.reads]
        for state, characters in enumerate(reads):
            if characters:
                text = self._two_ways_back(state, reads)
                if text is not None:
                    return text
        return None

    def may_end_before(self, turn: Part, text: str, following: Characters) -> bool:
        """Whether a turn of the repeat may be over, somewhere in repeats of `text`, right before one of `following`.

        The text may begin within a turn, so its first reading only finds the states.
        """
        states = set(range(len(self.reads)))
        for place, code in enumerate(map(ord, text * (len(states) + 2))):
            if place >= len(text) and code in following and not states.isdisjoint(turn.last):
                return True
            states = {right for left in states for right in self.edges[left] if code in self.reads[right]}
        return False

    def _two_ways_back(self, start: int, reads: list[Characters]) -> str | None:
        """Search the pairs of states, from (start, start) back to itself by way of a difference."""
        begin = (start, start, False)
        texts = {begin: ""}
        queue = [begin]
        for one, other, differed in queue:
            self._left -= len(self.edges[one]) * len(self.edges[other])
            if self._left < 0:
                return None
            text = texts[one, other, differed]
            for left, ways in self.edges[one].items():
                for right, more in self.edges[other].items():
                    common = reads[left] & reads[right]
                    if not common:
                        continue
                    different = differed or left != right or (one == other and min(ways, more) > 1)
                    longer = text + chr(_readable(common))
                    if left == right == start and different:
                        return longer
                    pair = (left, right, different)
                    if pair not in texts:
                        texts[pair] = longer
                        queue.append(pair)
        return None


def _times(ways: Counter[int], factor: int) -> Counter[int]:
    return Counter({state: number * factor for state, number in ways.items() if number * factor})


def _readable(characters: Characters) -> int:
    """A letter if there is one, else anything that can be shown."""
    return min(characters, key=lambda code: (not 97 <= code <= 122, not 33 <= code <= 126, code))

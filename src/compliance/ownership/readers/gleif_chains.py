"""Chains of direct parents, and what an ultimate parent adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from compliance.ownership.interests import Interest

Window = tuple[date | None, date | None]


class Chains:
    """Direct parents by the party they consolidate."""

    __slots__ = ("_above",)

    def __init__(self) -> None:
        self._above: dict[str, list[Interest]] = {}

    def add(self, direct: Interest) -> None:
        """Take up a direct parent."""
        self._above.setdefault(direct.owned, []).append(direct)

    def needed(self, ultimate: Interest) -> tuple[Interest, ...]:
        """What must be stated so that the ultimate parent tops the party for all of its time.

        Nothing where direct parents lead there throughout. The interest itself where no direct
        parent is stated, or not for all of its time; and the same of each top of the chain that
        ends below the ultimate parent.
        """
        if self._leads(ultimate):
            return ()
        window = ultimate.since, ultimate.until
        below = tuple(
            replace(ultimate, owned=top, since=since, until=until)
            for top, (since, until) in self._climbed(ultimate.owned, window, ultimate.owner)
            if top != ultimate.owned
        )
        return below if self._throughout(ultimate) and below else (*below, ultimate)

    def tops(self, party: str) -> Iterator[str]:
        """The tops of the chains of parents above a party that have not ended, if any."""
        for top, (_, until) in self._climbed(party, (None, None), ""):
            if top != party and until is None:
                yield top

    def _leads(self, ultimate: Interest) -> bool:
        """Whether direct parents lead to the ultimate one for all of its time."""
        seen, todo = {ultimate.owned}, [ultimate.owned]
        while todo:
            for step in self._above.get(todo.pop(), ()):
                if step.owner in seen or not _covers(step, ultimate):
                    continue
                if step.owner == ultimate.owner:
                    return True
                seen.add(step.owner)
                todo.append(step.owner)
        return False

    def _throughout(self, ultimate: Interest) -> bool:
        """Whether some direct parent of the party is stated for all of the time."""
        return any(_covers(step, ultimate) for step in self._above.get(ultimate.owned, ()))

    def _climbed(self, party: str, window: Window, last: str) -> list[tuple[str, Window]]:
        """Every party above which no direct parent is stated, with the time of the chain to it.

        Nothing is asked above `last`.
        """
        found, seen, todo = [], {party}, [(party, window)]
        while todo:
            at, time = todo.pop()
            if at == last:
                continue
            steps = [
                (step.owner, shared)
                for step in self._above.get(at, ())
                if step.owner != at and (shared := _shared(time, (step.since, step.until)))
            ]
            if not steps:
                found.append((at, time))
            todo += [step for step in steps if step[0] not in seen]
            seen.update(owner for owner, _ in steps)
        return found


def _shared(one: Window, other: Window) -> Window | None:
    """The time that is in both, if any."""
    since = max((day for day in (one[0], other[0]) if day is not None), default=None)
    until = min((day for day in (one[1], other[1]) if day is not None), default=None)
    return None if since is not None and until is not None and until <= since else (since, until)


def _covers(step: Interest, ultimate: Interest) -> bool:
    starts = step.since is None or (ultimate.since is not None and step.since <= ultimate.since)
    ends = step.until is None or (ultimate.until is not None and step.until >= ultimate.until)
    return starts and ends

"""A fact as policies see it: typed, sourced, and possibly unknown.

One class serves every kind of field:

- a single value: `value`, known or not;
- a set (countries, lists, activities): `value` is the frozenset of what is certainly in it,
  `possible` what may be in it, and `partial` says that anything else may be;
- a choice between candidates (an undetermined paragraph, a number between its ends): unknown, with
  `possible` the candidates;
- a number of which only a part is known: not known and `partial`, with `value` what it is at least.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from compliance.model.truth import Truth

Status = Literal["stated", "derived", "unknown", "refused", "absent"]
_NOTHING: Final[frozenset[Any]] = frozenset()
_NO_ASKS: Final[tuple[str, ...]] = ()
_new = tuple.__new__


class Fact(NamedTuple):
    """What is known of one field.

    `status` is `stated` (given in the contract), `derived` (computed or looked up), `unknown` or
    `refused` (somebody said so), or `absent` (nobody was asked). `missing` are the contract paths
    that would make it known; `note` says why it is unknown, or what it rests on. `asks` are the
    documents that would settle it, where more can be said than the field's own word says: whose,
    of whom, on what. A named tuple: thousands are made in a second.
    """

    value: Any
    known: bool
    status: Status
    source: str = ""
    missing: tuple[str, ...] = ()
    note: str = ""
    possible: frozenset[Any] = _NOTHING
    partial: bool = False
    asks: tuple[str, ...] = _NO_ASKS

    @classmethod
    def of(cls, value: Any, source: str, *, status: Status = "derived", note: str = "") -> Fact:
        """A known single value, or a complete set; a share may be known as an interval only."""
        return _new(cls, (value, True, status, source, (), note, _NOTHING, False, _NO_ASKS))

    @classmethod
    def unknown(
        cls,
        *missing: str,
        status: Status = "absent",
        note: str = "",
        source: str = "",
        possible: frozenset[Any] = _NOTHING,
    ) -> Fact:
        """A single value that is not known; `possible` are its candidates, when they are known."""
        return _new(cls, (None, False, status, source, missing, note, possible, False, _NO_ASKS))

    @classmethod
    def some(
        cls,
        value: frozenset[Any],
        source: str,
        *,
        possible: frozenset[Any] = _NOTHING,
        missing: tuple[str, ...] = (),
        partial: bool = False,
        note: str = "",
        status: Status = "derived",
    ) -> Fact:
        """A set of which some members may be unknown."""
        known = not partial
        return _new(cls, (value, known, status, source, missing, note, possible, partial, _NO_ASKS))

    @classmethod
    def at_least(cls, value: Any, source: str, *missing: str, note: str = "") -> Fact:
        """A number that is this or more: something that adds to it is not known."""
        return _new(cls, (value, False, "unknown", source, missing, note, _NOTHING, True, _NO_ASKS))

    @classmethod
    def truth(cls, truth: Truth, source: str, *missing: str, note: str = "") -> Fact:
        """A yes, a no, or neither."""
        if truth is Truth.UNKNOWN:
            return cls.unknown(*missing, source=source, note=note, status="unknown")
        return cls.of(truth is Truth.TRUE, source, note=note)

    def asking(self, asks: tuple[str, ...], *missing: str) -> Fact:
        """The same fact with the documents that would settle it, and the paths they would fill."""
        if not asks:
            return self
        return self._replace(asks=asks, missing=self.missing or missing)

    def unsettled(self) -> Fact:
        """The same unknown for another field that rests on it: its candidates are not of that."""
        return self._replace(possible=_NOTHING)

    @property
    def text(self) -> str:
        """The value in words, for messages and traces."""
        return self.spelled(spell)

    def spelled(self, word: Callable[[Any], str]) -> str:
        """The value in words, each of its members through `word`."""
        value = self.value
        if isinstance(value, frozenset):
            members = ", ".join(sorted(word(part) for part in value))
            maybe = ", ".join(sorted(word(part) for part in self.possible - value))
            if maybe:
                told = f"{members} and perhaps {maybe}" if members else f"perhaps {maybe}"
                return f"{told} or others" if self.partial else told
            if self.partial:
                return f"{members} and perhaps others" if members else "unknown"
            return members or "none"
        if self.known:
            return word(value)
        if value is not None:
            return f"at least {word(value)}"
        if self.possible:
            return " or ".join(sorted(word(part) for part in self.possible))
        return "unknown"


_SCIENTIFIC: Final = 10**15


def spell(value: Any) -> str:
    """A fact's value in words: sets sorted, numbers as people read them."""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if value < _SCIENTIFIC else f"{Decimal(value):.2e}".replace("+", "")
    if isinstance(value, (Decimal, Fraction)):
        return f"{Decimal(round(value * 10**4)) / 10**4:,f}"
    if isinstance(value, (frozenset, set)):
        return ", ".join(sorted(spell(part) for part in value)) or "none"
    if isinstance(value, (tuple, list)) and not isinstance(value, Spelled):
        return ", ".join(spell(part) for part in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {spell(part)}" for key, part in sorted(value.items()))
    return str(value)


class Spelled(tuple[Any, ...]):
    """A tuple that knows how to say itself."""

    __slots__ = ()

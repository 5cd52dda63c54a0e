"""A name that is given on the command line: one that says nothing is refused, never searched."""

from __future__ import annotations

from typing import Final

from compliance.errors import InputError, Problem
from compliance.model.says_nothing import says_nothing
from compliance.names import normalize

_LONGEST: Final = 60  # letters of a name that are repeated


def checked(name: str) -> str:
    """The name, which says something.

    Raises:
        InputError: a name without a letter or a digit, or one that stands for none ("N/A").
    """
    if not normalize(name):
        message = f"a name needs a letter or a digit, not {shortened(name)!r}"
        raise InputError(Problem.at(message, code="input"))
    if says_nothing(name):
        message = f"{shortened(name)!r} stands for no name; nobody can be looked for by it"
        raise InputError(Problem.at(message, code="input"))
    return name


def shortened(name: str) -> str:
    """A name on a line, cut where it is long, with how long it is."""
    flat = " ".join(name.split())
    if len(flat) <= _LONGEST:
        return flat
    return f"{flat[:_LONGEST].rstrip()}... ({len(name):,} characters)"

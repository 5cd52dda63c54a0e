"""Owners who are not stated, in words: what is missing, and what would settle it."""

from __future__ import annotations

from collections.abc import Callable

from compliance.model.share import percent
from compliance.ownership.documents import ENDED
from compliance.ownership.gaps import Gap

_Name = Callable[[str], str]


def missing(gap: Gap, name: _Name) -> str:
    """What the statements leave open, with each party as `name` calls it."""
    party = name(gap.party)
    if gap.kind == "not_named":
        return f"who {party} is: no name is stated"
    if gap.kind == "ended":
        return f"who holds now what {party} held, which has ended"
    if gap.kind == "ownerless_cycle":
        return f"who owns {party}, which is in a circle that nobody outside owns"
    words = f"who holds up to {percent(gap.most)} of {party}" if gap.most else f"who owns {party}"
    reasons = ", ".join(gap.exceptions)
    return f"{words} (an owner is not named: {reasons})" if reasons else words


def settling(gap: Gap, name: _Name) -> str:
    """The document that would close the gap."""
    party = name(gap.party)
    if gap.kind == "not_named":
        return f"the name and register number, or date of birth, of {party}"
    if gap.kind == "ended":
        return ENDED.of("", party)
    if gap.kind == "ownerless_cycle":
        return f"audited accounts of {party} with the holders outside the circle"
    return f"a register of owners that covers the whole of {party}"

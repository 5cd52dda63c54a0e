"""The fields of governments and nationals above a party, for embargoes that block without listing.

Each counts as rules/data/state_ownership.yaml says, on the day. Countries of owners whose shares
are not exact, or of whom it is not certain whose they are, are possible.
"""

from __future__ import annotations

from typing import Final

from compliance.policies.word import Word

_SETTLED: Final = (
    "dated registers of members with exact holdings, and whose body each public owner is"
)

STATE_OWNERS: Final = (
    Word(
        "party.owned_by_governments",
        "countries",
        "whose government it is, or which governments own it: their public bodies, and what those "
        "own, hold half of it or more in sum",
        _SETTLED,
    ),
    Word(
        "party.controlled_by_governments",
        "countries",
        "the same, and which governments control it: by more than half of the votes, a majority of "
        "the board, consolidation, agreement, or as its ultimate parent, on any link of the chain",
        _SETTLED,
    ),
    Word(
        "party.part_owned_by_governments",
        "countries",
        "which governments hold any part of it, looked through, without owning or controlling it",
        _SETTLED,
    ),
    Word("party.governments_above", "texts", "each chain from a government down to it, in words"),
    Word(
        "party.owned_by_nationals_of",
        "countries",
        "of which countries it is a national, or nationals (citizens, residents, companies "
        "organized or led there, governments) control it or hold a substantial part of it; only "
        "for law that turns on nationality",
        "dated registers of members with exact holdings, and where each owner lives or is led from",
    ),
    Word("party.nationals_above", "texts", "each chain from such a national down to it, in words"),
)

"""Facts about who controls a party: by votes, consolidation, board or agreement."""

from __future__ import annotations

from compliance.model.truth import Truth
from compliance.ownership import Control
from compliance.policies.fact import Fact
from compliance.screening.facts.subjects import PartyFacts, party_field


@party_field(
    "ownership.controllers",
    "texts",
    asks="the articles, and shareholder agreements",
    cost="computed",
)
def _controllers(p: PartyFacts) -> Fact:
    """Who controls it, with the basis; who may do so is possible.

    The bases: more than half of the votes, alone or with controlled parties; consolidation;
    agreement; a majority of the board.
    """
    found = p.subjects.graph.controllers(p.id, as_of=p.as_of)
    told = {party: control_in_words(p, party, control) for party, control in found.items()}
    sure = frozenset(words for o, words in told.items() if found[o].truth is Truth.TRUE)
    return Fact.some(sure, "ownership", possible=frozenset(told.values()) - sure)


def control_in_words(p: PartyFacts, party: str, control: Control) -> str:
    """Who controls the party, by what, and through whom."""
    basis = ", ".join(control.basis).replace("_", " ")
    via = [p.subjects.parties[o].display for o in control.via if o != party]
    through = f" through {', '.join(via)}" if via else ""
    return f"{p.subjects.parties[party].display} ({basis or 'its holdings'}{through})"

"""Facts about who controls a party: by votes, consolidation, board or agreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from compliance.model.truth import Truth
from compliance.ownership import Control
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact
from compliance.screening.facts.subjects import PartyFacts

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)


@field("ownership.controllers")
def _controllers(p: PartyFacts) -> Fact:
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

"""What the ownership answers leave open is never clear in screening."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.outcome import Outcome
from compliance.ownership.gaps import completed
from property.test_ownership import HALF, PARTIES, Edges, edges, graph
from sampling import examples
from screeners import screener

DAY = date(2026, 11, 24)


def contract(stated: Edges, unnamed: frozenset[str]) -> dict[str, Any]:
    """A rental of controlled chips to A, a company of Singapore like all the others."""
    party = {"kind": "organization", "incorporation": "SG", "headquarters": "SG"}
    parties: dict[str, Any] = {
        one: party
        | {"id": one}
        | ({} if one in unnamed else {"name": f"Orchid Vale {one} Pte Ltd"})
        for one in PARTIES
    }
    interests = []
    for (owner, owned), share in stated.items():
        sides = {
            side: parties.pop(one) if one in parties and one != "A" else one
            for side, one in (("owner", owner), ("owned", owned))
        }
        interests.append({**sides, "share": f"{share.numerator}/{share.denominator}"})
    return {
        "id": "C-1",
        "provider": party | {"name": "Bluewattle Cloud"},
        "lessee": parties["A"],
        "end_users": ["A"],
        "items": [
            {"chip": "H100 SXM5", "count": 16, "access": "remote", "site": {"country": "SG"}}
        ],
        "payment": {"method": "card"},
        "ownership": interests,
    }


@settings(deadline=None, max_examples=examples(60))
@given(edges(), st.frozensets(st.sampled_from(PARTIES[1:]), max_size=1))
def test_what_owners_who_are_not_stated_could_meet_is_not_clear(
    stated: Edges, unnamed: frozenset[str]
) -> None:
    found = completed(
        graph(stated), "A", as_of=DAY, without_owners=(), named=set(PARTIES) - unnamed
    )
    gaps = found.reaching((), HALF, inclusive=True, aggregate=True, control=False)
    decision = screener().screen(contract(stated, unnamed), as_of=DAY)
    if gaps:
        assert decision.outcome is not Outcome.CLEAR

"""What holds of owners that ended, and of interests that did: nothing becomes clear by it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model import Decision, Outcome, Truth
from compliance.ownership import Cessation, OwnershipGraph
from ownership_plainly import random_edges, rows
from sampling import examples
from screeners import screener
from strategies import DAYS, LISTED, SHARES, contracts

STANDINGS = ["retired", "merged", "annulled", "duplicate", "dissolved", "liquidated", "closed"]
DAY = date(2024, 6, 15)
SUCCESSORS = st.sampled_from(
    [
        None,
        {"id": "heir", "name": "Kiefernwald GmbH", "kind": "organization", "headquarters": "DE"},
        {"id": "heir", "name": LISTED, "kind": "organization", "headquarters": "CN"},
        {"id": "heir", "name": "Fjord ApS", "kind": "organization", "headquarters": "CN"},
    ]
)


def screen(contract: Any, day: date) -> Decision:
    return screener().screen(contract, as_of=day)


def owned(contract: dict[str, Any]) -> dict[str, Any]:
    """The contract with a customer, and an owner of it that is stated to the top."""
    lessee = {"id": "lessee", "name": "Some Company", **contract.get("lessee", {})}
    first = {"owner": {"id": "first", "name": "Fjord Holding"}, "owned": "lessee", "share": "51%"}
    return {**contract, "lessee": lessee, "ownership": [first, *contract.get("ownership", [])]}


@settings(max_examples=examples(40))
@given(contracts(), DAYS, st.sampled_from(STANDINGS), SUCCESSORS, st.integers(0, 3), st.data())
def test_an_owner_that_ended_never_makes_a_contract_clear(
    contract: dict[str, Any], day: date, standing: str, heir: Any, number: int, data: st.DataObject
) -> None:
    before = owned(contract)
    after = deepcopy(before)
    owner = after["ownership"][number % len(after["ownership"])]["owner"]
    owner["standing"] = standing
    if data.draw(st.booleans()):
        owner["dissolved_on"] = data.draw(st.sampled_from(["2018-01-01", "2024-06-15"]))
    if heir is not None:
        owner["successor"] = heir
    was, found = screen(before, day), screen(after, day)
    assert found.outcome is not Outcome.CLEAR or was.outcome is Outcome.CLEAR
    gone = owner.get("dissolved_on", "") <= day.isoformat() or standing in {"annulled", "duplicate"}
    if gone:
        assert found.outcome is not Outcome.CLEAR
        assert "house.ended-owner" in {flag.policy_id for flag in found.flags}


@settings(max_examples=examples(40))
@given(contracts(), DAYS, SHARES, st.sampled_from(["Fjord Holding", LISTED]))
def test_an_interest_that_has_ended_never_makes_a_contract_clear(
    contract: dict[str, Any], day: date, share: Any, name: str
) -> None:
    before = {**contract, "lessee": {"id": "lessee", "name": "Some Company"}}
    before["lessee"] |= contract.get("lessee", {})
    after = deepcopy(before)
    past = {"owner": {"id": "past", "name": name, "kind": "organization"}, "owned": "lessee"}
    until = (day - timedelta(days=1)).isoformat()
    after.setdefault("ownership", []).append({**past, "share": share, "until": until})
    was, found = screen(before, day), screen(after, day)
    assert found.outcome is not Outcome.CLEAR or was.outcome is Outcome.CLEAR


@settings(max_examples=examples(60))
@given(st.integers(0, 2**32), st.integers(2, 7))
def test_nothing_becomes_certain_and_nobody_is_released_where_a_party_ends(
    seed: int, size: int
) -> None:
    chance = Random(seed)  # noqa: S311 - a test case
    edges = rows(random_edges(chance, size))
    stated = OwnershipGraph.from_interests(edges)
    ids = sorted(stated.parties)
    if not ids:
        return
    gone, heir = chance.choice(ids), chance.choice([*ids, "heir"])
    heirs = () if heir == gone or chance.random() < 0.3 else (heir,)
    ended = {gone: Cessation(chance.choice(STANDINGS), None, heirs)}
    found = OwnershipGraph.from_interests(edges, ids, ended)
    for party in ids:
        was = stated.ultimate_parents(party, as_of=DAY)
        now = found.ultimate_parents(party, as_of=DAY)
        sure = {p.party for p in was.parents if p.truth is Truth.TRUE}
        assert {p.party for p in now.parents if p.truth is Truth.TRUE} <= sure
        assert gone not in {p.party for p in now.parents if p.truth is Truth.TRUE}
        if now.truth is not Truth.UNKNOWN:
            assert (now.truth, now.parents) == (was.truth, was.parents)
            assert all(gone not in parent.path[:-1] for parent in now.parents)
    listed = chance.choice(ids)
    for control in (False, True):
        before = stated.affected([listed], as_of=DAY, control=control)
        after = found.affected([listed], as_of=DAY, control=control)
        for party in ids:
            was_so = before[party].truth if party in before else Truth.FALSE
            is_so = after[party].truth if party in after else Truth.FALSE
            assert is_so is was_so or (was_so is Truth.FALSE and is_so is Truth.UNKNOWN)
        if heirs == (listed,):
            assert after[gone].truth is not Truth.FALSE

"""Governments and nationals above a party, by the arithmetic of embargoes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.policies.fact import Fact
from ownership_plainly import affected_plainly, random_edges, votes_of
from sampling import examples
from unit.screening.contracts import company, edge, known, of_lessee, subjects, sure_and_possible

OWNED, CONTROLLED = "owned_by_governments", "controlled_by_governments"
PART, NATIONALS = "part_owned_by_governments", "owned_by_nationals_of"
MINISTRY = {"id": "m", "name": "Ministry of Energy", "kind": "public_body", "government": "IR"}
BAND = {"minimum": "40%", "maximum": "60%"}


def found(fact: Fact) -> tuple[set[str], set[str], bool]:
    return (*sure_and_possible(fact), fact.partial)


@pytest.mark.parametrize(
    ("share", "owned", "part"),
    [
        ("49.999%", (set(), set(), False), ({"IR"}, set(), False)),
        ("50%", ({"IR"}, set(), False), (set(), set(), False)),
        ("51%", ({"IR"}, set(), False), (set(), set(), False)),
        (BAND, (set(), {"IR"}, False), ({"IR"}, set(), False)),
        (None, (set(), {"IR"}, False), (set(), {"IR"}, False)),
    ],
)
def test_a_government_owns_from_half_on_and_what_is_not_exact_is_possible(
    share: Any, owned: Any, part: Any
) -> None:
    stated = edge(MINISTRY, share)
    assert found(known(OWNED, stated)) == owned
    assert found(known(PART, stated)) == part


def test_public_bodies_of_one_government_are_added_and_those_of_two_are_not() -> None:
    other = {"id": "b", "name": "State Bank", "public_body": True, "headquarters": "IR"}
    both = edge(MINISTRY, "25%"), edge(other, "25%")
    assert found(known(OWNED, *both)) == ({"IR"}, set(), False)
    other["headquarters"] = "VE"
    assert found(known(OWNED, *both)) == (set(), set(), False)
    assert found(known(PART, *both)) == ({"IR", "VE"}, set(), False)


def test_a_body_of_an_unknown_government_may_be_of_the_same_one() -> None:
    other = {"id": "b", "name": "State Bank", "kind": "public_body"}
    both = edge(MINISTRY, "30%"), edge(other, "30%")
    assert found(known(OWNED, *both)) == (set(), {"IR"}, False)
    assert found(known(OWNED, edge(other, "60%"))) == (set(), set(), True)


def test_it_goes_through_state_companies_and_not_through_minorities() -> None:
    chain = edge(MINISTRY, "50%", company("a")), edge("a", "60%")
    assert found(known(OWNED, *chain)) == ({"IR"}, set(), False)
    told = "Ministry of Energy holds 50% of a Ltd, which holds 60% of Fjord ApS"
    assert known("governments_above", *chain).value == {f"the government of Iran: {told}"}
    chain = edge(MINISTRY, "49%", company("a")), edge("a", "60%")
    assert found(known(OWNED, *chain)) == (set(), set(), False)
    assert found(known(PART, *chain)) == ({"IR"}, set(), False)


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ({"kind": "voting_rights", "share": "51%"}, ({"IR"}, set(), False)),
        ({"kind": "voting_rights", "share": "50%"}, (set(), {"IR"}, False)),
        ({"kind": "voting_rights", "share": "49%"}, (set(), set(), False)),
        ({"kind": "board_appointment", "seats": 4, "of": 7}, ({"IR"}, set(), False)),
        ({"kind": "board_appointment", "seats": 3, "of": 7}, (set(), {"IR"}, False)),
        ({"kind": "consolidation"}, ({"IR"}, set(), False)),
        ({"kind": "agreement"}, ({"IR"}, set(), False)),
        ({"kind": "other"}, (set(), {"IR"}, False)),
    ],
)
def test_control_counts_where_the_law_says_controls(right: Any, expected: Any) -> None:
    stated = edge(MINISTRY, right.pop("share", None), **right)
    assert found(known(CONTROLLED, stated)) == expected
    owned: Any = (set(), {"IR"} if right["kind"] == "consolidation" else set(), False)
    assert found(known(OWNED, stated)) == owned


def test_the_party_itself_may_be_the_government() -> None:
    for field in (OWNED, CONTROLLED):
        assert found(of_lessee(field, government="VE")) == ({"VE"}, set(), False)
        body = {"kind": "public_body", "incorporation": "VE"}
        assert found(of_lessee(field, **body)) == ({"VE"}, set(), False)
    told = of_lessee("governments_above", government="VE").value
    assert told == {"Fjord ApS itself is the government of Venezuela"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"kind": "public_body"}, (set(), set(), True)),
        ({"kind": "public_body", "incorporation": "IR", "headquarters": "AE"},
         (set(), {"IR", "AE"}, False)),
        ({"government": {"status": "unknown"}}, (set(), set(), True)),
        ({"government": "Atlantis"}, (set(), set(), True)),
        ({"public_body": {"status": "refused"}, "headquarters": "IR"}, (set(), {"IR"}, False)),
        ({"headquarters": "IR", "kind": "organization"}, (set(), set(), False)),
        ({"kind": "person", "residence": "IR", "nationalities": ["IR"]}, (set(), set(), False)),
    ],
)  # fmt: skip
def test_whose_body_an_owner_is_may_be_open_and_a_private_owner_is_no_government(
    body: Any, expected: Any
) -> None:
    owner = {"id": "x", "name": "Owner X", **body}
    for field in (OWNED, CONTROLLED, PART):
        fact = known(field, edge(owner, "60%"))
        if field == PART and expected[0]:
            continue
        assert found(fact) == expected
        assert fact.asks or expected == (set(), set(), False) or field == PART


def test_a_stated_ultimate_parent_controls_and_may_own() -> None:
    lessee = {"ultimate_parent": MINISTRY}
    assert found(known(CONTROLLED, lessee=lessee)) == ({"IR"}, set(), False)
    assert found(known(OWNED, lessee=lessee)) == (set(), {"IR"}, False)
    assert "the government of Iran: Ministry of Energy, its ultimate parent" in (
        known("governments_above", lessee=lessee).value
    )
    gone = {"ultimate_parent": {**MINISTRY, "standing": "closed"}}
    assert found(known(CONTROLLED, lessee=gone)) == (set(), {"IR"}, False)


def test_an_interest_counts_on_its_days() -> None:
    stated = edge(MINISTRY, "60%", until="2024-06-15")
    assert found(known(OWNED, stated)) == (set(), set(), False)
    assert found(known(OWNED, stated, as_of=date(2024, 6, 14))) == ({"IR"}, set(), False)


def test_who_took_the_place_of_a_ministry_may_be_private_and_the_other_way_round() -> None:
    heir = {**MINISTRY, "id": "h"}
    owner = company("a", "SE", kind="organization", successor=heir)
    assert found(known(OWNED, edge(owner, "60%"))) == (set(), {"IR"}, False)


def test_nobody_stated_is_nobodys_government() -> None:
    for field in (OWNED, CONTROLLED, PART):
        assert found(known(field)) == (set(), set(), False)


# --- nationals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "share", "expected"),
    [
        ({"kind": "person", "nationalities": ["CU"]}, "25%", {"CU"}),
        ({"kind": "person", "nationalities": ["CU"]}, "24.9%", set()),
        ({"kind": "person", "residence": "CU"}, "30%", {"CU"}),
        ({"kind": "organization", "incorporation": "CU"}, "30%", {"CU"}),
        ({"kind": "organization", "headquarters": "CU"}, "30%", {"CU"}),
        ({"kind": "public_body", "government": "CU"}, "30%", {"CU"}),
        ({"kind": "person", "nationalities": ["ES"], "residence": "ES"}, "100%", {"ES"}),
    ],
)
def test_a_substantial_part_held_by_nationals_makes_a_national(
    owner: Any, share: str, expected: set[str]
) -> None:
    fact = known(NATIONALS, edge({"id": "x", "name": "Owner X", **owner}, share))
    assert fact.value == expected


def test_nationals_are_added_and_control_counts() -> None:
    def person(id_: str) -> dict[str, Any]:
        return {"id": id_, "name": id_, "kind": "person", "nationalities": ["CU"]}

    assert known(NATIONALS, edge(person("a"), "13%"), edge(person("b"), "12%")).value == {"CU"}
    board = edge(person("a"), kind="board_appointment", seats=4, of=7)
    assert known(NATIONALS, board).value == {"CU"}
    told = known("nationals_above", edge(person("a"), "30%")).value
    assert told == {"a national of Cuba: a holds 30% of Fjord ApS"}


def test_of_nationals_too_what_is_not_known_is_possible() -> None:
    owner = {"id": "x", "name": "Owner X", "kind": "person"}
    cuban = {**owner, "nationalities": ["CU"]}
    assert found(known(NATIONALS, edge(cuban, {"minimum": "10%", "maximum": "30%"}))) == (
        set(), {"CU"}, False
    )  # fmt: skip
    refused = {**owner, "residence": {"status": "refused"}}
    assert found(known(NATIONALS, edge(refused, "30%"))) == (set(), set(), True)
    unread = {**owner, "nationalities": ["Atlantis"]}
    assert found(known(NATIONALS, edge(unread, "30%"))) == (set(), set(), True)
    assert found(known(NATIONALS, edge(owner, "30%"))) == (set(), set(), False)


# --- by a plain fixpoint --------------------------------------------------------------------------


def plainly(edges: Any, seeds: list[str], party: str, *, control: bool) -> bool:
    """Whether some parties own (or control) a party, by sums alone."""
    rule = {"aggregate": True, "inclusive": True}
    votes = votes_of(edges, {}) if control else {}
    return party in affected_plainly(edges, votes, frozenset(), seeds, rule) if seeds else False


@settings(max_examples=examples(60))
@given(st.integers(0, 2**32), st.integers(2, 7))
def test_governments_are_those_of_a_plain_fixpoint(seed: int, size: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test case
    edges = {
        pair: share for pair, share in random_edges(chance, size).items() if pair[0] != pair[1]
    }
    ids = sorted({party for pair in edges for party in pair})
    if not ids:
        return
    state = {one: chance.choice([None, None, "IR", "VE"]) for one in ids}
    parties = {
        one: {"id": one, "name": f"{one} Ltd", "kind": "organization",
              **({"government": state[one]} if state[one] else {})}
        for one in ids
    }  # fmt: skip
    stated = [
        {"owner": parties[owner], "owned": parties[owned], "share": str(share)}
        for (owner, owned), share in edges.items()
    ]
    know = subjects(ownership=stated)
    for one in ids:
        for field, control in ((OWNED, False), (CONTROLLED, True)):
            fact = know.parties[one][field]
            expected = {
                country
                for country in ("IR", "VE")
                if state[one] == country
                or plainly(edges, [x for x in ids if state[x] == country], one, control=control)
            }
            assert fact.value == expected, (one, field)
            assert control or not fact.possible


@settings(max_examples=examples(40))
@given(st.integers(0, 2**32), st.integers(2, 6))
def test_less_that_is_known_of_shares_only_leaves_possible_what_was_so(
    seed: int, size: int
) -> None:
    chance = Random(seed)  # noqa: S311 - a test case
    edges = {
        pair: share for pair, share in random_edges(chance, size).items() if pair[0] != pair[1]
    }
    ids = sorted({party for pair in edges for party in pair})
    if not ids:
        return
    body = chance.choice(ids)

    def facts(*, wide: bool) -> Any:
        stated = []
        for (owner, owned), share in edges.items():
            sides = [
                {"id": one, "name": one, **({"government": "IR"} if one == body else {})}
                for one in (owner, owned)
            ]
            said: Any = str(share)
            if wide and chance.random() < 0.5:
                low = share * Fraction(chance.randrange(0, 5), 4)
                most = min(Fraction(1), 2 * share)
                said = {"minimum": f"{min(low, share)}", "maximum": f"{most}"}
                said = {key: {"0": "0%", "1": "100%"}.get(end, end) for key, end in said.items()}
            stated.append({"owner": sides[0], "owned": sides[1], "share": said})
        return subjects(ownership=stated)

    sharp, wide = facts(wide=False), facts(wide=True)
    for one in ids:
        for field in (OWNED, CONTROLLED, NATIONALS):
            was, now = sharp.parties[one][field], wide.parties[one][field]
            assert was.value <= now.value | now.possible
            assert now.value <= was.value

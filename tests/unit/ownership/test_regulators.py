"""The regulators' own cases: OFAC FAQ 398 to 402 (401 in full beside the cascade), the Affiliates
Rule of BIS with its Supplement No. 8, and the EU and UK variants.
"""

from __future__ import annotations

from datetime import date
from typing import Final, TypedDict

import pytest

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph
from unit.ownership.graphs import DAY, band, exact, graph

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


class Rule(TypedDict):
    """The parameters in which the regimes differ; the threshold is half in all of them."""

    inclusive: bool
    aggregate: bool
    control: bool


OFAC: Final[Rule] = {"inclusive": True, "aggregate": True, "control": False}
OFAC_BEFORE_2014: Final[Rule] = {"inclusive": True, "aggregate": False, "control": False}
BIS: Final[Rule] = {"inclusive": True, "aggregate": True, "control": False}
EU: Final[Rule] = {"inclusive": True, "aggregate": True, "control": True}
EU_BEFORE_2024_07_03: Final[Rule] = {"inclusive": False, "aggregate": True, "control": True}
UK: Final[Rule] = {"inclusive": False, "aggregate": False, "control": True}


def truth(built: OwnershipGraph, rule: Rule, *listed: str, party: str = "A") -> Truth:
    found = built.affected(listed, as_of=DAY, **rule)
    return found[party].truth if party in found else FALSE


def chaired() -> OwnershipGraph:
    """A listed chairman with no share decides by agreement; somebody else owns everything."""
    return OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "kind": "agreement"},
            {"owner": "Z", "owned": "A", "share": "100%"},
        ]
    )


def test_ofac_faq_398_control_without_ownership_does_not_block() -> None:
    assert truth(chaired(), OFAC, "X") is FALSE


def test_ofac_faq_398_a_significant_minority_with_control_does_not_block_either() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "49%"},
            {"owner": "X", "owned": "A", "kind": "board_appointment", "seats": 4, "of": 7},
            {"owner": "Z", "owned": "A", "share": "51%"},
        ]
    )
    assert truth(built, OFAC, "X") is FALSE


def test_ofac_faq_399_owners_blocked_under_different_programmes_are_added() -> None:
    built = graph(("X", "25%", "A"), ("Y", "25%", "A"), ("Z", "50%", "A"))
    answers = built.affected(["X", "Y"], as_of=DAY, **OFAC)
    found = answers["A"]
    assert (found.truth, found.share, answers.origins("A")) == (TRUE, exact(50), ("X", "Y"))
    assert truth(built, OFAC_BEFORE_2014, "X", "Y") is FALSE


def test_ofac_faq_400_an_officer_of_a_party_makes_no_interest_in_it() -> None:
    built = graph(("Z", "100%", "A"))
    assert truth(built, OFAC, "X") is FALSE
    assert built.affected(["X"], as_of=DAY, **OFAC)["X"].truth is TRUE


def test_ofac_faq_401_indirectly_means_through_parties_that_are_themselves_owned_by_half() -> None:
    half_of_half = graph(("X", "50%", "A"), ("A", "50%", "B"))
    assert half_of_half.share("X", "B", as_of=DAY) == exact(25)
    assert truth(half_of_half, OFAC, "X", party="B") is TRUE
    through_a_quarter = graph(("X", "25%", "A"), ("A", "100%", "B"), ("X", "49%", "B"))
    assert truth(through_a_quarter, OFAC, "X", party="B") is FALSE


def test_ofac_faq_402_a_sale_below_half_ends_it_from_its_day() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "60%", "until": "2024-03-01"},
            {"owner": "X", "owned": "A", "share": "40%", "from": "2024-03-01"},
            {"owner": "Z", "owned": "A", "share": "20%", "from": "2024-03-01"},
        ]
    )
    answers = {
        day: built.affected(["X"], as_of=day, **OFAC)["A"].truth
        for day in (date(2024, 2, 29), date(2024, 3, 1))
    }
    assert list(answers.values()) == [TRUE, FALSE]


# 15 CFR part 744, Supplement No. 8: the lists aggregate together, and the most restrictive of the
# owners' requirements applies. Requirements here stand in for those of the entries.
REQUIREMENTS: Final = {"entity list": 3, "meu": 2, "sdn": 1}


def test_affiliates_rule_30_percent_entity_list_and_20_percent_meu_are_50_percent() -> None:
    built = graph(("entity list", "30%", "A"), ("meu", "20%", "A"), ("Z", "50%", "A"))
    found = built.affected(REQUIREMENTS, as_of=DAY, **BIS)
    assert (found["A"].truth, found["A"].share) == (TRUE, exact(50))
    assert max(found.origins("A"), key=REQUIREMENTS.__getitem__) == "entity list"


def test_affiliates_rule_30_and_25_percent_of_a_malaysian_firm_are_caught() -> None:
    built = graph(("entity list", "30%", "A"), ("meu", "25%", "A"), ("MY", "45%", "A"))
    assert built.affected(REQUIREMENTS, as_of=DAY, **BIS)["A"].share == exact(55)
    assert truth(built, BIS, *REQUIREMENTS) is TRUE


def test_affiliates_rule_the_strictest_owner_counts_through_parties_caught_themselves() -> None:
    built = graph(
        ("entity list", "50%", "M"), ("sdn", "50%", "M"), ("M", "40%", "A"), ("meu", "10%", "A"),
        ("Z", "50%", "A"), ("entity list", "49%", "N"), ("N", "50%", "A2"), ("meu", "50%", "A2"),
    )  # fmt: skip
    found = built.affected(REQUIREMENTS, as_of=DAY, **BIS)
    assert found.origins("A") == ("entity list", "meu", "sdn")
    assert (found["N"].truth, found.origins("N")) == (FALSE, ("entity list",))
    assert found.origins("A2") == ("meu",)


def test_affiliates_rule_below_half_and_the_parent_of_a_listed_party_are_not_caught() -> None:
    built = graph(("entity list", "1/3", "A"), ("parent", "100%", "entity list"))
    found = built.affected(["entity list"], as_of=DAY, **BIS)
    assert (found["A"].truth, found["A"].share) == (FALSE, exact(1, 3))
    assert "parent" not in found


def test_affiliates_rule_an_unknown_percentage_is_unknown_until_resolved() -> None:
    built = OwnershipGraph.from_interests([{"owner": "entity list", "owned": "A"}])
    found = built.affected(["entity list"], as_of=DAY, **BIS)
    assert (found["A"].truth, found["A"].share) == (UNKNOWN, Share.unknown())
    assert found.origins("A") == ("entity list",)


def test_affiliates_rule_counts_ownership_and_not_control() -> None:
    assert truth(chaired(), BIS, "X") is FALSE


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(OFAC, TRUE), (EU, TRUE), (EU_BEFORE_2024_07_03, FALSE), (UK, FALSE), (BIS, TRUE)],
)
def test_exactly_half_has_a_different_answer_by_regime(rule: Rule, expected: Truth) -> None:
    assert truth(graph(("X", "50%", "A"), ("Z", "50%", "A")), rule, "X") is expected


@pytest.mark.parametrize(
    ("rule", "expected"), [(OFAC, TRUE), (EU, TRUE), (EU_BEFORE_2024_07_03, TRUE), (UK, FALSE)]
)
def test_two_listed_owners_of_40_percent_without_concert_are_added_but_in_the_uk(
    rule: Rule, expected: Truth
) -> None:
    built = graph(("X", "40%", "A"), ("Y", "40%", "A"), ("Z", "20%", "A"))
    assert truth(built, rule, "X", "Y") is expected


@pytest.mark.parametrize("rule", [EU, EU_BEFORE_2024_07_03, UK])
def test_a_listed_chairman_who_decides_everything_is_caught_where_control_counts(
    rule: Rule,
) -> None:
    assert truth(chaired(), rule, "X") is TRUE


def test_uk_one_listed_owner_acts_with_what_it_controls() -> None:
    built = graph(("X", "60%", "S"), ("S", "30%", "A"), ("X", "25%", "A"), ("Z", "45%", "A"))
    assert truth(built, UK, "X") is TRUE
    assert truth(built, UK, "S") is FALSE


def test_uk_more_than_half_by_band_is_certain_and_up_to_half_is_not() -> None:
    more = band("50%", "75%", exclusive_minimum=True)
    up_to = band("25%", "50%", exclusive_minimum=True)
    assert truth(graph(("X", more, "A")), UK, "X") is TRUE
    assert truth(graph(("X", up_to, "A"), ("Z", "50%", "A")), UK, "X") is FALSE

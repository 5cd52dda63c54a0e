"""What is known of who owns a party: holdings, opacity, diagnoses."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.model.share import Share
from compliance.policies.fact import Fact
from unit.screening.contracts import (
    company,
    edge,
    known,
    told,
)

# --- owners -------------------------------------------------------------------------------------


def test_owners_are_identified_once_somebody_is_stated() -> None:
    assert known("ownership.identified", edge(company("o"), "60%")).value is True
    assert told(known("ownership.identified")) == (None, False, "absent", ("ownership",))


@pytest.mark.parametrize(
    "lessee",
    [{"exchange_listing": "XCSE"}, {"public_body": True}, {"ultimate_parent": company("top")}],
)
def test_a_listing_a_public_body_or_a_stated_parent_explains_owners(lessee: dict[str, Any]) -> None:
    assert known("ownership.identified", lessee=lessee).value is True


def test_an_exception_above_a_stated_owner_leaves_the_top_open() -> None:
    fact = known(
        "ownership.identified",
        edge(company("mid"), "100%"),
        {"owned": "mid", "exception": "NON_PUBLIC"},
    )
    assert told(fact) == (None, False, "unknown", ("ownership",))
    assert fact.note == "mid: NON_PUBLIC"


@pytest.mark.parametrize("status", ["unknown", "refused"])
def test_an_owner_that_does_not_say_its_parent_leaves_the_top_open(status: str) -> None:
    mid = company("mid", ultimate_parent={"status": status})
    fact = known("ownership.identified", edge(mid, "100%"))
    assert told(fact) == (None, False, "unknown", ("ownership",))
    assert fact.note == f"mid: its ultimate parent is {status}"
    assert fact.asks == ("who owns mid Ltd, and who its ultimate parent is",)
    owned = edge(company("top"), "100%", owned="mid")
    assert known("ownership.identified", edge(mid, "100%"), owned).value is True


@pytest.mark.parametrize("status", ["unknown", "refused"])
@pytest.mark.parametrize("owners", [(), (edge(company("top"), "100%"),)])
def test_a_party_that_does_not_say_its_parent_leaves_the_top_open(
    status: str, owners: tuple[Any, ...]
) -> None:
    fact = known("ownership.identified", *owners, lessee={"ultimate_parent": {"status": status}})
    assert told(fact) == (None, False, "unknown", ("ownership",))
    assert fact.note == f"its ultimate parent is {status}"
    assert fact.asks == ("who owns Fjord ApS, and who its ultimate parent is",)


@pytest.mark.parametrize(
    ("shares", "unstated"),
    [(("60%",), "40%"), (("60%", "40%"), 0), (("33%", "33%"), "34%")],
)
def test_what_no_statement_covers_is_unstated(shares: tuple[str, ...], unstated: Any) -> None:
    edges = [edge(company(f"o{n}"), share) for n, share in enumerate(shares)]
    expected = Share.exact(0) if unstated == 0 else Share.parse(unstated)
    assert known("ownership.unstated", *edges).value == expected


def test_a_listed_company_has_no_unstated_owners_to_ask_for() -> None:
    assert known("ownership.unstated", lessee={"exchange_listing": "XCSE"}).value == Share.exact(0)
    assert told(known("ownership.unstated"))[1:] == (False, "absent", ("ownership",))


def test_a_consolidating_owner_without_shares_leaves_the_unstated_part_unknown() -> None:
    fact = known("ownership.unstated", edge(company("top", "CN"), kind="consolidation"))
    assert (fact.known, fact.note) == (False, "no shares are stated")


def holdings(fact: Fact) -> dict[str, tuple[set[str], Share]]:
    return {h.holder: (set(h.countries), h.share) for h in fact.value}


def test_direct_holdings_are_capital_with_the_holders_places() -> None:
    fact = known(
        "ownership.direct",
        edge(company("a", "CN", incorporation="KY"), "30%"),
        edge({"id": "p", "name": "Ada", "kind": "person", "residence": "SG"}, "20%"),
        edge(company("b", "US"), kind="board_appointment", seats=1, of=5),
    )
    assert holdings(fact) == {
        "a Ltd": ({"KY", "CN"}, Share.parse("30%")),
        "Ada": ({"SG"}, Share.parse("20%")),
    }


def test_holdings_of_organizations_are_looked_through_without_natural_persons() -> None:
    fact = known(
        "ownership.organizations",
        edge(company("a", "SG"), "50%"),
        edge(company("top", "CN"), "50%", owned="a"),
        edge({"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}, "50%"),
    )
    assert holdings(fact) == {
        "a Ltd": ({"SG"}, Share.parse("25%")),
        "top Ltd": ({"CN"}, Share.parse("25%")),
    }


def test_what_is_held_through_a_company_is_counted_once_and_at_the_top() -> None:
    fact = known(
        "ownership.organizations",
        edge(company("a", "SG"), "50%"),
        edge(company("top", "CN"), "100%", owned="a"),
    )
    assert holdings(fact)["top Ltd"] == ({"CN"}, Share.parse("50%"))
    assert holdings(fact).get("a Ltd", ({"SG"}, Share.exact(0)))[1] == Share.exact(0)


@pytest.mark.parametrize(
    ("headquarters", "possible"),
    [({"status": "refused"}, None), ({"status": "unknown"}, None), (None, frozenset())],
)
def test_an_owner_that_withholds_its_seat_may_be_led_from_anywhere(
    headquarters: dict[str, str] | None, possible: frozenset[str] | None
) -> None:
    seat = {} if headquarters is None else {"headquarters": headquarters}
    owner = {**company("a", incorporation="SG"), **seat}
    (holding,) = known("ownership.organizations", edge(owner, "100%")).value
    assert (holding.countries, holding.possible) == ({"SG"}, possible)


@pytest.mark.parametrize("field", ["ownership.direct", "ownership.organizations"])
def test_holdings_nobody_stated_are_unknown_and_a_listed_company_has_none(field: str) -> None:
    assert told(known(field)) == (None, False, "absent", ("ownership",))
    listed = known(field, lessee={"exchange_listing": "XCSE"})
    assert (listed.value, listed.text) == ((), "none")


def test_holdings_read_well_in_traces() -> None:
    fact = known("ownership.direct", edge(company("a", "CN"), "30%"), edge(company("b"), "5%"))
    assert (
        fact.text == f"a Ltd {Share.parse('30%')} (CN); b Ltd {Share.parse('5%')} (place unknown)"
    )


def test_the_part_that_nobody_states_may_be_anybodys() -> None:
    fact = known("ownership.organizations", edge(company("a", "CN"), "30%"))
    assert fact.text == f"a Ltd {Share.parse('30%')} (CN); owners nobody stated 70% (place unknown)"
    assert fact.asks == ("a register of members of Fjord ApS that covers its whole capital",)
    person = {"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}
    whole = known("ownership.organizations", edge(company("a", "CN"), "30%"), edge(person, "70%"))
    assert (holdings(whole), whole.asks) == ({"a Ltd": ({"CN"}, Share.parse("30%"))}, ())


def test_holdings_ask_for_each_register_and_each_seat_that_is_open() -> None:
    band = {"minimum": "40%", "maximum": "60%"}
    fact = known(
        "ownership.organizations", edge(company("a", "CN"), band), edge(company("b"), "40%")
    )
    assert fact.asks == (
        (
            "a dated register of members of Fjord ApS with the exact holding of a Ltd "
            "(stated: 40% to 60%)"
        ),
        "where b Ltd is incorporated and led from",
        "a register of members of Fjord ApS that covers its whole capital",
    )
    assert fact.missing == ("ownership",)


def test_shares_by_country_count_organizations_and_never_people() -> None:
    person = {
        "id": "p",
        "name": "Ada",
        "kind": "person",
        "residence": "CN",
        "nationalities": ["CN"],
    }
    fact = known(
        "ownership.shares_by_country",
        edge(company("a", "CN"), "30%"),
        edge(company("b", "SG"), "30%"),
        edge(company("top", "CN"), "50%", owned="b"),
        edge(person, "40%"),
    )
    assert fact.value == {
        "China 45% to 100%",
        "natural persons and unknown 55%",
    }
    every = known(
        "ownership.shares_by_country",
        edge(company("a", "CN"), "30%"),
        edge(company("b", "SG"), "70%"),
    )
    assert every.value == {"China 30%", "Singapore 70%"}
    assert known("ownership.shares_by_country").known is False


CIRCLE = (
    edge(company("x"), "100%"),
    edge(company("y"), "100%", owned="x"),
    edge("x", "100%", owned="y"),
)


@pytest.mark.parametrize(
    ("ownership", "reasons", "who"),
    [
        (({"owned": "lessee", "exception": "NON_PUBLIC"},), {"NON_PUBLIC"}, {"Fjord ApS"}),
        (
            (edge(company("m"), "100%"), {"owned": "m", "exception": "NO_LEI"}),
            {"NO_LEI"},
            {"m Ltd"},
        ),
        ((edge({"id": "o", "kind": "organization"}, "60%"),), {"unnamed_owner"}, {"o"}),
        (CIRCLE, {"ownerless_cycle"}, {"x Ltd, y Ltd"}),
        (
            (edge(company("m"), "100%"), edge(company("k"), "50%", owned="m")),
            {"unstated_majority"},
            {"m Ltd"},
        ),
        ((edge(company("m"), "100%"), edge(company("k"), "51%", owned="m")), set(), set()),
        (
            (edge(company("m"), "40%"), edge(company("k"), "10%", owned="m")),
            {"unstated_majority"},
            {"m Ltd"},
        ),
        ((edge(company("m"), "100%"),), set(), set()),
        ((), set(), set()),
    ],
)
def test_why_nobody_can_tell_who_owns_it(
    ownership: tuple[dict[str, Any], ...], reasons: set[str], who: set[str]
) -> None:
    assert known("ownership.opaque", *ownership).value == reasons
    assert known("ownership.opaque.who", *ownership).value == who


def test_a_listed_company_is_not_opaque() -> None:
    lessee = {"exchange_listing": "XCSE"}
    exception = {"owned": "lessee", "exception": "NO_KNOWN_PERSON"}
    assert known("ownership.opaque", exception, lessee=lessee).value == frozenset()


def test_what_is_wrong_in_the_statements_above_it_is_told_and_nothing_else() -> None:
    other = edge(company("z"), "100%", owned="elsewhere")
    fact = known(
        "ownership.diagnoses",
        edge(company("a"), "30%"),
        edge("a", "40%"),
        other,
        edge("a", "80%", owned="elsewhere"),
        payers=[{"id": "elsewhere", "name": "Elsewhere Ltd"}],
    )
    assert fact.value == {"contradiction"}
    assert fact.note == "a Ltd in Fjord ApS (shareholding): 30% and 40% are stated for the same day"
    assert known("ownership.diagnoses").value == frozenset()


def test_shares_of_two_classes_are_no_contradiction() -> None:
    classes = (edge(company("a"), "30%", share_class="A"), edge("a", "40%", share_class="B"))
    assert known("ownership.diagnoses", *classes).value == {"several_classes"}

"""How much listed owners hold looked through, and how licenses for what they own are reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance.model.share import Share
from compliance.policies.fact import Fact
from screeners import consulting_only
from unit.screening.contracts import (
    ALMOST,
    LISTED,
    company,
    edge,
    known,
    listed_on,
    listing,
    watchlist,
)

AFFILIATES = date(2025, 9, 29)  # the day from which owners on US lists counted


# --- the most restrictive of the owners' reviews ------------------------------------------------

OTHER = "Quorbix Antimatter Works"
DENIAL, CASES = "Presumption of denial", "Case-by-case basis"


def reviewed(*rows: dict[str, Any], shares: tuple[str, ...] = ("30%", "30%")) -> tuple[Fact, Fact]:
    """The policy and the policies of owners on the Entity List with these rows."""
    names = (LISTED, OTHER)
    lists = [
        watchlist("bis-entity-list", *({"name": n, **r} for n, r in zip(names, rows, strict=True)))
    ]
    know = consulting_only(lists).knowledge
    owners = [
        edge(company(f"o{n}", name=name), share)
        for n, (name, share) in enumerate(zip(names, shares, strict=True))
    ]
    one, every = (
        known(f"ownership.{field}", *owners, as_of=AFFILIATES, know=know)
        for field in ("license_policy", "license_policies")
    )
    return one, every


def test_the_most_restrictive_license_policy_among_the_owners_follows() -> None:
    one, every = reviewed({"license_policy": CASES}, {"license_policy": DENIAL})
    assert one.value == "presumption_of_denial"
    assert every.value == {f"{LISTED}: {CASES}", f"{OTHER}: {DENIAL}"}


def test_a_text_that_names_two_policies_is_read_as_the_more_restrictive() -> None:
    both = "Presumption of denial for items at advanced nodes; case by case for all other items"
    one, _ = reviewed({"license_policy": CASES}, {"license_policy": both})
    assert one.value == "presumption_of_denial"


def test_an_owner_whose_listing_is_silent_may_be_reviewed_more_strictly() -> None:
    one, every = reviewed({"license_policy": DENIAL}, {})
    assert one.known is False
    assert one.possible == {"policy_of_denial", "presumption_of_denial"}
    assert every.value == {f"{LISTED}: {DENIAL}", f"{OTHER}: not told by its listing"}


def test_without_a_listed_owner_who_counts_there_is_no_license_policy() -> None:
    one, every = reviewed(
        {"license_policy": CASES}, {"license_policy": DENIAL}, shares=("20%", "20%")
    )
    assert (one.known, one.possible, every.value) == (False, frozenset(), frozenset())


def test_an_owner_on_the_military_end_user_list_is_reviewed_as_its_list_is() -> None:
    know = listed_on("bis-meu")
    owner = edge(company("bad", name=LISTED), "60%")
    fact = known("ownership.license_policy", owner, as_of=AFFILIATES, know=know)
    assert fact.value == "presumption_of_denial"


# --- looked through -----------------------------------------------------------------------------

THROUGH = "ownership.listed_share_looked_through"
BAD = company("bad", "CN", name=LISTED)


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ((edge(company("m"), "100%"), edge(BAD, "49.9%", owned="m")), "49.9%"),
        ((edge(company("m"), "40%"), edge(BAD, "30%", owned="m")), "12%"),
        ((edge(company("m"), "40%"), edge(BAD, "30%", owned="m"), edge("bad", "5%")), "17%"),
        ((edge(company("m"), "40%"),), "0%"),
        ((), "0%"),
    ],
)
def test_what_listed_parties_hold_looked_through_is_multiplied_and_added(
    rows: tuple[dict[str, Any], ...], share: str
) -> None:
    fact = known(THROUGH, *rows, know=listing())
    assert (fact.value, fact.asks) == (Share.parse(share), ())


def test_what_a_listed_party_holds_through_a_listed_one_counts_once() -> None:
    both = watchlist("ofac-sdn", {"name": LISTED}, {"name": "Vexmora Orbital Works"})
    two = consulting_only([both]).knowledge
    lower = company("lower", "CN", name="Vexmora Orbital Works")
    rows = [edge(lower, "30%"), edge(BAD, "100%", owned="lower"), edge("bad", "10%")]
    assert known(THROUGH, *rows, know=two).value == Share.parse("40%")


def test_a_band_looked_through_asks_for_its_register() -> None:
    band = {"minimum": "5%", "maximum": "25%"}
    rows = [edge(company("m"), "80%"), edge(BAD, band, owned="m")]
    fact = known(THROUGH, *rows, edge(company("o"), "85%", owned="m"), know=listing())
    assert fact.value == Share.parse({"minimum": "4%", "maximum": "12%"})
    assert fact.asks == (
        (
            f"a dated register of members of m Ltd with the exact holding of {LISTED} "
            "(stated: 5% to 25%)"
        ),
    )


def test_an_owner_that_may_be_the_listed_one_raises_the_upper_end_alone() -> None:
    almost = company("almost", "CN", name=ALMOST)
    fact = known(
        THROUGH, edge(company("m"), "100%"), edge(almost, "30%", owned="m"), know=listing()
    )
    assert fact.value == Share.parse({"minimum": "0%", "maximum": "30%"})
    assert len(fact.asks) == 1
    assert fact.asks[0].endswith(f"that it is the listed {LISTED}")
    assert fact.missing == ("ownership",)

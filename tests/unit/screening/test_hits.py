"""Hits of a party: names moved by what else is known, numbers, and what is taken as listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from compliance import names
from compliance.model import Truth
from compliance.screening.facts.hits import PartyHit
from compliance.screening.knowledge import Knowledge
from compliance.watchlists import Hit, Listing, Watchlist
from screeners import consulting_only
from unit.screening.contracts import DAY, of_lessee, subjects, watchlist

COMPANY, PERSON = "Zorblatt Quantum Foundry", "Ilse Brandmoor"
LEI = "529900T8BM49AURSDO55"
ROWS: list[dict[str, Any]] = [
    {
        "name": COMPANY,
        "aliases": ["Zorblatt Foundry of Tomorrow"],
        "weak_aliases": ["Blue Lantern"],
        "kind": "organization",
        "countries": ["RU"],
        "identifiers": [
            {"scheme": "lei", "value": LEI},
            {"scheme": "inn", "value": "7707083893"},
            {"scheme": "wallet", "value": "0x2f389ce8bd8ff92de3402ffce4691d17fc4f6535"},
        ],
    },
    {
        "name": PERSON,
        "kind": "person",
        "birth_dates": ["1970-05-17"],
        "nationalities": ["IR"],
        "identifiers": [{"scheme": "passport", "value": "X1234567"}],
        "remarks": "Passport X1234567 (Iran)",
    },
    {"name": "Vessel Gundola", "kind": "vessel",
     "identifiers": [{"scheme": "imo", "value": "9074729"}]},
    {"name": "Kessel Werk", "kind": "organization", "countries": ["DE"],
     "identifiers": [{"scheme": "registration", "value": "HRB 4711-99"}]},
]  # fmt: skip


def lists() -> list[Watchlist]:
    return [watchlist("ofac-sdn", *ROWS)]


@cache
def know() -> Knowledge:
    return consulting_only(lists()).knowledge


def hits(known: Knowledge | None = None, **party: Any) -> tuple[PartyHit, ...]:
    lessee = {"id": "lessee", "name": "Fjord ApS", **party}
    return subjects(DAY, known or know(), lessee=lessee).lessee.hits


def hit(**party: Any) -> PartyHit:
    (found,) = hits(**party)
    return found


def told(found: PartyHit) -> tuple[str, str, bool]:
    """How it was found, how strong it is, and whether it is taken as the listed party."""
    return found.by, found.strength, found.listed


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [COMPANY, PERSON])
def test_an_equal_name_alone_is_taken_as_the_listed_party(name: str) -> None:
    found = hit(name=name)
    assert (found.matched, found.score, found.listed) == (name, 1.0, True)
    assert found.in_force is Truth.TRUE
    assert found.certain


def test_an_ordinary_name_without_numbers_is_no_hit() -> None:
    assert hits() == ()


def test_names_and_aliases_of_both_sides_are_one_hit_by_the_closest() -> None:
    found = hit(name="Zorblatt Foundry", aliases=["zorblatt foundry of tomorrow", COMPANY])
    assert (found.asked, found.score) == ("zorblatt foundry of tomorrow", 1.0)
    assert found.matched == "Zorblatt Foundry of Tomorrow"
    assert found.alignment is not None
    assert [pair.similarity for pair in found.alignment.pairs] == [1.0] * len(found.alignment.pairs)


def test_equal_names_of_two_entries_stay_two_hits() -> None:
    twins = [
        watchlist("a", {"name": COMPANY}, {"name": COMPANY}),
        watchlist("b", {"name": COMPANY}),
    ]
    found = hits(consulting_only(twins).knowledge, name=COMPANY)
    assert [set(h.keys) for h in found] == [{("a", "a-0")}, {("a", "a-1")}, {("b", "b-0")}]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": "organization"}, "kind conflicts (-0.1): organization; listed: person"),
        (
            {"birth_date": "1991-01-02"},
            "birth date conflicts (-0.12): born 1991-01-02, listed as born 1970-05-17",
        ),
        (
            {"birth_date": "1970-05-18"},
            "birth date conflicts (-0.06): born 1970-05-18, listed as born 1970-05-17",
        ),
        (
            {"nationalities": ["FI"], "birth_date": "1970-05"},
            "nationality conflicts (-0.03): FI; listed: IR",
        ),
    ],
)
def test_what_speaks_against_an_equal_name_leaves_it_to_a_person_and_says_why(
    said: dict[str, Any], reason: str
) -> None:
    found = hit(name=PERSON, **said)
    assert reason in found.reasons
    assert found.score >= names.REVIEW_THRESHOLD
    assert found.listed is ("birth date" not in reason and "kind" not in reason)


def test_another_country_alone_does_not_take_an_equal_company_off_the_list() -> None:
    found = hit(name=COMPANY, incorporation="NZ")
    assert found.listed
    assert "country conflicts (-0.03): NZ; listed: RU" in found.reasons


def test_the_day_of_birth_makes_a_person_certain() -> None:
    assert told(hit(name=PERSON, birth_date="1970-05-17")) == ("name", "certain", True)


def test_what_only_the_list_knows_is_asked_for_in_the_reasons() -> None:
    reasons = hit(name=PERSON).reasons
    assert "birth date of the customer is not known; the list gives one" in reasons


def test_a_weak_alias_is_never_listed_by_itself_and_says_so() -> None:
    for more in ({}, {"incorporation": "RU", "kind": "organization"}):
        found = hit(name="Blue Lantern", **more)
        assert (found.weak, found.strength, found.listed) == (True, "review", False)
        assert found.reasons[0].startswith("the publisher calls this name weak")


def test_a_weak_alias_is_not_listed_where_certainty_is_set_lower_either() -> None:
    settings = know().settings.model_copy(update={"name_certainty": Decimal("0.5")})
    (found,) = hits(replace(know(), settings=settings), name="Blue Lantern")
    assert not found.listed


class FixedIndex:
    """An index that answers as a test says."""

    def __init__(self, found: dict[str, Hit]) -> None:
        self.found = found

    def search(self, name: str, kind: str) -> tuple[Hit, ...]:
        return (self.found[name],) if name in self.found else ()


def test_a_weak_alias_that_is_closer_takes_nothing_from_the_listed_name() -> None:
    text = "12 Lindenallee, Room 5, Ultima, Germany"
    listing = Listing("1", "ofac-sdn", COMPANY, countries=("DE",), addresses=(text,))
    index: Any = FixedIndex(
        {
            "Zorblatt": Hit(listing, COMPANY, 0.93, COMPANY),
            "Lantern": Hit(listing, "Blue Lantern", 0.94, "Blue Lantern", weak=True),
        }
    )
    known = replace(know(), index=index)
    party = {"name": "Zorblatt", "addresses": [{"text": text}], "incorporation": "DE"}
    (alone,) = hits(known, **party)
    (beside,) = hits(known, **party, aliases=["Lantern"])
    assert alone == beside
    assert told(alone) == ("name", "certain", True)
    (weak,) = hits(known, **{**party, "name": "Lantern"})
    assert told(weak) == ("name", "review", False)


def test_a_weak_alias_with_the_listed_number_is_listed() -> None:
    found = hit(name="Blue Lantern", identifiers=[{"scheme": "lei", "value": LEI}])
    assert told(found) == ("name and number", "certain", True)


def test_a_kind_that_other_facts_show_takes_no_hit_away() -> None:
    bare = hits(name=COMPANY)
    with_birth = hits(name=COMPANY, birth_date="1970-05-17")
    assert {h.keys for h in bare} <= {h.keys for h in with_birth}


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "more"),
    [
        ({"scheme": "lei", "value": LEI.lower()}, {}),
        ({"scheme": "inn", "value": "7707 083893"}, {}),
        ({"scheme": "imo", "value": "IMO 9074729"}, {}),
        ({"scheme": "wallet", "value": "0x2F389CE8BD8FF92DE3402FFCE4691D17FC4F6535"}, {}),
        ({"scheme": "passport", "value": "x-123 4567", "country": "Iran"}, {}),
        ({"scheme": "registration", "value": "HRB 4711-99"}, {"incorporation": "DE"}),
        ({"scheme": "registration", "value": "HRB 4711-99", "country": "Germany"}, {}),
    ],
)
def test_a_listed_number_is_a_certain_hit_whatever_the_name(
    number: dict[str, str], more: dict[str, Any]
) -> None:
    found = hit(identifiers=[number], **more)
    assert told(found) == ("number", "certain", True)
    assert (found.score, found.asked, found.alignment) == (1.0, number["value"], None)
    assert found.reasons[0].startswith("the same number, ")
    assert of_lessee("listed_under", DAY, know(), identifiers=[number], **more).value == {"us.sdn"}


@pytest.mark.parametrize(
    ("number", "more", "reason"),
    [
        (
            {"scheme": "passport", "value": "X1234567"},
            {},
            "the country that issued it is not known",
        ),
        (
            {"scheme": "passport", "value": "X1234567"},
            {"nationalities": ["IR"], "kind": "person"},
            "the country that issued it is not known",
        ),
        (
            {"scheme": "passport", "value": "X1234567"},
            {"incorporation": "IR"},
            "the country that issued it is not known",
        ),
        (
            {"scheme": "passport", "value": "X1234567", "country": "TR"},
            {},
            "stated as issued by TR; the listed number is not known to be of the country that",
        ),
        (
            {"scheme": "registration", "value": "HRB 4711-99"},
            {"incorporation": "NZ"},
            "taken as issued by NZ; the listed number is not known to be of the country that",
        ),
    ],
)
def test_a_listed_number_of_an_issuer_not_known_is_possible(
    number: dict[str, str], more: dict[str, Any], reason: str
) -> None:
    found = hit(identifiers=[number], **more)
    assert told(found) == ("number", "review", False)
    assert reason in found.reasons[0]
    possible = of_lessee("possibly_listed_under", DAY, know(), identifiers=[number], **more)
    assert possible.value == {"us.sdn"}


@pytest.mark.parametrize("number", [LEI[:-1] + "6", "0x2f389ce8bd8ff92de3402ffce4691d17fc4f6536"])
def test_another_number_is_no_hit(number: str) -> None:
    schemes = ("lei", "wallet")
    assert hits(identifiers=[{"scheme": scheme, "value": number} for scheme in schemes]) == ()


def test_a_party_whose_name_is_an_address_is_found_whatever_its_kind_says() -> None:
    address = "0x2F389CE8BD8FF92DE3402FFCE4691D17FC4F6535"
    for kind in ("wallet", "unknown", "organization"):
        assert told(hit(kind=kind, name=address)) == ("number", "certain", True)


def test_a_party_that_is_a_wallet_is_found_by_its_name() -> None:
    found = hit(kind="wallet", name="eip155:137:0x2F389CE8BD8FF92DE3402FFCE4691D17FC4F6535")
    assert told(found) == ("number", "certain", True)


def test_a_listed_number_identifies_a_party_without_a_name() -> None:
    party = {"name": None, "identifiers": [{"scheme": "lei", "value": LEI}]}
    fact = of_lessee("listed_under", DAY, know(), **party)
    assert (fact.value, fact.known) == ({"us.sdn"}, True)


def test_a_doubtful_number_does_not_identify_it() -> None:
    party = {"name": None, "identifiers": [{"scheme": "passport", "value": "X1234567"}]}
    fact = of_lessee("listed_under", DAY, know(), **party)
    assert (fact.value, fact.known, fact.missing) == (frozenset(), False, ("lessee.name",))


def test_a_listing_that_has_ended_is_no_hit_by_number_either() -> None:
    row = {**ROWS[0], "listed_on": date(2024, 1, 1), "delisted_on": date(2024, 3, 1)}
    known = consulting_only([watchlist("ofac-sdn", row)]).knowledge
    number = [{"scheme": "lei", "value": LEI}]
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1))
    seen = [
        len(subjects(day, known, lessee={"name": "Fjord ApS", "identifiers": number}).lessee.hits)
        for day in days
    ]
    assert seen == [0, 1, 1, 0]

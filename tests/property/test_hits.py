"""More known of a party never takes a hit away, and never makes a decision with a hit clear."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance import Contract, Outcome, Screener
from compliance.model import Decision
from compliance.screening.facts import Subjects
from compliance.screening.policy_tests import bases
from compliance.tables.embedded import rules_path
from compliance.watchlists import from_rows
from sampling import examples
from screeners import consulting_only

DAY = date(2026, 11, 24)
REMOTE = bases(rules_path())["remote"]
COMPANY, PERSON, WEAK = "Zorblatt Quantum Foundry", "Ilse Brandmoor", "Blue Lantern"
LEI, OTHER_LEI = "529900T8BM49AURSDO55", "213800KUD8LAJWSQ9D15"
ROWS: list[dict[str, Any]] = [
    {
        "id": "company", "name": COMPANY, "weak_aliases": [WEAK], "kind": "organization",
        "countries": ["RU"], "addresses": ["12 Lindenallee, Room 5, Ultima, Germany"],
        "identifiers": [{"scheme": "lei", "value": LEI}, {"scheme": "tax", "value": "7707083893"}],
    },
    {
        "id": "person", "name": PERSON, "kind": "person", "birth_dates": ["1970-05-17"],
        "nationalities": ["IR"], "countries": ["IR"], "remarks": "Passport X1234567 (Iran)",
        "identifiers": [{"scheme": "passport", "value": "X1234567"}],
    },
    {"id": "bare", "name": "Kessel Werk"},
]  # fmt: skip
LISTS = ("ofac-sdn", "bis-entity-list", "state-debarred", "dow-1286", "own")

NAMES = st.sampled_from(
    [COMPANY, "Zorblat Quantum Foundry", "Foundry Zorblatt", PERSON, "Ilse Brandmohr", WEAK,
     "Kessel Werk", "Kesel Werk", "Havblik Drift ApS"]
)  # fmt: skip
NUMBERS = st.sampled_from(
    [("lei", LEI), ("lei", OTHER_LEI), ("tax", "7707083893"), ("registration", "7707083893"),
     ("passport", "X1234567"), ("passport", "X7654321")]
)  # fmt: skip
COUNTRIES = st.sampled_from(["DK", "RU", "IR", "DE", "Atlantis"])
ADDRESSES = st.sampled_from(["12 Lindenallee, Room 5, Ultima", "12 Lindenallee, Ultima", "1 Quay"])
MORE = st.fixed_dictionaries(
    {},
    optional={
        "birth_date": st.sampled_from([date(1970, 5, 17), date(1970, 5, 1), date(1999, 1, 1)]),
        "nationalities": st.lists(COUNTRIES, min_size=1, max_size=2),
        "incorporation": COUNTRIES,
        "headquarters": COUNTRIES,
        "residence": COUNTRIES,
        "incorporated_on": st.just(date(2001, 2, 3)),
        "aliases": st.lists(NAMES, min_size=1, max_size=2),
        "addresses": st.lists(
            st.builds(
                lambda text, country: {"text": text, "country": country}, ADDRESSES, COUNTRIES
            ),
            min_size=1,
            max_size=2,
        ),
        "identifiers": st.lists(
            st.builds(lambda number: dict(zip(("scheme", "value"), number, strict=True)), NUMBERS),
            min_size=1,
            max_size=2,
        ),
    },
)
PARTIES = st.builds(lambda name, facts: {"id": "x", "name": name, **facts}, NAMES, MORE)


@cache
def screener() -> Screener:
    return consulting_only([from_rows(ROWS, id=list_id) for list_id in LISTS])


def contract(party: dict[str, Any]) -> dict[str, Any]:
    return {**REMOTE, "end_users": ["lessee", party]}


def hits(party: dict[str, Any]) -> set[tuple[str, str]]:
    subjects = Subjects(Contract.read(contract(party)), screener().knowledge, DAY)
    return {key for hit in subjects.parties["x"].hits for key in hit.keys}


def decided(party: dict[str, Any]) -> Decision:
    return screener().screen(contract(party), DAY)


def resting_on_lists(decision: Decision) -> bool:
    """Whether some open flag that decides rests on an entry of a list."""
    return any(flag.decides and flag.matches for flag in decision.flags)


def with_more(party: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The party with what was not said of it before; lists grow, single facts stay."""
    grown = {**more, **party}
    for key in ("aliases", "addresses", "identifiers", "nationalities"):
        if key in party and key in more:
            grown[key] = [*party[key], *(value for value in more[key] if value not in party[key])]
    return grown


@settings(max_examples=examples(400))
@example({"id": "x", "name": COMPANY}, {"birth_date": date(1999, 1, 1)})
@example({"id": "x", "name": PERSON}, {"incorporation": "DK", "incorporated_on": date(2001, 2, 3)})
@example({"id": "x", "name": "Havblik", "identifiers": [{"scheme": "tax", "value": "7707083893"}]},
         {"incorporation": "DK"})  # fmt: skip
@given(PARTIES, MORE)
def test_more_known_of_a_party_takes_no_hit_away_and_clears_no_decision(
    party: dict[str, Any], more: dict[str, Any]
) -> None:
    grown = with_more(party, more)
    assert hits(party) <= hits(grown)
    before, after = decided(party), decided(grown)
    if resting_on_lists(before):
        assert resting_on_lists(after)
        assert after.outcome > Outcome.CLEAR


@settings(max_examples=examples(200))
@given(PARTIES, COUNTRIES)
def test_an_issuer_stated_for_a_number_takes_no_hit_away(
    party: dict[str, Any], country: str
) -> None:
    numbers = [{**number, "country": country} for number in party.get("identifiers", ())]
    grown = {**party, "identifiers": numbers}
    assert hits(party) <= hits(grown)
    if resting_on_lists(decided(party)):
        assert resting_on_lists(decided(grown))


@settings(max_examples=examples(200))
@given(PARTIES, NAMES)
def test_the_order_of_what_is_known_changes_no_decision(party: dict[str, Any], alias: str) -> None:
    one = {**party, "aliases": [*party.get("aliases", ()), alias]}
    other = dict(one)
    for key in ("aliases", "addresses", "identifiers", "nationalities"):
        if key in one:
            other[key] = list(reversed(one[key]))
    first, second = decided(one), decided(other)
    assert first.outcome is second.outcome
    assert [(f.policy_id, f.outcome, f.truth) for f in first.flags] == [
        (f.policy_id, f.outcome, f.truth) for f in second.flags
    ]


@settings(max_examples=examples(200))
@given(PARTIES)
def test_a_hit_on_a_list_that_may_bar_a_rental_is_never_clear(party: dict[str, Any]) -> None:
    barring = {(a, b) for a, b in hits(party) if a not in ("state-debarred", "dow-1286")}
    if barring:
        assert decided(party).outcome > Outcome.CLEAR

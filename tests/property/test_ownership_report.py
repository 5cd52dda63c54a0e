"""The ownership report says of each regime what the policy of that regime says in screening."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import Contract, Screener
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Interest
from compliance.ownership.readers import ReportingException, StatedParty, Statements
from compliance.screening.facts import Subjects
from compliance.screening.ownership_report import OwnershipReport, ownership_report
from sampling import examples
from unit.screening.contracts import ALMOST, LISTED, watchlist

DAY = date(2025, 10, 15)  # every regime is in force
IDS = "ABCDEF"
NAMES = {
    LISTED: ("ofac-sdn", "SDGT"),
    "Kvistholm Marine Salvage": ("ofac-sdn", "CUBA"),
    "Perlhuhn Feinmechanik Werke": ("eu-fsf", ""),
    "Thistledown Quarry Aggregates": ("uk-ofsi", ""),
    "Orchid Vale Microelectronics": ("bis-entity-list", ""),
}
SHARES = st.sampled_from(
    [
        *(Share.parse(text) for text in ("10%", "25%", "0.4", "50%", "60%", "100%")),
        Share.parse({"minimum": "40%", "maximum": "60%"}),
        Share.parse({"minimum": "50%", "maximum": "75%", "exclusive_minimum": True}),
        Share.parse({"minimum": "0%", "maximum": "30%"}),
        None,
    ]
)
KINDS = st.sampled_from(
    ["shareholding"] * 5 + ["voting_rights", "agreement", "consolidation", "other"]
)
PLACES: list[dict[str, Any]] = [
    {"kind": "organization", "incorporation": "SG", "headquarters": "SG"},
    {"incorporation": "SG"},  # an organization, as this shows
    {"kind": "person", "residence": "SG"},
    {"residence": "SG"},  # a person, as this shows
    {"kind": "public_body"},
    {},
]
Edge = dict[str, Any]
Case = tuple[dict[str, dict[str, Any]], list[Edge], list[str]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Parties by id, interests between them, and the parties that report an exception."""
    names = st.sampled_from([*NAMES, ALMOST, None, *["own"] * 6])
    parties = {}
    for party in IDS:
        place = draw(st.sampled_from(PLACES))
        name = draw(names)
        said = {"name": f"Fjordlys Biologi {party}" if name == "own" else name}
        parties[party] = {**place, **(said if said["name"] or party == "A" else {})}
    found: list[Edge] = []
    for owned in IDS:
        left = Fraction(1)
        for owner in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=3)):
            share, kind = draw(SHARES), draw(KINDS)
            least = Fraction(0) if share is None else share.minimum
            if kind in ("agreement", "consolidation", "other"):
                share = None
            elif least > left:
                continue
            else:
                left -= least
            since, until = draw(st.sampled_from([(None, None)] * 4 + [(DAY, None), (None, DAY)]))
            found.append(
                {"owner": owner, "owned": owned, "share": share, "kind": kind, "since": since,
                 "until": until}
            )  # fmt: skip
    return parties, found, draw(st.lists(st.sampled_from(IDS), unique=True, max_size=1))


@cache
def screener() -> Screener:
    """The shipped rules with lists of these names only."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for name, (list_id, programme) in NAMES.items():
        row = {"name": name, "kind": "organization", "programmes": [programme]}
        lists.setdefault(list_id, []).append(row if programme else {**row, "programmes": []})
    return Screener.load(
        watchlists=[watchlist(key, *rows) for key, rows in lists.items()], embedded=False
    )


def contract(case: Case) -> Contract:
    """Hardware delivered to A at sites that bind the provider by every law."""
    stated, edges, exceptions = case
    parties = {
        key: {
            "id": key,
            "kind": "unknown",
            "public_body": said.get("kind") == "public_body",
            **said,
        }
        for key, said in stated.items()
    }
    item = {"chip": "H100 SXM5", "count": 8, "access": "delivery"}
    ownership = []
    for edge in edges:
        said = {key: value for key, value in edge.items() if value is not None}
        said |= {"owner": parties[edge["owner"]], "owned": parties[edge["owned"]]}
        ownership.append({"from" if key == "since" else key: said[key] for key in said})
    ownership += [{"owned": parties[key], "exception": "NO_KNOWN_PERSON"} for key in exceptions]
    return Contract.read(
        {
            "id": "C-1",
            "provider": {"name": "Bluewattle Cloud", "incorporation": "US", "headquarters": "US"},
            "lessee": parties["A"],
            "end_users": ["A"],
            "consignees": ["A"],
            "items": [{**item, "site": {"country": country}} for country in ("US", "DE", "GB")],
            "ownership": ownership,
        }
    )


def report(case: Case) -> OwnershipReport:
    """The report on A, of files that state the same."""
    stated, edges, exceptions = case
    statements = Statements(
        MappingProxyType({key: StatedParty(key, **said) for key, said in stated.items()}),
        tuple(
            Interest(**{**edge, "share": edge["share"] or Share.unknown()}) for edge in edges
        ),
        tuple(ReportingException(key, "NO_KNOWN_PERSON") for key in exceptions),
        (), (), (),
    )  # fmt: skip
    found = screener()
    return ownership_report(
        statements, "A", as_of=DAY, know=found.knowledge, policies=found.policies
    )


@settings(deadline=None, max_examples=examples(100))
@given(cases())
def test_a_regime_is_answered_as_its_policy_answers(case: Case) -> None:
    decision = screener().screen(contract(case), as_of=DAY)
    by_policy = {line.id: line.truth for line in decision.coverage.policies}
    told = report(case)
    assert len(told.regimes) == len(screener().knowledge.regimes)
    for regime in told.regimes:
        assert regime.by_owners is by_policy[regime.regime.policy], regime.regime.id
    majority = next(found for found in told.regimes if found.regime.id == "listed-majority")
    for flag in decision.flags:
        if flag.policy_id == "house.listed-majority-owner":
            assert f"listed parties hold in sum: {majority.share}. " in flag.message


@settings(deadline=None, max_examples=examples(100))
@given(cases())
def test_owners_and_parents_are_those_that_the_facts_of_policies_tell(case: Case) -> None:
    subjects = Subjects(contract(case), screener().knowledge, DAY)
    lessee, told = subjects.lessee, report(case)
    assert {r.regime.id for r in told.regimes if r.by_owners is Truth.TRUE} == set(
        lessee["ownership.affected_under"].value
    )
    assert {r.regime.id for r in told.regimes if r.by_owners is Truth.UNKNOWN} == set(
        lessee["ownership.affected_under"].possible
    )
    asked = {ask for r in told.regimes if r.by_owners is Truth.UNKNOWN for ask in r.asks}
    assert asked >= set(lessee["ownership.affected_under"].asks)
    known = lessee["ultimate_parents.identified"].known
    assert known is (told.parents.truth is not Truth.UNKNOWN)
    names = {told.stated(p.party).name or p.party for p in told.parents.parents}
    fact = lessee["ultimate_parents.names"]
    assert names == {*(fact.value or ()), *fact.possible}

"""Statements that are wrong, odd or many: clear errors, and an answer to every question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from compliance.errors import OwnershipError, UnknownNameError
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Interest, OwnershipGraph
from compliance.ownership.data_quality import diagnose
from compliance.ownership.readers import StatedParty, Statements
from compliance.ownership.readers.statements import ReportingException
from sampling import size
from unit.ownership.graphs import band, exact, graph, interval


def faults(**statement: object) -> list[str]:
    with pytest.raises(OwnershipError) as caught:
        OwnershipGraph.from_interests([{"owner": "X", "owned": "A", **statement}])
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            {"share": "-5%"},
            'ownership.0.share: a share is "51%", 0.51, "35/47" or an interval, not \'-5%\'',
        ),
        (
            {"share": Fraction(-1, 20)},
            "ownership.0.share: a share lies between 0 and 100%",
        ),
        (
            {"share": "101%"},
            "ownership.0.share: a share lies between 0 and 100%",
        ),
        (
            {"share": band("60%", "40%")},
            "ownership.0.share: minimum 3/5 is above maximum 2/5",
        ),
        (
            {"from": "2024-02-01", "until": "2024-01-01"},
            "ownership.0.until: 2024-01-01 is not after from, 2024-02-01",
        ),
        (
            {"from": "2024-02-30"},
            "ownership.0.from: a day written as 2024-06-15, not '2024-02-30'",
        ),
        (
            {"kind": ["shareholding"]},
            (
                "ownership.0.kind: unknown kind ['shareholding']; known: agreement, "
                "board_appointment, consolidation, other, shareholding, voting_rights"
            ),
        ),
        (
            {"share_class": 7},
            "ownership.0.share_class: the name of a class of shares, not 7",
        ),
        (
            {"share_class": "A", "kind": "voting_rights"},
            "ownership.0.share_class: classes are of shareholdings, not of voting_rights",
        ),
    ],
)
def test_a_statement_that_cannot_hold_is_refused_with_its_place(
    statement: dict[str, object], message: str
) -> None:
    assert faults(**statement) == [message]


def test_every_fault_of_every_statement_is_told_at_once() -> None:
    with pytest.raises(OwnershipError) as caught:
        OwnershipGraph.from_interests(
            [
                {"owner": "X", "owned": "A", "share": "51%"},
                {"owner": "", "owned": "A", "share": "51"},
                7,  # type: ignore[list-item]
            ]
        )
    assert [problem.path for problem in caught.value.problems] == [
        "ownership.1.owner",
        "ownership.1.share",
        "ownership.2",
    ]


ABOUT: dict[str, Callable[[OwnershipGraph, str], object]] = {
    "controlled_by": lambda g, party: g.controlled_by(party, as_of=None),
    "exceptions": lambda g, party: g.exceptions(party),
    "look_through": lambda g, party: g.look_through(party, as_of=None),
    "nationality_shares": lambda g, party: g.nationality_shares(
        party, by="nationality", countries={}, as_of=None
    ),
    "owned_by": lambda g, party: g.owned_by(party, as_of=None),
    "owners": lambda g, party: g.owners(party, as_of=None),
    "share as owned": lambda g, party: g.share("X", party, as_of=None),
    "share as owner": lambda g, party: g.share(party, "X", as_of=None),
    "ultimate_parents": lambda g, party: g.ultimate_parents(party, as_of=None),
    "unstated": lambda g, party: g.unstated(party, as_of=None),
}


@pytest.mark.parametrize("ask", ABOUT.values(), ids=ABOUT)
def test_every_question_about_a_party_that_nobody_names_is_refused_alike(
    ask: Callable[[OwnershipGraph, str], object],
) -> None:
    built = graph(("X", "60%", "ACME Holding Ltd"), ("X", "60%", "ACME Holdings Ltd"))
    with pytest.raises(UnknownNameError) as caught:
        ask(built, "ACME Holdin Ltd")
    assert str(caught.value) == (
        "no interest names the party 'ACME Holdin Ltd' "
        "(did you mean 'ACME Holding Ltd' or 'ACME Holdings Ltd'?)"
    )
    with pytest.raises(UnknownNameError) as caught:
        ask(built, "Z")
    assert str(caught.value) == "no interest names the party 'Z'"


def test_both_unknown_parties_of_a_share_are_named() -> None:
    with pytest.raises(UnknownNameError) as caught:
        graph(("X", "60%", "A")).share("Y", "Z", as_of=None)
    assert [problem.message for problem in caught.value.problems] == [
        "no interest names the party 'Y'",
        "no interest names the party 'Z'",
    ]


@pytest.mark.parametrize("ask", ABOUT.values(), ids=ABOUT)
def test_every_question_may_be_asked_about_a_given_party_of_which_nothing_is_stated(
    ask: Callable[[OwnershipGraph, str], object],
) -> None:
    named = graph(("X", "60%", "A"), parties=["Z"])
    assert named.parties == {"A", "X", "Z"}
    ask(named, "Z")


def test_a_given_party_of_which_nothing_is_stated_is_wholly_unstated() -> None:
    built = graph(("X", "60%", "A"), parties=["Z"])
    assert built.share("X", "Z", as_of=None) == exact(0)
    assert built.controlled_by("Z", as_of=None) == {}
    found = built.ultimate_parents("Z", as_of=None)
    assert (found.truth, found.reason) == (Truth.UNKNOWN, "no owner of Z is stated")
    assert built.unstated("Z", as_of=None) == exact(100)
    assert built.owners("Z", as_of=None) == built.owned_by("Z", as_of=None) == ()


def test_listed_parties_need_not_be_known() -> None:
    built = graph(("X", "60%", "A"))
    assert dict(built.affected([], as_of=None)) == {}
    assert list(built.affected(["Z"], as_of=None)) == ["Z"]


def test_the_parties_of_files_may_be_asked_about_though_no_interest_names_them() -> None:
    gone = ReportingException("B", "NO_LEI", until=date(2020, 1, 1))
    statements = Statements(
        parties={"A": StatedParty("A")}, interests=(), exceptions=(gone,),
        remarks=(), sources=(), formats=(),
    )  # fmt: skip
    built = statements.graph(date(2024, 1, 1))
    assert built.parties == {"A", "B"}
    assert built.exceptions("B") == ()


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"share": "50%"}, "share"),
        ({"since": "2024-01-01"}, "from"),
        ({"until": datetime(2024, 1, 1)}, "until"),  # noqa: DTZ001 - the time is what is wrong
    ],
)
def test_an_interest_of_wrong_parts_is_refused_when_it_is_made(
    fields: dict[str, Any], path: str
) -> None:
    with pytest.raises(OwnershipError) as caught:
        Interest("X", "A", **fields)
    assert [problem.path for problem in caught.value.problems] == [path]


WRONG: dict[str, tuple[Callable[[OwnershipGraph], object], str]] = {
    "a day as text": (
        lambda g: g.share("X", "A", as_of="2024-01-01"),  # type: ignore[arg-type]
        "as_of: a day as datetime.date, not '2024-01-01'",
    ),
    "one listed text": (
        lambda g: g.affected("X", as_of=None),
        "listed: several party ids, not one text: write ['X']",
    ),
    "a listed number": (
        lambda g: g.affected([7], as_of=None),  # type: ignore[list-item]
        "listed: a party id is a text that is not empty, not 7",
    ),
    "given parties as one text": (
        lambda _: OwnershipGraph.from_interests([], "X"),
        "parties: several party ids, not one text: write ['X']",
    ),
    "one person as text": (
        lambda g: g.ultimate_parents("A", natural_persons="X", as_of=None),
        "natural_persons: several party ids, not one text: write ['X']",
    ),
    "an unknown meaning of country": (
        lambda g: g.nationality_shares("A", by="flag", countries={}, as_of=None),  # type: ignore[arg-type]
        "by: one of incorporation, headquarters, nationality, not 'flag'",
    ),
}


@pytest.mark.parametrize(("ask", "message"), WRONG.values(), ids=WRONG)
def test_a_question_that_cannot_be_meant_is_refused(
    ask: Callable[[OwnershipGraph], object], message: str
) -> None:
    with pytest.raises(OwnershipError) as caught:
        ask(graph(("X", "60%", "A")))
    assert str(caught.value) == message


def test_of_many_contradicting_statements_of_one_edge_the_message_tells_the_first() -> None:
    built = graph(*(("X", Fraction(part, 1000), "A") for part in range(1000)))
    (found,) = built.diagnoses(as_of=None)
    assert (found.code, found.parties) == ("contradiction", ("X", "A"))
    assert found.message.startswith("X in A (shareholding): 0% and 0.1% and 0.2% and")
    assert found.message.endswith(" and 990 more are stated for the same day")


@pytest.mark.parametrize(
    ("third", "clashing"),
    [
        ((30, "2022-06-01", "2023-01-01"), []),
        ((20, "2022-06-01", "2023-01-01"), ["20% and 30%"]),
        ((20, "2020-06-01", "2020-09-01"), ["20% and 40%"]),
        ((20, "2020-06-01", "2023-01-01"), ["20% and 30% and 40%"]),
    ],
)
def test_shares_contradict_each_other_only_where_their_days_meet(
    third: tuple[int, str, str], clashing: list[str]
) -> None:
    stated = [(40, "2020-01-01", "2022-01-01"), (30, "2022-01-01", "2024-01-01"), third]
    built = OwnershipGraph.from_interests(
        {"owner": "X", "owned": "A", "share": f"{part}%", "from": since, "until": until}
        for part, since, until in stated
    )
    assert [d.message for d in diagnose(built.ever(), None)] == [
        f"X in A (shareholding): {shares} are stated for the same day" for shares in clashing
    ]
    assert built.diagnoses(as_of=date(2024, 6, 15)) == ()


Ask = Callable[[OwnershipGraph, str, str], object]
QUESTIONS: dict[str, Ask] = {
    "share": lambda g, top, low: g.breakdown(top, low),
    "final holders": lambda g, _, low: g.look_through(low, as_of=None),
    "countries": lambda g, top, low: g.nationality_shares(
        low, by="headquarters", countries={top: "CN"}, as_of=None
    ),
    "affected": lambda g, top, _: dict(g.affected([top], as_of=None)),
    "affected, control": lambda g, top, _: dict(g.affected([top], control=True, as_of=None)),
    "affected, one alone": lambda g, top, _: dict(
        g.affected([top], aggregate=False, control=True, as_of=None)
    ),
    "origins": lambda g, top, low: g.affected([top]).origins(low),
    "control": lambda g, top, _: g.controlled_by(top, as_of=None),
    "parents": lambda g, _, low: g.ultimate_parents(low, as_of=None),
    "diagnoses": lambda g, _, low: (g.diagnoses(as_of=None), g.owners(low, as_of=None)),
}


def many(share: object, edges: Iterable[tuple[str, str]]) -> OwnershipGraph:
    return graph(*((owner, share, owned) for owner, owned in edges), ("O", "20%", "P0"))


NAMES = [f"P{number}" for number in range(size(300, 100))]
CLIQUE = [(a, b) for a in NAMES for b in NAMES if a != b]


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_chain_of_ten_thousand_answers_every_question_without_recursion(ask: Ask) -> None:
    built = many("100%", ((f"P{n}", f"P{n + 1}") for n in range(9_999)))
    assert ask(built, "O", "P9999") is not None


@pytest.fixture(scope="module", params=["1/400", band("0%", "100%")], ids=["exact", "unknown"])
def clique(request: pytest.FixtureRequest) -> OwnershipGraph:
    return many(request.param, CLIQUE)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_large_clique_answers_every_question(clique: OwnershipGraph, ask: Ask) -> None:
    assert ask(clique, "O", "P7") is not None


def test_a_clique_of_unknown_shares_is_unknown_and_tells_the_first_reasons() -> None:
    built = many(band("0%", "100%"), CLIQUE)
    assert built.share("O", "P7", as_of=None) == Share.unknown()
    found = built.affected(["P0"], as_of=None)
    assert found.certain == frozenset({"P0"})
    assert len(found.possible) == len(NAMES) - 1
    parents = built.ultimate_parents("P7", as_of=None)
    assert (parents.truth, len(parents.parents)) == (Truth.UNKNOWN, len(NAMES) - 1)
    assert parents.reason.startswith("P0 may control P7 (votes); a dated register of members")
    assert parents.reason.endswith(" more")
    assert parents.reason.count(";") == 40


def test_a_ring_of_three_thousand_is_solved_exactly() -> None:
    built = many("60%", ((f"P{n}", f"P{(n + 1) % 3000}") for n in range(3000)))
    part = Fraction(3, 5)
    expected = Fraction(1, 5) * part**1500 / (1 - part**3000)
    assert built.share("O", "P1500", as_of=None).minimum == expected


def test_classes_of_shares_give_an_interval_unless_the_whole_is_stated() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "60%", "share_class": "ordinary"},
            {"owner": "X", "owned": "A", "share": "20%", "share_class": "preference"},
            {"owner": "Y", "owned": "A", "share": "40%", "share_class": "ordinary"},
            {"owner": "Z", "owned": "A", "share": "30%"},
            {"owner": "Z", "owned": "A", "share": "50%", "share_class": "preference"},
            {"owner": "Q", "owned": "B", "share": "70%", "share_class": "ordinary"},
        ]
    )
    assert built.share("X", "A", as_of=None) == Share(Fraction(1, 5), Fraction(3, 5))
    assert built.owners("B", as_of=None) == (("Q", exact(70), "shareholding"),)
    assert built.share("Q", "B", as_of=None) == exact(70)
    capital = built.on().capital
    assert capital.column("A") == {
        "X": Share(Fraction(1, 5), Fraction(3, 5)),
        "Y": Share(Fraction(0), Fraction(2, 5)),
        "Z": exact(30),
    }
    assert built.owners("A", as_of=None) == (
        ("X", interval(20, 60), "shareholding"),
        ("Y", interval(0, 40), "shareholding"),
        ("Z", exact(30), "shareholding"),
    )
    assert built.owned_by("Y", as_of=None) == (("A", interval(0, 40), "shareholding"),)
    assert [(d.code, d.message) for d in built.diagnoses(as_of=None)] == [
        (
            "several_classes",
            "A has shares of several classes, of unstated weight: ordinary, preference",
        )
    ]


def test_statements_on_one_class_may_contradict_each_other_and_those_on_two_do_not() -> None:
    def stated(one: str, other: str) -> list[str]:
        built = OwnershipGraph.from_interests(
            [
                {"owner": "X", "owned": "A", "share": "60%", "share_class": one},
                {"owner": "X", "owned": "A", "share": "20%", "share_class": other},
            ]
        )
        return [found.code for found in built.diagnoses(as_of=None)]

    assert stated("ordinary", "ordinary") == ["contradiction"]
    assert stated("ordinary", "preference") == ["several_classes"]


def test_interests_come_back_as_they_were_stated() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "60%", "from": "2020-01-01"},
            {"owner": "X", "owned": "B", "share": 0.25, "source": "register, line 7"},
            {"owned": "B", "exception": "NON_PUBLIC"},
            {"owner": {"id": "Y"}, "owned": "B", "kind": "agreement"},
        ]
    )
    assert [(i.owner, i.owned, i.share, i.kind, i.source) for i in built.interests] == [
        ("X", "A", exact(60), "shareholding", "ownership.0"),
        ("X", "B", exact(25), "shareholding", "register, line 7"),
        ("Y", "B", Share.unknown(), "agreement", "ownership.3"),
    ]
    assert str(built.interests[0].since) == "2020-01-01"
    again = OwnershipGraph.from_interests(built.interests)
    assert again.interests == built.interests
    assert built.parties == {"X", "A", "B", "Y"}

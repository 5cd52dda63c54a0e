"""Where the lists fall short every decision says so; lists are added, and a day has its limits."""

from __future__ import annotations

from datetime import date

import pytest

from compliance import ContractError, Screener
from compliance.explain.why import why
from compliance.model.outcome import Outcome
from compliance.screening.watchlist_coverage import coverage_of, remarks_on
from compliance.watchlists import Watchlist, embedded
from screeners import screener
from unit.screening.contracts import watchlist

DAY = date(2026, 7, 10)
SHIPPED = [each.id for each in embedded()]
PARTY = {"name": "Fjordlys ApS", "incorporation": "DK", "headquarters": "DK"}


def own(list_id: str, *, complete: bool = True, published: date | None = None) -> Watchlist:
    return watchlist(
        list_id, {"name": "Zorblatt Quantum Foundry"}, complete=complete, published=published,
        stale_after_days=30,
    )  # fmt: skip


def consulted(screening: Screener) -> list[str]:
    return [w.id for w in screening.knowledge.watchlists]


def test_lists_stand_beside_those_that_ship() -> None:
    assert consulted(Screener.load(watchlists=[own("own")])) == sorted([*SHIPPED, "own"])


def test_a_list_takes_the_place_of_the_shipped_one_of_its_id() -> None:
    screening = Screener.load(watchlists=[own("ofac-sdn")])
    assert consulted(screening) == SHIPPED
    assert screening.screen_party({"name": "Zorblatt Quantum Foundry"}, DAY).needs_a_person
    assert screening.screen_party(PARTY | {"name": "SUEX OTC, S.R.O."}, DAY).outcome == "clear"


def test_without_the_embedded_lists_only_those_given_are_consulted() -> None:
    assert consulted(Screener.load(watchlists=[own("own")], embedded=False)) == ["own"]
    none = Screener.load(embedded=False)
    assert none.screen_party(PARTY, DAY).coverage.remarks == (
        "No watchlist was consulted: nobody is looked up.",
    )


def test_excerpts_and_stale_lists_are_named_once() -> None:
    lists = (
        own("whole", published=date(2026, 7, 1)),
        own("part", complete=False, published=date(2026, 7, 1)),
        own("old", published=date(2026, 1, 1)),
    )
    lines = coverage_of(lists, ("whole", "part", "old"), DAY)
    assert remarks_on(lines, DAY) == (
        ("Excerpts of lists were consulted: part. A party that is not found there may be listed."),
        "Stale on 2026-07-10: old. What was listed since is not known.",
    )
    assert remarks_on(coverage_of(lists[:1], ("whole",), DAY), DAY) == ()


@pytest.mark.parametrize(
    ("as_of", "stale"), [(date(2026, 1, 27), False), (date(2026, 1, 28), True), (DAY, True)]
)
def test_a_list_that_its_publisher_closed_is_stale_from_that_day(as_of: date, stale: bool) -> None:
    screening = Screener.load(
        watchlists=[own("uk-ofsi", published=date(2026, 1, 27))], embedded=False
    )
    decision = screening.screen_party(PARTY, as_of)
    (line,) = decision.coverage.watchlists
    assert line.stale is stale
    assert ("house.lists-stale" in {flag.policy_id for flag in decision.flags}) is stale
    told = any(
        "uk-ofsi (closed on 2026-01-28; the UK Sanctions List" in each
        for each in decision.coverage.remarks
    )
    assert told is stale


def test_shipped_lists_are_told_as_excerpts_in_every_decision() -> None:
    for decision in (
        screener().screen_party(PARTY, DAY),
        *screener().screen_many([{"id": "C"}, {"id": "D", "lesee": 1}], DAY),
    ):
        assert decision.coverage.remarks[0].startswith("Only excerpts of lists were consulted: ")


def test_a_required_list_that_does_not_exist_is_named_with_a_near_one() -> None:
    decision = Screener.load(required_lists=["ofac-sdm"]).screen_party(PARTY, DAY)
    assert decision.outcome == "incomplete"
    assert decision.coverage.remarks[0] == (
        "NOT CONSULTED though asked for: ofac-sdm (asked for and not available; did you mean "
        "'ofac-sdn'?)."
    )


@pytest.mark.parametrize("day", [date(2000, 1, 1), DAY, date(2026, 11, 24)])
def test_days_between_the_first_rule_and_a_year_after_the_newest_are_answered(day: date) -> None:
    assert screener().screen_party(PARTY, day).as_of == day


def test_the_last_day_is_a_year_after_the_newest_rule_or_list() -> None:
    days = screener().days
    assert days.first == date(2000, 1, 1)
    assert (days.last - days.checked).days == 366
    newest = max(policy.verified_on for policy in screener().policies)
    assert days.checked == newest
    later = Screener.load(watchlists=[own("own", published=date(2027, 6, 1))])
    assert later.days.checked == date(2027, 6, 1)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(1999, 12, 31), "1999-12-31 is before 2000-01-01, the first day of law"),
        (date(2030, 1, 1), "2030-01-01 is after "),
        (date.min, "0001-01-01 is before"),
        (date.max, "9999-12-31 is after"),
    ],
)
def test_any_other_day_is_an_error_of_usage(day: date, said: str) -> None:
    calls = (
        lambda: screener().screen({"id": "C"}, day),
        lambda: screener().screen_party(PARTY, day),
        lambda: screener().screen_many([{"id": "C"}], day),
    )
    for call in calls:
        with pytest.raises(ContractError, match=said) as caught:
            call()
        assert caught.value.problems[0].path == "as_of"
        assert "allow_any_day" in str(caught.value)


def test_any_day_may_be_asked_for_and_the_decision_says_what_it_is() -> None:
    decision = screener().screen_party(PARTY, date(1999, 12, 31), allow_any_day=True)
    assert decision.coverage.remarks[0].startswith("1999-12-31 is before 2000-01-01")
    assert (decision.outcome, decision.flags) == (Outcome.INCOMPLETE, ())
    assert why(decision) == decision.coverage.remarks[0]
    assert [d.as_of for d in screener().screen_many([], date.max, allow_any_day=True)] == []

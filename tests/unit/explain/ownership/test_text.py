"""The page on the ownership of a party, whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.explain.ownership import text
from compliance.model.truth import Truth
from unit.screening.ownership_report.reports import knowledge, reported

PAGE = """\
Harbour Compute Pte Ltd (harbour) on 2024-06-15
  of unknown kind
  read from owners.csv

Owners, looked through
  40% to 60%  Meridian Holdings Ltd (meridian)
      held directly
  37.5% to about 57.45%  Verwunschene Handelskammer Nord (nord)
      36% to 54% by Verwunschene Handelskammer Nord > Meridian Holdings Ltd > Harbour Compute Pte
        Ltd
      1.5% to about 21.45% by further rounds
      through the circle of Harbour Compute Pte Ltd, Meridian Holdings Ltd
  about 26.04% to about 26.6%  Li Wang (wang)
      25% by Li Wang > Harbour Compute Pte Ltd
      about 1.04% to about 1.6% by further rounds
      through the circle of Harbour Compute Pte Ltd, Meridian Holdings Ltd
  15% to 35%  no holder stated
  an owner is not named: NO_KNOWN_PERSON

Who controls it
  certain  Li Wang (wang), by agreement; 25% of the votes
  possible  Meridian Holdings Ltd (meridian), by votes; 40% to 60% of the votes
  possible  Verwunschene Handelskammer Nord (nord), by votes; 40% to 60% of the votes
      Verwunschene Handelskammer Nord > Meridian Holdings Ltd > Harbour Compute Pte Ltd

Ultimate parents: not known
  meridian may control harbour (votes); a dated register of members with exact holdings would settle
    it; harbour reports NO_KNOWN_PERSON instead of a parent
  possible  Verwunschene Handelskammer Nord (nord); 37.5% to about 57.45% looked through
      Verwunschene Handelskammer Nord > (votes) > Meridian Holdings Ltd > (votes) > Harbour Compute
        Pte Ltd
      stated at owners.csv:5, owners.csv:2
  would settle it: the consolidated accounts that name the parent of Meridian Holdings Ltd
  would settle it: a dated register of members of Harbour Compute Pte Ltd with the exact holding of
    Meridian Holdings Ltd (stated: 40% to 60%)
  would settle it: consolidated accounts that name the parent undertaking

Listed, it or above it
  certain  Verwunschene Handelskammer Nord (nord)
      Verwunschene Handelskammer Nord (ofac-sdn, by name, 1.00 strong)

Affected by listed owners, by the arithmetic of each rule on the day
  unknown  half: Half in sum
      the rule is in force from 2010-01-01 to 2025-11-09 (law.half)
      at least 50% together; second
      listed and affected parties hold 40% to 60%
      40% to 60% by Verwunschene Handelskammer Nord > Meridian Holdings Ltd > Harbour Compute Pte
        Ltd
      would settle it: a dated register of members of Harbour Compute Pte Ltd with the exact holding
        of Meridian Holdings Ltd (stated: 40% to 60%)
  unknown  influence: More than half or control
      the rule is in force since 2012-01-01 (law.influence)
      more than 50% by one listed party and what it owns, or control; third
      not known: who holds up to 35% of Harbour Compute Pte Ltd (harbour) (an owner is not named:
        NO_KNOWN_PERSON)
      on no list consulted: un.sanctions
  would settle it: a register of owners that covers the whole of Harbour Compute Pte Ltd (harbour)

Peculiar in the statements
  - cross_holding: Harbour Compute Pte Ltd and Meridian Holdings Ltd own each other in a circle
"""


def test_the_page_tells_every_answer_with_its_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = text(reported(Path()), 30, 100)
    assert told == PAGE


def test_a_party_of_which_nothing_is_stated_says_so(tmp_path: Path) -> None:
    report = reported(tmp_path, "owner,owned,share\nb,a,50%\n", "b")
    settle = "  would settle it: a dated register of members with exact holdings"
    assert text(report, 30, 100).split("\n\n")[1:5] == [
        "Owners, looked through\n  no shareholding in it is stated",
        "Who controls it\n  nobody that is stated",
        f"Ultimate parents: not known\n  no owner of b is stated\n{settle}",
        "Listed, it or above it\n  nobody\n  not compared by name, none is stated: b",
    ]


def test_a_party_that_alone_holds_itself_is_told_so(tmp_path: Path) -> None:
    report = reported(tmp_path, "owner,owned,share\nb,b,100%\n", "b")
    settle = "  would settle it: a dated register of members with exact holdings"
    assert text(report, 30, 100).split("\n\n")[1:4] == [
        "Owners, looked through\n  no holder but itself is stated",
        "Who controls it\n  nobody that is stated",
        f"Ultimate parents: not known\n  b wholly owns itself: nobody outside is stated\n{settle}",
    ]


def test_a_parent_without_a_stated_share_does_not_hold_nothing(tmp_path: Path) -> None:
    table = "owner,owned,share,kind\ntop,x,,consolidation\na,x,40%,\n"
    told = text(reported(tmp_path, table, "x"), 30, 100)
    assert "  certain  top; no share of it is stated\n" in told


def test_a_listed_party_that_consolidates_without_a_share_leaves_a_rule_on_ownership_open(
    tmp_path: Path,
) -> None:
    columns = "owner,owned,share,kind,owner_name,owner_kind,owner_incorporation\n"
    table = f"{columns}nord,x,,consolidation,Verwunschene Handelskammer Nord,organization,KP\n"
    told = text(reported(tmp_path, table, "x"), 30, 100)
    assert "  unknown  half: Half in sum\n" in told
    assert "      listed and affected parties hold 0% to 100%\n" in told
    assert "      would settle it: a dated register of members of x with the exact holding" in told


def test_a_long_chain_is_counted_in_its_middle_and_owners_beyond_the_limit_too(
    tmp_path: Path,
) -> None:
    rows = "".join(f"c{n + 1},c{n},100%\n" for n in range(30))
    report = reported(
        tmp_path, f"owner,owned,share\n{rows}", "c0", known=knowledge(tmp_path, "Nobody at All")
    )
    told = text(report, 2, 100)
    assert "  and 28 more owners above\n" in told
    chain = (
        "c30 > c29 > c28 > c27 > c26 > c25 > c24 > ... 18 more ... > c5 > c4 > c3 > c2 > c1 > c0"
    )
    controller = told.partition("certain  c9 ")[0]
    assert f"      {chain}\n" in controller


def test_two_parties_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    table = "owner,owned,share,owner_name\na,x,30%,Twin Ltd\nb,a,100%,Twin Ltd\n"
    told = text(reported(tmp_path, table, "x"), 30, 100)
    assert "      30% by Twin Ltd (b) > Twin Ltd (a) > x\n" in told


def test_nothing_in_a_name_steers_the_terminal(tmp_path: Path) -> None:
    table = 'owner,owned,share,owner_name\na,x,30%,"Acme\u202e\x1b[31m Ltd"\n'
    told = text(reported(tmp_path, table, "x"), 30, 100)
    assert "Acme<U+202E><U+001B>[31m Ltd (a)" in told
    assert all(character == "\n" or character.isprintable() for character in told)


def test_a_rule_that_control_alone_meets_says_so(tmp_path: Path) -> None:
    table = "owner,owned,share,kind\na,x,40%,\na,x,60%,voting_rights\n"
    report = reported(tmp_path, table, "x", ["a"])
    assert [(rule.truth, rule.by_control) for rule in report.regimes] == [
        (Truth.UNKNOWN, False),
        (Truth.TRUE, True),
    ]
    assert (
        "      the most that one listed party holds, with those affected through it: 40%\n"
        "      one of them controls it\n      40% by a > x\n"
    ) in text(report, 30, 100)


@pytest.mark.parametrize(
    ("day", "answer", "state"),
    [
        (
            date(2010, 6, 15),
            "would be  influence: More than half or control",
            "would be affected; the rule is not in force through 2011-12-31 (law.influence)",
        ),
        (
            date(2026, 3, 1),
            "would be  half: Half in sum",
            (
                "would be affected; the rule is stayed from 2025-11-10 to 2026-11-09 "
                "(law.half; order 7): Stayed for a year."
            ),
        ),
        (
            date(2026, 11, 24),
            "yes  half: Half in sum",
            "treated as affected; the rule is unverified since 2026-11-10 (law.half; order 7)",
        ),
    ],
)
def test_the_state_of_a_rule_on_the_day_is_said_with_what_follows(
    tmp_path: Path, day: date, answer: str, state: str
) -> None:
    known = knowledge(tmp_path, "Nobody at All")
    told = text(reported(tmp_path, "owner,owned,share\na,x,60%\n", "x", ["a"], known, day), 30, 200)
    assert f"\n  {answer}\n      {state}\n" in told


def test_what_is_unknown_under_a_stayed_rule_is_unknown_only_were_it_in_force(
    tmp_path: Path,
) -> None:
    known = knowledge(tmp_path, "Nobody at All")
    table = "owner,owned,share\na,x,40-60%\n"
    told = text(reported(tmp_path, table, "x", ["a"], known, date(2026, 3, 1)), 30, 200)
    assert (
        "  unknown  half: Half in sum\n      unknown whether it would be affected; the rule is "
        "stayed from 2025-11-10 to 2026-11-09 (law.half; order 7): Stayed for a year.\n"
    ) in told


def test_who_may_be_listed_and_is_surely_owned_by_a_listed_party_is_told_apart(
    tmp_path: Path,
) -> None:
    known = knowledge(tmp_path, "Orchid Vale Microelectronics Ltd")
    table = "owner,owned,share,owned_name\na,x,60%,Orchid Vale Microelectronic Holdings\n"
    told = text(reported(tmp_path, table, "x", ["a"], known), 30, 100)
    assert "  yes  half: Half in sum\n" in told
    assert "      it may itself be listed\n" in told

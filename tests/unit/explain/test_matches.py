"""What prose, JSON and SARIF tell of the entries of watchlists behind a flag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from compliance.explain import decision_of, json_of, prose, sarif
from compliance.model import Truth
from compliance.model.decision import AlignedWords, ListedAlso, ListMatch
from decisions import decision, flag

MATCH = ListMatch(
    list_id="bis-el",
    snapshot="b" * 64,
    entry="qorvex-1",
    name="Qorvex Systems",
    by="name",
    asked="Korvex Holding",
    matched="Qorvex",
    weak=True,
    score=0.91,
    strength="review",
    taken_as_listed=False,
    in_force=Truth.TRUE,
    aligned=(AlignedWords("korvex", "qorvex", 0.8333),),
    unmatched=("holding",),
    reasons=("country agrees (+0.02): DE; listed: DE (headquarters)",),
    programmes=("EL", "footnote 4"),
    listed_on=date(2024, 3, 1),
    citation="89 FR 1",
    license_policy="Presumption of denial",
)
NUMBER = replace(
    MATCH, by="number", asked="5299", matched="5299", weak=False, score=1.0, strength="certain",
    taken_as_listed=True, in_force=Truth.UNKNOWN, aligned=(), unmatched=(), programmes=(),
    citation=None, license_policy=None, reasons=("the same number, lei 5299",),
)  # fmt: skip
ADDRESS = replace(
    MATCH, by="address", asked="1 Quay", matched="Quay 1", weak=False, score=0.6,
    strength="other_unit", aligned=(), unmatched=(), reasons=("another room",),
)  # fmt: skip
TOLD = decision(flag(matches=(MATCH, NUMBER, ADDRESS)))


PROSE = """  Match: Qorvex Systems [bis-el qorvex-1, snapshot bbbbbbbbbbbb]; EL, footnote 4; since
    2024-03-01; 89 FR 1; license policy: Presumption of denial
    - by name: 'Korvex Holding' against 'Qorvex', a weak alias; score 0.91, review: a
      person compares
    - words aligned: korvex ~ qorvex (0.83); alone: holding
    - country agrees (+0.02): DE; listed: DE (headquarters)
  Match: Qorvex Systems [bis-el qorvex-1, snapshot bbbbbbbbbbbb]; not known to be in force
    on this day
    - by number: '5299' against '5299'; score 1.00, certain: taken as the listed party
    - the same number, lei 5299
  Match: Qorvex Systems [bis-el qorvex-1, snapshot bbbbbbbbbbbb]; EL, footnote 4; since
    2024-03-01; 89 FR 1; license policy: Presumption of denial
    - by address: '1 Quay' against 'Quay 1'; agreement 0.60, other unit: an address, and
      nobody's name
    - another room
"""


def test_prose_shows_each_entry_with_its_words_and_reasons() -> None:
    assert PROSE in prose(TOLD, width=90)


def test_an_entry_that_several_lists_hold_is_told_once_with_each_of_them() -> None:
    also = ListedAlso("ita-csl", "c" * 64, "EL:7", ("us.entity-list",), "89 FR 1")
    match = replace(MATCH, measures=("us.entity-list",), also_in=(also,))
    told = prose(decision(flag(matches=(match,))), width=90)
    assert told.count("Match: Qorvex Systems") == 1
    assert "; measures: us.entity-list; EL, footnote 4" in told.replace("\n    ", " ")
    assert (
        "    - the same entry: ita-csl EL:7, snapshot cccccccccccc, measures: us.entity-list; "
        "89 FR\n      1\n"
    ) in told


def test_the_listed_address_itself_is_told_as_such() -> None:
    match = replace(ADDRESS, strength="unit", taken_as_listed=True)
    told = prose(decision(flag(matches=(match,))), width=120)
    assert "agreement 0.60, unit: the listed address itself" in told


def test_a_name_in_a_match_cannot_steer_a_terminal() -> None:
    told = decision(flag(matches=(replace(MATCH, asked="a\x1b[2Jb", matched="c\u202ed"),)))
    assert not {"\x1b", "\u202e"} & set(prose(told))


def test_json_is_read_back_with_the_matches() -> None:
    assert decision_of(json_of(TOLD)) == TOLD


def test_sarif_carries_them_as_plain_values() -> None:
    (result,) = sarif([TOLD])["runs"][0]["results"]
    shown = result["properties"]["matches"]
    assert [m["by"] for m in shown] == ["name", "number", "address"]
    assert shown[0]["aligned"] == [{"given": "korvex", "listed": "qorvex", "similarity": 0.8333}]
    assert (shown[0]["listed_on"], shown[0]["in_force"]) == ("2024-03-01", "true")

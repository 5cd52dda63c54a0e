"""What a compliance officer or a lawyer reads."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import decisions
from compliance.explain import json_of, prose
from compliance.explain.phrases import effect_of, reliance_of, state_of, subject_of
from compliance.model.decision import (
    Coverage,
    Decision,
    DecisionError,
    ListCoverage,
    RiskFlag,
    Subject,
)
from compliance.model.outcome import Outcome, State
from decisions import cleared, decision, flag, note, undecided


def _section(text: str, title: str) -> str:
    """One block of the prose, from its title to the next empty line."""
    (block,) = (b for b in text.split("\n\n") if b.split("\n", 1)[0].startswith(title))
    return block


def _with_lists(*lists: ListCoverage) -> Decision:
    told = decision()
    return replace(told, coverage=replace(told.coverage, watchlists=lists))


def test_a_whole_decision_reads_like_this() -> None:
    told = decision(
        flag(),
        undecided(
            policy_id="us.usage", title="Use for a supercomputer", factor="end_use", weight=0.45,
            state=State.UNVERIFIED, state_since=date(2024, 1, 1), doubt="", citations=(),
            license_policy=None, false_positives=(), subject=Subject(),
            message="Cannot be decided: Use for a supercomputer.",
        ),
    )  # fmt: skip
    assert prose(told) + "\n" == (Path(__file__).parent / "whole_decision.txt").read_text()


def test_flags_stand_in_four_groups_in_their_order() -> None:
    told = decision(
        flag(title="first"), flag(title="second"), undecided(title="third"),
        cleared(title="fourth"), note(title="fifth"),
    )  # fmt: skip
    titles = [
        line for line in prose(told).splitlines() if re.match(r"\d+\. |[A-Z][a-z ]+ \(\d\)$", line)
    ]
    assert titles == [
        "Deciding flags (2)", "1. first", "2. second", "Other open flags (1)", "1. third",
        "Answered by evidence (1)", "1. fourth", "Notes (1)", "1. fifth", "Policies (7)",
    ]  # fmt: skip
    assert "\n\nDeciding flags (2)\n1. first\n" in prose(told)
    assert "\n\n2. second\n" in prose(told)


def test_a_flag_that_evidence_answers_shows_the_evidence() -> None:
    block = _section(prose(decision(cleared())), "Answered by evidence")
    words, _, proof = block.partition("  Answered by parent-documented; ")[2].partition(":\n    [")
    assert words == (
        "no last day is stated; given: party.headquarters CN\n"
        "    (lessee.headquarters, verified: register extract (2024-05-02))"
    )
    assert proof.split("\n  Would")[0] == (
        "true] party.headquarters in_group D:5, MO ($groups); seen: CN; source: "
        "lessee.headquarters,\n"
        "        verified: register extract (2024-05-02); rule: us/ear/headquarters.yaml:28"
    )


def test_clear_without_flags_says_so_and_lists_what_was_evaluated() -> None:
    text = prose(decision())
    assert text.split("\n\n")[:3] == [
        (
            "C-2024-117: CLEAR\n"
            "  What to do: provision; nothing that decides is missing\n"
            "  Why: every policy evaluated, nothing that decides is missing (0 notes)\n"
            "  Day of law: 2024-06-15\n"
            "  Score: 0 of 100; no flag adds to it. It never decides the outcome\n"
            f"  Fingerprint: {'f' * 64}\n"
            f"  Rules: {'5' * 64}\n"
            "  Engine: compliance 0.1.0"
        ),
        "No flags",
        (
            "Policies (4)\n"
            "  0 left a flag\n"
            "  1 evaluated and not met\n"
            "  1 not decided, harmless by their own rule\n"
            "  1 met, with nothing to flag\n"
            "  1 do not apply on this day or to what was given"
        ),
    ]


def test_verbose_names_every_policy_without_a_flag_and_why() -> None:
    text = prose(decision(flag()), verbose=True)
    assert _section(text, "Policies") == (
        "Policies (5)\n"
        "  1 left a flag\n"
        "  1 evaluated and not met\n"
        "    - un.arms (in force): lessee in KP\n"
        "  1 not decided, harmless by their own rule\n"
        "    - house.quiet (in force)\n"
        "  1 met, with nothing to flag\n"
        "    - us.met (not enforced)\n"
        "  1 do not apply on this day or to what was given\n"
        "    - eu.ban (before its first day)"
    )


def test_an_error_lists_every_problem_and_claims_no_evaluation() -> None:
    error = DecisionError("contract", ("lessee.name: empty", "items: not a list"))
    text = prose(decision(error=error))
    assert text.startswith(
        "C-2024-117: INCOMPLETE\n  What to do: hold, and ask for the missing facts\n"
    )
    assert _section(text, "Not screened") == (
        "Not screened: contract\n  - lessee.name: empty\n  - items: not a list"
    )
    assert _section(text, "Policies") == "Policies (0)\n  - none was evaluated"


@pytest.mark.parametrize(
    ("outcome", "meaning"),
    [
        (Outcome.CLEAR, "provision; nothing that decides is missing"),
        (Outcome.REVIEW, "a person looks before anything is provisioned"),
        (Outcome.INCOMPLETE, "hold, and ask for the missing facts"),
        (Outcome.LICENSE_REQUIRED, "stop until a license is on file"),
        (Outcome.PROHIBITED, "stop"),
    ],
)
def test_each_outcome_says_what_the_caller_does(outcome: Outcome, meaning: str) -> None:
    heading = outcome.value.replace("_", " ").upper()
    lines = prose(decision(flag(outcome=outcome))).splitlines()
    assert lines[:2] == [f"C-2024-117: {heading}", f"  What to do: {meaning}"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.IN_FORCE, "in force since 2023-11-17"),
        (
            State.UNVERIFIED,
            (
                "unverified since 2023-11-17: the law may have changed on this day; verify. "
                "Until then it asks for incomplete at most"
            ),
        ),
        (State.STAYED, "stayed since 2023-11-17, leaves outcome and score unchanged"),
        (State.NOT_ENFORCED, "not enforced since 2023-11-17, leaves outcome and score unchanged"),
        (
            State.PROPOSED,
            "proposed since 2023-11-17, not law yet, leaves outcome and score unchanged",
        ),
        (State.REPEALED, "repealed since 2023-11-17, leaves outcome and score unchanged"),
    ],
)
def test_each_legal_state_stands_with_its_day_and_its_effect(state: State, words: str) -> None:
    assert state_of(flag(state=state)) == words


@pytest.mark.parametrize(
    ("basis", "status", "words"),
    [
        ("law", "stable", "law; status stable: facts checked at the source"),
        (
            "guidance", "test",
            ("guidance of an authority; "
            "status test: facts not yet checked at the source; capped at review"),
        ),
        ("proposed", "draft",
         "proposed, not law; status draft: not yet reviewed; capped at review"),
        ("house", "deprecated",
         "house rule, not law; status deprecated: about to be replaced"),
        ("custom", "other", "custom; status other"),
    ],
)  # fmt: skip
def test_basis_and_status_say_how_far_a_flag_can_be_relied_on(
    basis: str, status: str, words: str
) -> None:
    assert reliance_of(flag(basis=basis, status=status)) == words


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Subject(), "the whole contract"),
        (Subject(item="items.2"), "item items.2"),
        (Subject("p1", "Anna", ("end_user",)), "Anna (end user; id p1)"),
        (Subject("p1", "p1"), "p1"),
        (Subject("p1", ""), "p1"),
        (Subject("p1", "p1", ("owner", "payer"), "items.0"), "p1 (owner, payer), item items.0"),
    ],
)
def test_a_subject_is_named_once_with_roles_id_and_item(subject: Subject, words: str) -> None:
    assert subject_of(subject) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            flag(factor="end_use"),
            "license required; the conditions hold; severity critical, weight 0.7 in end use",
        ),
        (
            undecided(),
            "incomplete; cannot be decided; severity critical, weight 0.7 in nationality",
        ),
        (
            note(),
            "note, asks for nothing; the conditions hold; severity info, weight 0 in ownership",
        ),
        (
            cleared(),
            (
                "would ask for review; answered by evidence, counts no more; the conditions hold; "
                "severity medium, weight 0.2 in ownership"
            ),
        ),
    ],
)
def test_an_effect_says_what_the_flag_asks_for_and_adds(told: RiskFlag, words: str) -> None:
    assert effect_of(told) == words


def test_a_score_names_the_heaviest_open_flag_of_each_factor() -> None:
    told = decision(
        flag(policy_id="a.light", weight=0.2),
        flag(policy_id="a.heavy", weight=0.5),
        cleared(policy_id="a.answered", factor="nationality", weight=0.9),
    )
    assert prose(told).splitlines()[4:6] == [
        "  Score: 50 of 100 = 100 x (1 - (1 - 0.5)), rounded. It never decides the outcome",
        "    nationality 50: weight 0.5 of a.heavy",
    ]


def test_a_factor_that_no_open_flag_explains_is_not_explained_away() -> None:
    told = decision(factors={"payment": 20}, score=20)
    assert prose(told).splitlines()[4:6] == [
        "  Score: 20 of 100; no flag adds to it. It never decides the outcome",
        "    payment 20: no open flag of this decision",
    ]


@pytest.mark.parametrize(
    ("published", "age", "words"),
    [
        (date(2024, 6, 15), 0, "Published 2024-06-15, 0 days old"),
        (date(2024, 6, 14), 1, "Published 2024-06-14, 1 day old"),
        (date(2024, 6, 17), -2, "Published 2024-06-17, 2 days after this day of law"),
        (date(2024, 6, 17), None, "Published 2024-06-17"),
        (None, None, "Day of publication not known"),
    ],
)
def test_the_age_of_a_list_is_told_as_far_as_it_is_known(
    published: date | None, age: int | None, words: str
) -> None:
    line = replace(decisions.CONSULTED, published=published, age_days=age, snapshot="abc")
    assert _section(prose(_with_lists(line), width=150), "Watchlists") == (
        "Watchlists\n  - ofac-sdn: Specially Designated Nationals. 17000 entries, complete. "
        f"{words}. Snapshot abc"
    )


def test_no_lists_and_no_statement_of_coverage_are_told_as_such() -> None:
    told = replace(decision(), coverage=Coverage("r", (), (), ()))
    assert prose(told).split("\n\n")[2:] == [
        "Policies (0)\n  - none was evaluated",
        "Watchlists\n  - none was asked for",
        "Not covered\n  - not stated",
        "This is not legal advice.",
    ]


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_no_line_is_wider_than_asked_unless_a_word_is(width: int) -> None:
    told = decision(flag(), undecided(), cleared(), note())
    for line in prose(told, width=width, verbose=True).splitlines():
        words = line.split()
        assert len(line) <= width or len(words) <= 3


def test_a_narrower_page_says_the_same_words() -> None:
    told = decision(flag(), undecided(), cleared(), note())
    assert prose(told, width=50).split() == prose(told, width=200).split()


def test_a_page_too_narrow_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="width 39 is below 40 columns"):
        prose(decision(), width=39)


def test_names_steer_no_terminal_and_forge_no_line() -> None:
    hostile = "Good\u202e Co\x9b2J\u2028Deciding flags (0)\u200b\x1b[2K"
    told = decision(
        flag(
            title=hostile, message=hostile, subject=Subject("p\x85", hostile, ("lessee",)),
            asks=(hostile,), false_positives=(hostile,), doubt=hostile, license_policy=hostile,
            missing=(hostile,),
        ),
        contract_id=hostile,
        error=DecisionError("contract", (hostile,)),
    )  # fmt: skip
    text = prose(told, verbose=True)
    assert set(text) <= {"\n", *map(chr, range(0x20, 0x7F))}
    shown = "Good<U+202E> Co<U+009B>2J<U+2028>Deciding flags (0)<U+200B><U+001B>[2K"
    assert text.startswith(f"{shown}: INCOMPLETE\n")
    assert [line for line in text.splitlines() if line.startswith("Deciding")] == [
        "Deciding flags (1)"
    ]


def test_telling_changes_nothing_and_says_the_same_twice() -> None:
    told = decision(flag(), cleared())
    before = json_of(told)
    assert prose(told) == prose(told)
    assert json_of(told) == before

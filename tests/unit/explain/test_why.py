"""One line that says why."""

import decisions
from compliance.explain import why
from compliance.model.decision import DecisionError
from compliance.model.outcome import Outcome, Severity
from decisions import cleared, decision, flag, note, undecided


def test_the_most_restrictive_flag_says_why_with_the_number_of_others() -> None:
    told = decision(
        undecided(title="parent"), flag(title="headquarters"), flag(title="also", policy_id="us.b")
    )
    assert why(told) == "headquarters (+ 2 more)"


def test_one_flag_alone_says_why() -> None:
    assert why(decision(flag(title="headquarters"), note(), cleared())) == "headquarters"


def test_among_equal_outcomes_the_more_severe_flag_says_why() -> None:
    low = flag(title="low", severity=Severity.LOW)
    assert why(decision(low, flag(title="critical"))) == "critical (+ 1 more)"


def test_outcome_goes_before_severity() -> None:
    severe = undecided(title="severe", severity=Severity.CRITICAL)
    told = decision(severe, flag(title="restrictive", severity=Severity.LOW))
    assert why(told) == "restrictive (+ 1 more)"


def test_a_flag_that_cannot_be_decided_says_so() -> None:
    assert why(decision(undecided(title="the parent"))) == "cannot be decided: the parent"


def test_a_flag_that_evidence_answers_does_not_say_why() -> None:
    worse = cleared(title="answered", outcome=Outcome.PROHIBITED)
    assert why(decision(worse, undecided(title="open"))) == "cannot be decided: open"


def test_clear_without_a_flag_has_no_notes() -> None:
    expected = "every policy evaluated, nothing that decides is missing (0 notes)"
    assert why(decision()) == expected


def test_clear_counts_notes_and_answered_flags() -> None:
    expected = (
        "every policy evaluated, nothing that decides is missing (1 note, 2 answered by evidence)"
    )
    assert why(decision(note(), cleared(), cleared(policy_id="house.b"))) == expected


def test_an_error_says_why_with_its_first_problem() -> None:
    error = DecisionError("contract", ("lessee.name: empty", "items: not a list"))
    assert why(decision(error=error)) == "not screened, contract: lessee.name: empty (+ 1 more)"


def test_an_error_without_problems_still_says_that_nothing_was_screened() -> None:
    expected = "not screened, input: no problem was named"
    assert why(decision(error=DecisionError("input", ()))) == expected


def test_it_is_one_line_that_steers_no_terminal() -> None:
    told = why(decisions.decision(flag(title="a\u2028b\x1b[2J")))
    assert told == "a<U+2028>b<U+001B>[2J"
    error = DecisionError("contract", ("x\ny\u202e",))
    assert why(decision(error=error)) == "not screened, contract: x<U+000A>y<U+202E>"

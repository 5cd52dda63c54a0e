"""Judging: who is bound, what unknown does, what evidence and states do, what wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model import Decision, Outcome, Severity, State, Truth
from compliance.screening.policy_tests import answer_of
from screeners import screener as shipped
from unit.screening.contracts import DAY
from unit.screening.policies import policy, screener

CHINESE = {"id": "lessee", "name": "Huaxin Ltd", "headquarters": "CN"}
DANISH = {"id": "lessee", "name": "Fjord ApS", "headquarters": "DK"}
UNPLACED = {"id": "lessee", "name": "Nowhere Ltd"}


def decide(
    tmp_path: Path, *policies: tuple[str, str], as_of: date = DAY, **contract: Any
) -> Decision:
    given = {"id": "C-1", "lessee": CHINESE, **contract}
    return screener(tmp_path, *policies).screen(given, as_of=as_of, allow_any_day=True)


def subjects(decision: Decision) -> list[tuple[str, str]]:
    return [(flag.subject.party, flag.subject.item) for flag in decision.flags]


# --- one flag -----------------------------------------------------------------------------------


def test_a_policy_that_fires_leaves_a_whole_flag(tmp_path: Path) -> None:
    decision = decide(tmp_path, policy("house.sample", asks="[board minutes]"))
    (flag,) = decision.flags
    assert (decision.outcome, decision.score) == (Outcome.REVIEW, 20)
    assert decision.factors["conduct"] == 20
    assert (flag.policy_id, flag.title, flag.outcome) == ("house.sample", "A sample", "review")
    assert (flag.severity, flag.factor, flag.weight) == (Severity.MEDIUM, "conduct", 0.2)
    assert (flag.subject.party, flag.subject.name, flag.subject.roles) == (
        "lessee", "Huaxin Ltd", ("lessee",),
    )  # fmt: skip
    assert flag.message == "Huaxin Ltd is led from China"
    assert (flag.truth, flag.state, flag.state_since) == (
        Truth.TRUE, State.IN_FORCE, date(2020, 1, 1),
    )  # fmt: skip
    assert (flag.missing, flag.asks, flag.cleared_by) == ((), ("board minutes",), None)
    assert [c.cite for c in flag.citations] == ["a test"]
    assert (flag.trace.field, flag.trace.op, flag.trace.seen) == ("party.headquarters", "eq", "CN")
    assert flag.trace.source.startswith("lessee.headquarters")


def test_a_policy_that_is_not_met_leaves_its_line_with_the_reason(tmp_path: Path) -> None:
    decision = decide(tmp_path, policy("house.sample"), lessee=DANISH)
    line = decision.coverage.policy("house.sample")
    assert (decision.outcome, decision.flags) == (Outcome.CLEAR, ())
    assert (line.truth, line.applies, line.state) == (Truth.FALSE, True, State.IN_FORCE)
    assert "party.headquarters" in line.because


def test_an_unknown_fact_leaves_a_flag_that_names_what_is_missing(tmp_path: Path) -> None:
    decision = decide(tmp_path, policy("house.sample"), lessee=UNPLACED)
    (flag,) = decision.flags
    assert (decision.outcome, flag.truth) == (Outcome.INCOMPLETE, Truth.UNKNOWN)
    assert flag.missing == decision.missing == ("lessee.headquarters",)
    assert flag.message.startswith("Cannot be decided: A sample. ")
    assert any("where it is led from" in ask for ask in flag.asks)


@pytest.mark.parametrize(
    ("on_unknown", "outcome", "flags", "answer"),
    [
        ("incomplete", Outcome.INCOMPLETE, 1, "incomplete"),
        ("review", Outcome.REVIEW, 1, "review"),
        ("ignore", Outcome.CLEAR, 0, "undecided"),
    ],
)
def test_each_policy_answers_unknown_in_its_own_way(
    tmp_path: Path, on_unknown: str, outcome: Outcome, flags: int, answer: str
) -> None:
    decision = decide(tmp_path, policy("house.sample", on_unknown=on_unknown), lessee=UNPLACED)
    assert (decision.outcome, len(decision.flags)) == (outcome, flags)
    assert answer_of(decision, "house.sample") == answer
    assert decision.coverage.policy("house.sample").truth is Truth.UNKNOWN


# --- roles --------------------------------------------------------------------------------------

ANY_ROLE = policy("house.sample", for_each="{party: [lessee, end_user, consignee]}")
CHIPS = {
    "controlled": {"chip": "H100 SXM5", "count": 8},
    "ordinary": {"chip": "T4", "count": 8},
    "unknown": {"chip": "zzz", "count": 8},
}


@pytest.mark.parametrize(
    ("chip", "access", "bound"),
    [
        ("controlled", "remote", {"unknown end user"}),
        ("controlled", "delivery", {"unknown end user", "unknown consignee"}),
        ("controlled", "possession", {"unknown end user", "unknown consignee"}),
        ("controlled", None, {"unknown end user", "unknown consignee"}),
        ("unknown", "remote", {"unknown end user"}),
        ("ordinary", "delivery", set()),
        ("ordinary", None, set()),
    ],
)
def test_a_role_that_the_contract_must_have_binds_one_unknown_party(
    tmp_path: Path, chip: str, access: str | None, bound: set[str]
) -> None:
    item = {**CHIPS[chip], **({"access": access} if access else {})}
    decision = decide(tmp_path, ANY_ROLE, lessee=DANISH, items=[item])
    assert {flag.subject.party for flag in decision.flags} == bound
    assert all(flag.truth is Truth.UNKNOWN for flag in decision.flags)
    assert decision.outcome is (Outcome.INCOMPLETE if bound else Outcome.CLEAR)


def test_a_contract_without_a_lessee_binds_an_unknown_one(tmp_path: Path) -> None:
    found = screener(tmp_path, policy("house.sample")).screen({"id": "C-1"}, as_of=DAY)
    assert subjects(found) == [("unknown lessee", "")]
    assert "n unnamed lessee is led from unknown" in found.flags[0].message


@pytest.mark.parametrize("owns", [True, False, None])
def test_a_named_reseller_that_owns_its_kit_answers_for_its_users(
    tmp_path: Path, owns: bool | None
) -> None:
    reseller = {"role": "reseller", "owns_equipment": owns, "party": {"id": "r", "name": "R"}}
    item = {**CHIPS["controlled"], "access": "remote"}
    decision = decide(tmp_path, ANY_ROLE, lessee=DANISH, items=[item], intermediaries=[reseller])
    bound = {flag.subject.party for flag in decision.flags}
    assert bound == (set() if owns else {"unknown end user"})


def test_a_reseller_without_a_name_answers_for_nobody(tmp_path: Path) -> None:
    reseller = {"role": "reseller", "owns_equipment": True, "party": {"kind": "organization"}}
    item = {**CHIPS["controlled"], "access": "remote"}
    decision = decide(tmp_path, ANY_ROLE, lessee=DANISH, items=[item], intermediaries=[reseller])
    assert subjects(decision) == [("unknown end user", "")]


def test_a_party_in_two_roles_is_judged_once(tmp_path: Path) -> None:
    decision = decide(tmp_path, ANY_ROLE, end_users=["lessee"], consignees=["lessee"])
    assert subjects(decision) == [("lessee", "")]
    assert decision.flags[0].subject.roles == ("lessee", "end_user", "consignee")


def test_a_policy_over_parties_and_items_judges_every_pair(tmp_path: Path) -> None:
    rule = policy(
        "house.sample",
        for_each="{party: [lessee, end_user], item: any}",
        when="{all: [{field: party.headquarters, op: eq, value: CN}, "
        "{field: item.access, op: eq, value: remote}]}",
    )
    decision = decide(
        tmp_path,
        rule,
        end_users=[
            {"id": "u", "name": "U", "headquarters": "CN"},
            {"id": "d", "headquarters": "DK"},
        ],
        items=[{"access": "remote"}, {"access": "delivery"}, {}],
    )
    truths = [flag.truth.value for flag in decision.flags]
    assert [(*pair, t) for pair, t in zip(subjects(decision), truths, strict=True)] == [
        ("lessee", "items.2", "unknown"),
        ("u", "items.2", "unknown"),
        ("lessee", "items.0", "true"),
        ("u", "items.0", "true"),
    ]  # fmt: skip
    line = decision.coverage.policy("house.sample")
    assert (line.truth, line.because) == (Truth.TRUE, "")


def test_a_policy_over_nobody_is_not_met_and_says_why(tmp_path: Path) -> None:
    rule = policy("house.sample", for_each="{party: [payer]}")
    line = decide(tmp_path, rule).coverage.policy("house.sample")
    assert (line.truth, line.applies, bool(line.because)) == (Truth.FALSE, True, True)


# --- exceptions and evidence --------------------------------------------------------------------

CAPITAL = "when: {field: party.public_body, op: eq, value: true}"
EXCUSED = policy("house.sample", exceptions=f"[{{id: state-owned, {CAPITAL}}}]")
ANSWERED = policy("house.sample", clears=f"[{{id: state-owned, {CAPITAL}}}]")


@pytest.mark.parametrize("state", [True, False, None])
def test_only_an_exception_that_is_true_excuses(tmp_path: Path, state: bool | None) -> None:
    decision = decide(tmp_path, EXCUSED, lessee={**CHINESE, "public_body": state})
    line = decision.coverage.policy("house.sample")
    if state:
        (note,) = decision.flags
        assert (decision.outcome, note.outcome, note.decides) == (
            Outcome.CLEAR,
            Outcome.CLEAR,
            False,
        )
        assert note.excused_by is not None
        assert (note.excused_by.id, note.excused_by.until) == ("state-owned", None)
        assert (line.truth, line.because) == (Truth.FALSE, "exception state-owned")
        assert answer_of(decision, "house.sample") == "excused"
    else:
        assert (decision.outcome, line.truth) == (Outcome.REVIEW, Truth.TRUE)


def test_an_exception_for_one_party_does_not_excuse_another(tmp_path: Path) -> None:
    rule = policy(
        "house.sample",
        for_each="{party: [lessee, end_user]}",
        exceptions=f"[{{id: state-owned, {CAPITAL}}}]",
    )
    user = {"id": "u", "name": "U", "headquarters": "CN"}
    decision = decide(tmp_path, rule, lessee={**CHINESE, "public_body": True}, end_users=[user])
    assert subjects(decision) == [("u", ""), ("lessee", "")]
    asked, excused = decision.flags
    assert (asked.excused_by, excused.excused_by is None) == (None, False)


@pytest.mark.parametrize("state", [True, False, None])
def test_evidence_keeps_the_flag_and_takes_its_weight(tmp_path: Path, state: bool | None) -> None:
    decision = decide(tmp_path, ANSWERED, lessee={**CHINESE, "public_body": state})
    (flag,) = decision.flags
    assert flag.outcome is Outcome.REVIEW
    if state:
        assert flag.cleared_by is not None
        assert (flag.cleared_by.id, flag.cleared_by.trace.seen) == ("state-owned", "yes")
        assert (decision.outcome, decision.score) == (Outcome.CLEAR, 0)
        assert answer_of(decision, "house.sample") == "cleared"
    else:
        assert flag.cleared_by is None
        assert (decision.outcome, decision.score) == (Outcome.REVIEW, 20)


def test_evidence_answers_an_undecided_flag_too(tmp_path: Path) -> None:
    decision = decide(tmp_path, ANSWERED, lessee={**UNPLACED, "public_body": True})
    assert (decision.outcome, decision.missing, len(decision.flags)) == (Outcome.CLEAR, (), 1)


# --- states and status --------------------------------------------------------------------------

PROHIBITS = "{outcome: prohibited, severity: critical, factor: watchlist}"


@pytest.mark.parametrize(
    ("state", "outcome", "score"),
    [
        ("in_force", Outcome.PROHIBITED, 70),
        ("unverified", Outcome.INCOMPLETE, 70),
        ("not_enforced", Outcome.CLEAR, 0),
        ("stayed", Outcome.CLEAR, 0),
        ("proposed", Outcome.CLEAR, 0),
    ],
)
def test_a_state_caps_what_a_policy_may_ask(
    tmp_path: Path, state: str, outcome: Outcome, score: int
) -> None:
    timeline = f"[{{from: 2020-01-01, state: {state}}}]"
    decision = decide(tmp_path, policy("house.sample", timeline=timeline, effect=PROHIBITS))
    (flag,) = decision.flags
    assert (decision.outcome, flag.outcome, decision.score) == (outcome, outcome, score)
    assert flag.state is State(state)
    if outcome is Outcome.CLEAR:
        assert (flag.severity, flag.weight, flag.decides) == (Severity.INFO, 0.0, False)


@pytest.mark.parametrize("state", ["not_enforced", "stayed", "proposed"])
def test_a_note_about_law_not_in_force_asks_for_nothing_unknown(tmp_path: Path, state: str) -> None:
    timeline = f"[{{from: 2020-01-01, state: {state}}}]"
    rule = policy("house.sample", timeline=timeline, effect=PROHIBITS)
    decision = decide(tmp_path, rule, lessee=UNPLACED)
    assert (decision.outcome, decision.missing, decision.flags) == (Outcome.CLEAR, (), ())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("test", Outcome.REVIEW), ("stable", Outcome.PROHIBITED), ("deprecated", Outcome.PROHIBITED)],
)
def test_a_policy_not_yet_checked_is_capped_at_review(
    tmp_path: Path, status: str, outcome: Outcome
) -> None:
    rule = policy("house.sample", status=status, effect=PROHIBITS)
    assert decide(tmp_path, rule).outcome is outcome
    undecided = decide(tmp_path, rule, lessee=UNPLACED).outcome
    assert undecided is min(outcome, Outcome.INCOMPLETE)


def test_a_timeline_is_followed_day_by_day(tmp_path: Path) -> None:
    timeline = (
        "[{from: 2024-01-01, state: in_force}, {from: 2024-02-01, state: stayed}, "
        "{from: 2024-03-01, state: unverified}, {from: 2024-04-01, state: repealed}]"
    )
    screening = screener(tmp_path, policy("house.sample", timeline=timeline, effect=PROHIBITS))
    seen = {}
    for day in ("2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29",
                "2024-03-01", "2024-03-31", "2024-04-01"):  # fmt: skip
        decision = screening.screen(
            {"id": "C", "lessee": CHINESE}, date.fromisoformat(day), allow_any_day=True
        )
        seen[day] = answer_of(decision, "house.sample")
    assert list(seen.values()) == [
        "no_policy", "prohibited", "prohibited", "note", "note", "incomplete", "incomplete",
        "no_policy",
    ]  # fmt: skip


def test_parameters_and_effects_are_dated(tmp_path: Path) -> None:
    rule = policy(
        "house.sample",
        parameters="{led: [{from: 2024-01-01, value: [DK]}, {from: 2024-02-01, value: [CN]}], "
        "asked: [{from: 2020-01-01, value: review}, {from: 2024-03-01, value: prohibited}]}",
        timeline="[{from: 2024-01-01, state: in_force}]",
        when="{field: party.headquarters, op: in, value: $led}",
        effect="{outcome: $asked, severity: high, factor: nationality}",
    )
    screening = screener(tmp_path, rule)
    days = [date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1)]
    contract = {"id": "C", "lessee": CHINESE}
    assert [screening.screen(contract, day).outcome.value for day in days] == [
        "clear", "review", "review", "prohibited",
    ]  # fmt: skip


def test_the_day_of_law_is_as_of_and_never_the_signing(tmp_path: Path) -> None:
    rule = policy("house.sample", timeline="[{from: 2024-01-01, state: in_force}]")
    signed = {"signed_on": "2020-01-01"}
    assert decide(tmp_path, rule, as_of=date(2024, 1, 1), **signed).outcome is Outcome.REVIEW
    late = {"signed_on": "2025-01-01"}
    before = decide(tmp_path, rule, as_of=date(2023, 12, 31), **late)
    assert "house.sample" not in {flag.policy_id for flag in before.flags}
    assert before.outcome is Outcome.INCOMPLETE  # no rule is older than the day


# --- several flags ------------------------------------------------------------------------------


def test_the_most_restrictive_wins_and_every_flag_stays(tmp_path: Path) -> None:
    rules = [
        policy(f"house.p{n}", effect=f"{{outcome: {outcome}, severity: low, factor: conduct}}")
        for n, outcome in enumerate(["review", "prohibited", "incomplete", "license_required"])
    ]
    decision = decide(tmp_path, *rules)
    assert decision.outcome is Outcome.PROHIBITED
    assert [flag.policy_id for flag in decision.flags] == [
        "house.p1", "house.p3", "house.p2", "house.p0",
    ]  # fmt: skip
    assert [flag.policy_id for flag in decision.deciding] == ["house.p1"]


def test_flags_are_ordered_by_outcome_severity_and_id_with_answered_ones_last(
    tmp_path: Path,
) -> None:
    def effect(outcome: str, severity: str) -> str:
        return f"{{outcome: {outcome}, severity: {severity}, factor: conduct}}"

    answered = f"[{{id: known, {CAPITAL}}}]"
    decision = decide(
        tmp_path,
        policy("house.a", effect=effect("review", "low")),
        policy("house.b", effect=effect("review", "high")),
        policy("house.c", effect=effect("prohibited", "critical"), clears=answered),
        policy("house.d", effect=effect("review", "high")),
        lessee={**CHINESE, "public_body": True},
    )
    assert [flag.policy_id for flag in decision.flags] == [
        "house.b", "house.d", "house.a", "house.c",
    ]  # fmt: skip
    assert decision.outcome is Outcome.REVIEW


def test_missing_facts_are_those_of_deciding_flags_sorted_once(tmp_path: Path) -> None:
    decision = decide(
        tmp_path,
        policy("house.a", when="{field: party.residence, op: eq, value: CN}"),
        policy("house.b"),
        policy("house.c"),
        policy("house.d", when="{field: party.government, op: eq, value: CN}", on_unknown="ignore"),
        lessee=UNPLACED,
    )
    assert decision.missing == ("lessee.headquarters", "lessee.residence")


def test_a_note_with_a_weight_of_its_own_does_not_move_the_score(tmp_path: Path) -> None:
    rule = policy(
        "house.note", effect="{outcome: clear, severity: low, factor: conduct, weight: 0.5}"
    )
    decision = decide(tmp_path, rule)
    assert (decision.outcome, len(decision.flags), decision.score) == (Outcome.CLEAR, 1, 0)


# --- coverage of what ships ---------------------------------------------------------------------

DAYS = [date(2015, 1, 1), date(2022, 10, 21), DAY, date(2026, 9, 24)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("contract", [{"id": "C"}, {"id": "C", "lessee": CHINESE, "items": [{}]}])
def test_every_policy_has_its_line_in_order(day: date, contract: dict[str, Any]) -> None:
    screening = shipped()
    decision = screening.screen(contract, as_of=day)
    lines = [line.id for line in decision.coverage.policies]
    assert lines == sorted(policy.id for policy in screening.policies)
    for line, rule in zip(decision.coverage.policies, screening.policies, strict=True):
        period = rule.period(day)
        exists = period is not None and period.state is not State.REPEALED
        assert line.applies is exists
        assert (line.truth is not None) is exists
        assert line.state is (period.state if period else None)
        if line.truth is Truth.FALSE:
            assert line.because


def test_a_flag_of_any_policy_is_told_by_its_line() -> None:
    decision = shipped().screen({"id": "C", "lessee": CHINESE, "items": [{}]}, as_of=DAY)
    for flag in decision.flags:
        line = decision.coverage.policy(flag.policy_id)
        assert line.truth in (Truth.TRUE, Truth.UNKNOWN)
        assert line.truth is Truth.TRUE or flag.truth is Truth.UNKNOWN


# --- what would settle it -----------------------------------------------------------------------


def test_an_open_share_asks_for_the_document_by_owner_and_owned(tmp_path: Path) -> None:
    when = "{field: party.ownership.unstated, op: share_gt, value: '50%'}"
    band = {"minimum": "40%", "maximum": "60%"}
    holding = {"owner": {"id": "a", "name": "Holder Ltd"}, "owned": "lessee", "share": band}
    sample = policy("house.sample", when=when, message='"{party.name}"', asks="[a letter]")
    (flag,) = decide(tmp_path, sample, lessee=DANISH, ownership=[holding]).flags
    assert (flag.truth, flag.outcome, flag.missing) == (
        Truth.UNKNOWN, Outcome.INCOMPLETE, ("ownership",),
    )  # fmt: skip
    assert flag.asks == (
        "a letter",
        (
            "a dated register of members of Fjord ApS with the exact holding of Holder Ltd "
            "(stated: 40% to 60%)"
        ),
    )


def test_what_no_edge_is_to_blame_for_asks_in_the_words_of_the_field(tmp_path: Path) -> None:
    when = "{field: party.ownership.unstated, op: share_gt, value: '50%'}"
    (flag,) = decide(
        tmp_path, policy("house.sample", when=when, message='"{party.name}"'), lessee=DANISH
    ).flags
    assert flag.asks == ("a register of owners with shares",)


def test_what_holds_asks_for_no_document(tmp_path: Path) -> None:
    when = "{field: party.ownership.unstated, op: share_gt, value: '30%'}"
    band = {"minimum": "40%", "maximum": "60%"}
    holding = {"owner": {"id": "a", "name": "Holder Ltd"}, "owned": "lessee", "share": band}
    sample = policy("house.sample", when=when, message='"{party.name}"')
    (flag,) = decide(tmp_path, sample, lessee=DANISH, ownership=[holding]).flags
    assert (flag.truth, flag.asks, flag.missing) == (Truth.TRUE, (), ())

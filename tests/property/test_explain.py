"""What holds of every decision that is told."""

import json
from dataclasses import replace
from datetime import date
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

import decisions
from compliance.explain import (
    CustomerMessages,
    customer_safe,
    decision_of,
    json_of,
    plain,
    prose,
    sarif,
    text_of_trace,
    visible,
    why,
)
from compliance.explain.escape_control import is_hidden
from compliance.model.canonical import canonical
from compliance.model.canonical import plain as plain_by_hand
from compliance.model.decision import (
    Citation,
    ClearedBy,
    Decision,
    DecisionError,
    RiskFlag,
    Subject,
    Trace,
)
from compliance.model.outcome import Factor, Outcome, Severity, State
from compliance.model.truth import Truth
from sampling import examples

MESSAGES = CustomerMessages.load()
# Every text that a customer can ever be sent: one for each class and set of questions.
QUESTIONS = [question.ask for question in MESSAGES.questions]
SETS = chain.from_iterable(combinations(QUESTIONS, n) for n in range(1, len(QUESTIONS) + 1))
SENDABLE = {
    MESSAGES.texts.proceed,
    MESSAGES.texts.pending,
    MESSAGES.texts.declined,
    *("\n- ".join((MESSAGES.texts.pending_with_questions, *chosen)) for chosen in SETS),
}

# Words as they stand in names, messages, lists and laws; none is a word of ordinary onboarding.
SECRETS = (
    "Kiefernwald", "Huawei", "SDN", "ofac-sdn", "bis-entity-list", "Entity List", "sanctions",
    "CN", "IR", "Beijing", "744.23", "EAR", "embargo", "license", "presumption_of_denial",
    "us.ear.headquarters", "us.ofac.sdn", "terrorism", "military", "VPN", "critical", "0.7",
)  # fmt: skip
SECRET = st.sampled_from(SECRETS)
PHRASE = st.lists(SECRET, min_size=1, max_size=4).map(" ".join)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
WORDS = PHRASE | ANY_TEXT
PATHS = st.sampled_from(
    (
        "lessee.name", "lessee.ultimate_parent", "ownership", "ownership.0.owner.headquarters",
        "end_users", "end_users.0.name", "items.0.chip", "items.0.supplier.name", "payment.method",
        "end_use.military", "observations.linked_accounts", "authorizations", "provider.name",
        "consignees", "starts_on", "Huawei",
    )
)  # fmt: skip
CODES = st.sampled_from(("none", "contact_us", "more_information_needed", "cannot_be_offered"))
TRUTHS = st.sampled_from(Truth)
LEAVES = st.builds(
    Trace, st.just("leaf"), TRUTHS, WORDS, SECRET, WORDS, WORDS, WORDS, WORDS, st.just(()),
    st.lists(PATHS, max_size=2).map(tuple),
)  # fmt: skip
TRACES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Trace,
        st.sampled_from(("all", "any", "not")),
        TRUTHS,
        where=WORDS,
        children=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)
SUBJECTS = st.builds(
    Subject, WORDS, WORDS, st.lists(SECRET, max_size=2).map(tuple), st.sampled_from(("", "items.0"))
)
FLAGS = st.builds(
    RiskFlag,
    policy_id=PHRASE | ANY_TEXT.filter(bool),
    title=WORDS,
    outcome=st.sampled_from(Outcome),
    severity=st.sampled_from(Severity),
    factor=st.sampled_from([factor.value for factor in Factor]),
    weight=st.sampled_from((0.0, 0.05, 0.2, 0.45, 0.7)),
    subject=SUBJECTS,
    message=WORDS,
    customer_message=CODES,
    truth=st.sampled_from((Truth.TRUE, Truth.UNKNOWN)),
    state=st.sampled_from(State),
    state_since=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    status=st.sampled_from(("test", "stable")),
    basis=st.sampled_from(("law", "house")),
    citations=st.lists(st.builds(Citation, SECRET, WORDS, WORDS), max_size=2).map(tuple),
    trace=TRACES,
    missing=st.lists(PATHS, max_size=3, unique=True).map(tuple),
    asks=st.lists(WORDS, max_size=2).map(tuple),
    license_policy=st.none() | WORDS,
    cleared_by=st.none() | st.builds(ClearedBy, SECRET, LEAVES),
    false_positives=st.lists(WORDS, max_size=2).map(tuple),
    doubt=WORDS,
)
ERRORS = (
    st.none() | st.none() | st.builds(DecisionError, SECRET, st.lists(WORDS, max_size=2).map(tuple))
)


@st.composite
def _decisions(draw: st.DrawFn) -> Decision:
    flags = draw(st.lists(FLAGS, max_size=4))
    return decisions.decision(*flags, error=draw(ERRORS), contract_id=draw(WORDS))


DECISIONS = _decisions()


@given(DECISIONS)
@settings(max_examples=examples(100))
def test_a_customer_is_sent_one_of_few_texts_and_none_with_a_reason(told: Decision) -> None:
    text = customer_safe(told)
    assert text in SENDABLE
    lowered = text.casefold()
    assert [s for s in SECRETS if f" {s.casefold()} " in f" {lowered} "] == []
    assert [s for s in SECRETS if len(s) > 3 and s.casefold() in lowered] == []


@given(DECISIONS)
@settings(max_examples=examples(60))
def test_a_customer_may_proceed_exactly_where_the_decision_is_clear(told: Decision) -> None:
    clear = told.outcome is Outcome.CLEAR and told.error is None
    assert (customer_safe(told) == MESSAGES.texts.proceed) is clear


@given(DECISIONS, FLAGS, st.data())
@settings(max_examples=examples(100))
def test_the_text_depends_on_outcome_codes_and_missing_paths_alone(
    told: Decision, other: RiskFlag, data: st.DataObject
) -> None:
    changed = tuple(
        replace(
            other,
            outcome=flag.outcome,
            customer_message=flag.customer_message,
            missing=tuple(data.draw(st.permutations(flag.missing))),
            cleared_by=flag.cleared_by,
        )
        for flag in told.flags
    )
    doubled = (*changed, *changed)
    for flags in (changed, doubled, tuple(reversed(changed))):
        assert customer_safe(replace(told, flags=flags, contract_id="other")) == customer_safe(told)


@given(DECISIONS)
@settings(max_examples=examples(60))
def test_a_stopped_decision_reads_alike_at_every_outcome_unless_it_is_refused(
    told: Decision,
) -> None:
    texts = {
        customer_safe(
            replace(
                told,
                outcome=outcome,
                flags=tuple(
                    replace(f, outcome=outcome, customer_message="contact_us") for f in told.flags
                ),
            )
        )
        for outcome in Outcome
        if outcome is not Outcome.CLEAR
    }
    assert len(texts) == 1


@given(DECISIONS)
@settings(max_examples=examples(60))
def test_json_reads_back_and_is_stable(told: Decision) -> None:
    content = json_of(told)
    assert content == canonical(told)
    assert plain(told) == plain_by_hand(told)
    assert decision_of(content) == told
    assert json_of(decision_of(json_of(told, pretty=True))) == content


@given(DECISIONS)
@settings(max_examples=examples(60))
def test_prose_and_why_hold_nothing_hidden_and_name_every_policy_that_left_a_flag(
    told: Decision,
) -> None:
    text = prose(told, width=80, verbose=True)
    assert [c for c in text if c != "\n" and is_hidden(c)] == []
    assert [c for c in why(told) if is_hidden(c)] == []
    words = "".join(text.split())
    for flag in told.flags:
        assert "".join(f"Policy: {visible(flag.policy_id)}".split()) in words
        for line in text_of_trace(flag.trace):
            assert "".join(line.split()) in words


@given(st.lists(DECISIONS, max_size=3))
@settings(max_examples=examples(40))
def test_a_sarif_log_holds_every_flag_once_and_is_plain_json(told: list[Decision]) -> None:
    log = sarif(told, "customers.csv")
    assert json.loads(json.dumps(log)) == log
    results = [result for run in log["runs"] for result in run["results"]]
    assert [result["ruleId"] for result in results] == [f.policy_id for d in told for f in d.flags]

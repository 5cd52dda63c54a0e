"""What a customer may be told, and that nothing more is told."""

import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.explain import CustomerMessages, CustomerReply, customer_safe
from compliance.model.contract import Contract
from compliance.model.decision import DecisionError, RiskFlag, Subject
from compliance.model.item import Item
from compliance.model.outcome import Outcome, Severity
from compliance.model.payment import Payment
from compliance.tables.embedded import rules_path
from decisions import cleared, decision, flag, note, undecided

PROCEED = "We can proceed."
PENDING = (
    "Thank you for your order. We are completing our standard checks and will contact you. "
    "You do not need to do anything for now."
)
ASKING = (
    "Thank you for your order. To complete our standard checks, we ask you to send us the "
    "following. We will contact you when we have looked at it."
)
DECLINED = (
    "Thank you for your interest. We cannot offer this service as ordered. "
    "Please contact us if you have questions."
)
STOPPED = [Outcome.REVIEW, Outcome.INCOMPLETE, Outcome.LICENSE_REQUIRED, Outcome.PROHIBITED]


def test_clear_may_proceed_whatever_notes_it_carries() -> None:
    texts = {customer_safe(decision(*flags)) for flags in ((), (note(),), (note(), cleared()))}
    assert texts == {PROCEED}


@pytest.mark.parametrize("code", ["none", "contact_us", "more_information_needed"])
def test_every_other_outcome_reads_alike(code: str) -> None:
    texts = {customer_safe(decision(flag(outcome=o, customer_message=code))) for o in STOPPED}
    assert texts == {PENDING}


def test_every_other_outcome_asks_alike() -> None:
    texts = {
        customer_safe(decision(undecided(outcome=outcome, customer_message=code)))
        for outcome, code in product(STOPPED, ("contact_us", "more_information_needed"))
    }
    assert texts == {f"{ASKING}\n- ownership information"}


@pytest.mark.parametrize("outcome", [Outcome.LICENSE_REQUIRED, Outcome.PROHIBITED])
def test_a_refusal_needs_a_stopping_outcome_and_the_code_of_every_deciding_flag(
    outcome: Outcome,
) -> None:
    refusing = flag(outcome=outcome, customer_message="cannot_be_offered")
    assert customer_safe(decision(refusing)) == DECLINED
    assert customer_safe(decision(refusing, undecided(), note(), cleared())) == DECLINED
    assert customer_safe(decision(refusing, flag(outcome=outcome, policy_id="us.b"))) == PENDING


@pytest.mark.parametrize("outcome", [Outcome.REVIEW, Outcome.INCOMPLETE])
def test_what_may_still_be_answered_is_never_refused(outcome: Outcome) -> None:
    told = decision(flag(outcome=outcome, customer_message="cannot_be_offered"))
    assert customer_safe(told) == PENDING


def test_a_refusal_by_a_flag_that_evidence_answers_is_none() -> None:
    answered = cleared(outcome=Outcome.PROHIBITED, customer_message="cannot_be_offered")
    assert customer_safe(decision(answered, flag())) == PENDING


def test_a_contract_that_could_not_be_screened_waits() -> None:
    told = decision(error=DecisionError("contract", ("lessee.name: empty",)))
    assert customer_safe(told) == PENDING
    assert customer_safe(replace(told, outcome=Outcome.CLEAR)) == PENDING


def test_questions_stand_in_their_reviewed_order_each_once() -> None:
    told = decision(
        undecided(missing=("end_use.military", "items.1.chip", "items.0.site.country")),
        undecided(policy_id="us.b", missing=("end_users", "lessee.name", "lessee.headquarters")),
        undecided(policy_id="us.c", missing=("payment.method", "starts_on", "consignees")),
    )
    assert CustomerMessages.load().reply(told) == CustomerReply(
        "pending",
        (
            "details of your company, or of yourself if you order as a person",
            "who will use the service",
            "who else takes part in the order, such as resellers or recipients",
            "technical details of the equipment",
            "payment details",
            "what the service will be used for",
            "the start and end of the service and the signed order",
        ),
        f"{ASKING}\n"
        "- details of your company, or of yourself if you order as a person\n"
        "- who will use the service\n"
        "- who else takes part in the order, such as resellers or recipients\n"
        "- technical details of the equipment\n"
        "- payment details\n"
        "- what the service will be used for\n"
        "- the start and end of the service and the signed order",
    )


@pytest.mark.parametrize(
    "silent",
    [
        undecided(customer_message="none"),
        cleared(missing=("ownership",)),
        note(missing=("ownership",)),
        undecided(missing=("usage.from", "observations.linked_accounts", "authorizations")),
        undecided(missing=("provider.headquarters", "items.0.supplier.name")),
        undecided(missing=("nowhere", "", "Kiefernwald")),
    ],
)
def test_our_own_affairs_and_what_shows_our_hand_ask_nothing(silent: RiskFlag) -> None:
    assert customer_safe(decision(flag(missing=()), silent)) == PENDING


def test_the_text_does_not_depend_on_who_what_why_or_how_many() -> None:
    plainly = decision(undecided(missing=("ownership",)))
    loudly = decision(
        *(
            undecided(
                policy_id=f"us.list.{n}",
                title="Listed",
                message="On the SDN List",
                severity=Severity.CRITICAL,
                subject=Subject(f"p{n}", "Kiefernwald", ("lessee",)),
                missing=(f"ownership.{n}.owner.name", "lessee.ultimate_parent"),
                outcome=Outcome.PROHIBITED,
            )
            for n in range(9)
        ),
        contract_id="Other",
        score=99,
    )
    assert customer_safe(plainly) == customer_safe(loudly)


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("lessee", "customer"),
        ("lessee.headquarters", "customer"),
        ("lessee.officers.0.person.birth_date", "customer"),
        ("lessee.ultimate_parent", "ownership"),
        ("lessee.ultimate_parent.headquarters", "ownership"),
        ("lessees", None),
        ("end_users", "users"),
        ("end_users.12.name", "users"),
        ("end_users.12.ultimate_parent", "ownership"),
        ("items.0.site.country", "items"),
        ("items.0.site.operator.name", None),
        ("payment.exchange", "payment"),
        ("payment.exchange.licensed", None),
        ("ownership.3.owner.headquarters", "ownership"),
        ("", None),
    ],
)
def test_the_longest_prefix_of_whole_steps_decides(path: str, question: str | None) -> None:
    assert CustomerMessages.load().question(path) == question


def test_among_prefixes_of_one_length_the_more_exact_decides(tmp_path: Path) -> None:
    rules = _changed(tmp_path, "paths: [items]", "paths: [items.0, items.*]")
    rules = _changed(rules, "paths: [end_use]", "paths: [end_use, items.1]")
    messages = CustomerMessages.load(rules)
    assert [messages.question(f"items.{n}.chip") for n in (0, 1, 2)] == [
        "items",
        "purpose",
        "items",
    ]


@pytest.mark.parametrize("model", [Contract, Item, Payment])
def test_every_fact_of_a_contract_is_asked_for_or_left_out_on_purpose(
    model: type[Contract | Item | Payment],
) -> None:
    prefix = {Contract: (), Item: ("items", "*"), Payment: ("payment",)}[model]
    asked = CustomerMessages.load().asked
    for name in model.model_fields:
        path = (*prefix, name)
        assert any(path[:length] in asked for length in range(1, len(path) + 1)), name


def _changed(folder: Path, before: str, after: str) -> Path:
    """A rules folder whose customer messages differ in one place."""
    path = folder / "data" / "customer_messages.yaml"
    if not path.exists():
        path.parent.mkdir(parents=True)
        shutil.copy(rules_path() / "data" / "customer_messages.yaml", path)
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))
    return folder


def _problems(rules: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(ReferenceDataError) as caught:
        CustomerMessages.load(rules)
    return [(problem.line, problem.path, problem.message) for problem in caught.value.problems]


def test_another_folder_gives_other_words(tmp_path: Path) -> None:
    messages = CustomerMessages.load(_changed(tmp_path, "We can proceed.", "All set."))
    assert customer_safe(decision(), messages) == "All set."
    assert customer_safe(decision()) == PROCEED


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("You are on the Sanctions list.", "Sanctions"),
        ("An EXPORT question is open.", "EXPORT"),
        ("Our compliance team looks.", "compliance"),
        ("Your country is not served.", "country"),
    ],
)
def test_a_text_that_gives_a_reason_is_refused(tmp_path: Path, said: str, word: str) -> None:
    rules = _changed(tmp_path, "We can proceed.", said)
    assert _problems(rules) == [(6, "texts.proceed", f"a customer is never told {word!r}")]


def test_a_question_that_gives_a_reason_is_refused(tmp_path: Path) -> None:
    rules = _changed(tmp_path, "ask: payment details", "ask: a statement on military use")
    assert _problems(rules) == [
        (35, "questions.5.ask", "a customer is never told 'military'"),
    ]


def test_a_word_inside_another_is_not_a_reason(tmp_path: Path) -> None:
    rules = _changed(tmp_path, "We can proceed.", "We flaunt a checklist.")
    assert customer_safe(decision(), CustomerMessages.load(rules)) == "We flaunt a checklist."


def test_every_defect_is_reported_at_its_place(tmp_path: Path) -> None:
    rules = _changed(tmp_path, "proceed: We can proceed.", "proceeds: We can proceed.")
    rules = _changed(rules, "id: ownership", "id: Ownership!")
    rules = _changed(rules, "schema: 1", "schema: 2")
    assert [(line, path) for line, path, _ in _problems(rules)] == [
        (4, "schema"),
        (6, "texts"),
        (6, "texts.proceeds"),
        (22, "questions.1.id"),
    ]


def test_a_prefix_or_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    rules = _changed(tmp_path, "paths: [end_use]", "paths: [end_use, items]")
    rules = _changed(rules, "id: term", "id: users")
    rules = _changed(rules, "not_asked: [provider,", "not_asked: [provider, lessee,")
    assert [message for _, _, message in _problems(rules)] == [
        "'items' stands here twice",
        "'users' stands here twice",
        "'lessee' stands here twice",
    ]


def test_a_folder_without_the_words_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"customer_messages\.yaml: No such file"):
        CustomerMessages.load(tmp_path)


def test_words_outside_strict_yaml_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="anchor"):
        CustomerMessages.load(_changed(tmp_path, "We can proceed.", "&x We can proceed."))

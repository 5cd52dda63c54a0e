"""What is told of contracts that were really screened, with the rules and lists that ship."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import pytest

from compliance.explain import (
    CustomerMessages,
    customer_safe,
    decision_of,
    decision_schema,
    json_of,
    prose,
    sarif,
    why,
)
from compliance.model.canonical import canonical
from compliance.model.decision import Decision
from compliance.model.outcome import Outcome
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import screener

LISTED = "Huawei Technologies Co., Ltd."
DAYS = (date(2022, 10, 6), date(2023, 11, 17), date(2024, 6, 15), date(2026, 12, 1))
CHANGES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "innocent tenant": ("remote", {}),
    "innocent buyer": ("hardware", {}),
    "nameless tenant": ("remote", {"lessee.name": None, "end_users": []}),
    "buyer without an owner": ("hardware", {"lessee.exchange_listing": None}),
    "listed buyer": ("hardware", {"lessee.name": LISTED, "lessee.headquarters": "CN"}),
    "unknown place": ("remote", {"items.0.site.country": None, "payment": None}),
}


@cache
def _screened(name: str, day: date) -> Decision:
    base, change = CHANGES[name]
    return screener().screen(changed(bases(rules_path())[base], change), as_of=day)


EVERY_ONE = pytest.mark.parametrize(
    ("name", "day"), [(name, day) for name in CHANGES for day in DAYS]
)


@EVERY_ONE
def test_its_json_is_canonical_valid_and_reads_back(name: str, day: date) -> None:
    told = _screened(name, day)
    content = json_of(told)
    assert content == canonical(told)
    jsonschema.validate(json.loads(content), decision_schema())
    assert decision_of(content) == told


@EVERY_ONE
def test_its_prose_names_every_flag_and_its_law(name: str, day: date) -> None:
    told = _screened(name, day)
    words = "".join(prose(told, verbose=True).split())
    for flag in told.flags:
        for part in (f"Policy: {flag.policy_id}", flag.title, flag.message, flag.doubt, *flag.asks):
            assert "".join(part.split()) in words
        for citation in flag.citations:
            assert "".join(citation.cite.split()) in words
    flagged = {flag.policy_id for flag in told.flags}
    for line in told.coverage.policies:
        assert line.id in flagged or f"-{line.id}(" in words


@EVERY_ONE
def test_its_customer_learns_no_more_than_whether_to_wait(name: str, day: date) -> None:
    told = _screened(name, day)
    reply = CustomerMessages.load().reply(told)
    clear = told.outcome is Outcome.CLEAR
    assert reply.standing == ("proceed" if clear else "pending")
    assert reply.text == customer_safe(told)
    for secret in (LISTED, "Huawei", "list", *(flag.policy_id for flag in told.flags)):
        assert secret not in reply.text


def test_a_listed_buyer_and_one_with_unknown_owners_are_told_the_same() -> None:
    listed, unknown = (
        _screened(name, date(2024, 6, 15)) for name in ("listed buyer", "nameless tenant")
    )
    assert listed.outcome is Outcome.LICENSE_REQUIRED
    assert unknown.outcome is Outcome.INCOMPLETE
    first, second = customer_safe(listed).split("\n")[0], customer_safe(unknown).split("\n")[0]
    assert {first, second} <= {
        CustomerMessages.load().texts.pending,
        CustomerMessages.load().texts.pending_with_questions,
    }


def test_a_score_can_be_recomputed_from_what_prose_prints() -> None:
    told = _screened("listed buyer", date(2024, 6, 15))
    (line,) = (x for x in prose(told, width=500).splitlines() if x.startswith("  Score: "))
    left = 1.0
    for term in line.split("100 x (1 - ")[1].split(", rounded")[0].removesuffix(")").split(" x "):
        left *= 1 - float(term.removeprefix("(1 - ").removesuffix(")"))
    assert round(100 * (1 - left)) == told.score


def test_a_refused_row_is_told_in_every_form() -> None:
    (told,) = screener().screen_many([{"id": "q", "zzz": 1}], as_of=DAYS[0])
    assert why(told) == "not screened, contract: zzz: unknown key 'zzz'"
    assert decision_of(json_of(told)) == told
    (run,) = sarif([told])["runs"]
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1
    assert customer_safe(told) == CustomerMessages.load().texts.pending
    assert "Not screened: contract" in prose(told).splitlines()


def test_a_party_alone_is_told_like_a_contract() -> None:
    told = screener().screen_party({"id": "p1", "name": LISTED}, as_of=date(2024, 6, 15))
    assert prose(told).startswith(f"p1: {told.outcome.value.replace('_', ' ').upper()}\n")
    assert decision_of(json_of(told)) == told
    assert LISTED not in customer_safe(told)

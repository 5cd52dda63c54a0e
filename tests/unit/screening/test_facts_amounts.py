"""Accounts and contracts of one holder count together, over time; a job fits its contract."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.policies.fact import Fact
from unit.screening.contracts import of_contract

H100, T4 = {"chip": "H100 SXM5", "count": 8}, {"chip": "T4", "count": 8}
TERM = {"starts_on": "2024-06-01", "ends_on": "2024-08-31"}
LIST = {"kind": "organizer_list", "reference": "class of 2024"}


def with_linked(field: str, *linked: dict[str, Any], **contract: Any) -> Fact:
    accounts = [{"id": f"A-{n}", **account} for n, account in enumerate(linked)]
    return of_contract(field, **{"items": [H100], "linked": accounts, **TERM, **contract})


@pytest.mark.parametrize(
    ("linked", "chips"),
    [
        ([], 8),
        ([{"items": [H100]}], 16),
        ([{"items": [H100, T4]}, {"controlled_chips": 50}], 66),
        ([{"items": [T4]}], 8),
        # Over time: contracts that follow each other within thirty days.
        ([{"items": [H100], "until": "2024-05-31"}], 16),
        ([{"items": [H100], "until": "2024-05-02"}], 16),
        ([{"items": [H100], "until": "2024-05-01"}], 8),
        ([{"items": [H100], "from": "2024-09-30"}], 16),
        ([{"items": [H100], "from": "2024-10-01"}], 8),
        # Another holder, by evidence that was given and is named.
        ([{"items": [H100], "explained_by": LIST}], 8),
        ([{"items": [H100], "explained_by": {"kind": "organizer_list"}}], 16),
        ([{"items": [H100], "explained_by": {**LIST, "status": "refused"}}], 16),
        ([{"items": [H100], "explained_by": {**LIST, "kind": "site_visit"}}], 16),
    ],
)
def test_linked_contracts_are_added(linked: list[dict[str, Any]], chips: int) -> None:
    fact = with_linked("controlled_chips", *linked)
    assert (fact.value, fact.known) == (chips, True)
    assert with_linked("controlled_chips_here", *linked).value == 8


@pytest.mark.parametrize(
    ("linked", "contract", "least"),
    [
        ([{}], {}, 8),
        ([{"items": [{"chip": "H100 SXM5"}]}, {"items": [H100]}], {}, 16),
        ([], {"observations": {"linked_accounts": 2}}, 8),
        ([{"items": [H100]}], {"observations": {"linked_accounts": 2}}, 16),
    ],
)
def test_what_nobody_says_of_a_linked_account_leaves_the_sum_at_least_so_much(
    linked: list[dict[str, Any]], contract: dict[str, Any], least: int
) -> None:
    fact = with_linked("controlled_chips", *linked, **contract)
    assert (fact.value, fact.known, fact.text) == (least, False, f"at least {least}")
    assert fact.missing


def test_chips_that_may_be_controlled_leave_the_sum_between_two_ends() -> None:
    fact = with_linked("controlled_chips", {"items": [{"chip": "zzz", "count": 4}]})
    assert (fact.value, fact.known, fact.possible) == (None, False, frozenset({8, 12}))
    assert fact.missing == ("linked.0.items.0.chip",)


def test_accounts_that_an_organizer_answers_for_are_not_added() -> None:
    seen = {"linked_accounts": {"value": 30, "explained_by": LIST}}
    assert with_linked("controlled_chips", observations=seen).value == 8
    assert with_linked("linked_accounts", observations=seen).value == 30
    assert with_linked("linked_accounts.open", observations=seen).value is False
    assert with_linked("linked_accounts.open", {"items": [H100]}).value is True


def test_a_contract_without_controlled_chips_is_not_made_one_by_others() -> None:
    fact = with_linked("controlled_chips", {"items": [H100]}, items=[T4])
    assert (fact.value, fact.known) == (0, True)


@pytest.mark.parametrize(
    ("linked", "seen", "alike"),
    [([], 0, 8), ([], 3, 32), ([{}], 3, 32), ([{"controlled_chips": 1}], 3, 25), ([{}], 0, 16)],
)
def test_unsized_accounts_may_be_as_large_as_this_one(
    linked: list[dict[str, Any]], seen: int, alike: int
) -> None:
    fact = with_linked("controlled_chips_if_alike", *linked, observations={"linked_accounts": seen})
    assert fact.value == alike


def test_operations_of_linked_contracts_are_added() -> None:
    alone = with_linked("operations")
    assert with_linked("operations", {"items": [H100, T4]}).value == 2 * alone.value
    counted = with_linked("operations", {"controlled_chips": 8})
    assert (counted.value, counted.known) == (alone.value, False)
    assert with_linked("operations", {"items": [H100], "explained_by": LIST}).value == alone.value


def test_linked_accounts_are_told_with_what_ties_them() -> None:
    fact = with_linked(
        "linked_accounts.told",
        {"holder": "Fjord ApS", "by": ["payer", "keys"], "items": [H100], "from": "2024-01-01"},
        {"explained_by": LIST},
        observations={"linked_accounts": 3},
    )
    assert fact.value == (
        "A-0 (held by Fjord ApS; tied by payer, keys; 2024-01-01 to open; added); A-1 (organizer"
        " list, class of 2024; not added); 1 of which nothing is listed"
    )
    assert with_linked("linked_accounts.told").value == "none listed"


@pytest.mark.parametrize(
    ("job", "items", "exceeds"),
    [
        (8, [H100], False),
        (9, [H100], True),
        (16, [H100, T4], False),
        (17, [H100, T4], True),
        (8, [H100, {"chip": "T4"}], False),
        (9, [H100, {"chip": "T4"}], None),
        (1, [], True),
        (1, [{"chip": "T4"}], None),
    ],
)
def test_a_job_is_no_larger_than_its_contract(
    job: int, items: list[dict[str, Any]], exceeds: bool | None
) -> None:
    fact = of_contract("job_exceeds_chips", items=items, usage={"gpus_in_one_job": job})
    assert fact.value is exceeds


def test_nobody_knows_how_large_a_job_was_that_was_not_measured() -> None:
    fact = of_contract("job_exceeds_chips", items=[H100])
    assert (fact.known, fact.missing) == (False, ("usage.gpus_in_one_job",))


@pytest.mark.parametrize(("job", "exceeds"), [(16, False), (17, True)])
def test_a_job_may_run_on_linked_contracts(job: int, exceeds: bool) -> None:
    fact = with_linked("job_exceeds_linked", {"items": [H100]}, usage={"gpus_in_one_job": job})
    assert fact.value is exceeds

"""What holds of every decision: unknown is never clear, order is nothing, replay is exact."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decisions
from compliance import Contract, ContractError, Screener
from compliance.explain import decision_of, json_of
from compliance.model import Decision, Factor, Outcome, Truth
from compliance.model.decision import RiskFlag
from compliance.screening.policy_tests import bases, changed
from compliance.screening.score import factors_of, score_of
from compliance.tables.embedded import rules_path
from sampling import examples
from screeners import screener
from strategies import DAYS, LISTED, SHARES, contracts

BASES = bases(rules_path())
CONTROLLED = [date(2022, 11, 1), date(2023, 11, 17), date(2024, 6, 15), date(2026, 9, 24)]
BEFORE = date(2021, 6, 1)


def screen(contract: Any, day: date) -> Decision:
    return screener().screen(contract, as_of=day)


def told(decision: Decision) -> tuple[Outcome, int, dict[str, int], set[tuple[Any, ...]]]:
    """Outcome, score, factors, and the flags as a set."""
    flags = {
        (f.policy_id, f.subject.party, f.truth, f.outcome, f.cleared_by is None)
        for f in decision.flags
    }
    return decision.outcome, decision.score, dict(decision.factors), flags


# --- unknown is never clear ---------------------------------------------------------------------

# DESIGN 5, "What must be known for clear"; each is taken from an innocent contract.
ANY: dict[str, dict[str, Any]] = {
    "the lessee's name": {"lessee.name": None},
    "the lessee's incorporation": {"lessee.incorporation": None},
    "the lessee's headquarters": {"lessee.headquarters": None},
    "the lessee": {"lessee": {"id": "lessee", "kind": "organization"}},
    "the chip": {"items.0.chip": None},
    "the country of the site": {"items.0.site.country": None},
    "the site": {"items.0.site": None},
    "the items": {"items": None},
}
CHIPS: dict[str, dict[str, Any]] = {
    "the end users": {"end_users": None},
    "an end user's name": {"end_users": [{"id": "u", "kind": "organization"}]},
    "the owners": {"lessee.exchange_listing": None},
    "the payment": {"payment": None},
    "the payment method": {"payment.method": None},
}
HARDWARE: dict[str, dict[str, Any]] = {
    "the consignees": {"consignees": None},
    "a consignee's name": {"consignees": [{"id": "c", "kind": "organization"}]},
    "the end use": {"end_use": None},
    "the parent's headquarters": {
        "lessee.ultimate_parent": {"id": "top", "name": "Top", "kind": "organization"}
    },
}


def _gaps() -> list[Any]:
    found = []
    for base, gaps in (("remote", [ANY, CHIPS]), ("hardware", [ANY, CHIPS, HARDWARE])):
        for table in gaps:
            days = [BEFORE, *CONTROLLED] if table is ANY else CONTROLLED
            found += [
                pytest.param(base, change, day, id=f"{base}, {day}: {name}")
                for name, change in table.items()
                for day in days
            ]
    return found


@pytest.mark.parametrize("day", [BEFORE, *CONTROLLED])
@pytest.mark.parametrize("base", sorted(BASES))
def test_the_innocent_are_clear(base: str, day: date) -> None:
    assert screen(BASES[base], day).outcome is Outcome.CLEAR


@pytest.mark.parametrize(("base", "change", "day"), _gaps())
def test_an_innocent_of_whom_a_deciding_fact_is_missing_is_not_clear(
    base: str, change: dict[str, Any], day: date
) -> None:
    decision = screen(changed(BASES[base], change), day)
    assert decision.outcome >= Outcome.INCOMPLETE
    assert decision.missing


@pytest.mark.parametrize("status", ["unknown", "refused"])
@pytest.mark.parametrize("day", CONTROLLED)
@pytest.mark.parametrize(
    "path",
    ["lessee.name", "lessee.incorporation", "lessee.headquarters", "items.0.site.country",
     "payment.method", "lessee.ultimate_parent"],
)  # fmt: skip
def test_a_fact_stated_as_unknown_or_refused_is_not_known(
    path: str, day: date, status: str
) -> None:
    base = changed(BASES["hardware"], {"lessee.exchange_listing": None})
    if path != "lessee.ultimate_parent":
        base = dict(BASES["remote"])
    assert screen(changed(base, {path: {"status": status}}), day).outcome >= Outcome.INCOMPLETE


@pytest.mark.parametrize("day", CONTROLLED)
def test_a_person_is_known_by_name_and_residence(day: date) -> None:
    person = {"id": "lessee", "kind": "person", "name": "Ada Fjord", "residence": "DK"}
    whole = changed(BASES["remote"], {"lessee": person})
    assert screen(whole, day).outcome is Outcome.CLEAR
    for key in ("name", "residence"):
        assert screen(changed(whole, {f"lessee.{key}": None}), day).outcome >= Outcome.INCOMPLETE


@settings(max_examples=examples(25))
@given(contracts(), DAYS)
def test_clear_means_that_nothing_that_decides_is_missing(
    contract: dict[str, Any], day: date
) -> None:
    decision = screen(contract, day)
    open_ = [flag for flag in decision.flags if flag.decides]
    assert (decision.outcome is Outcome.CLEAR) == (not open_)
    if decision.outcome is Outcome.CLEAR:
        assert decision.missing == ()
    for flag in open_:
        assert flag.truth is Truth.TRUE or flag.outcome <= Outcome.INCOMPLETE
        assert flag.truth is Truth.TRUE or flag.missing
        assert flag.truth is Truth.TRUE or flag.asks


# --- outcome and score --------------------------------------------------------------------------


@settings(max_examples=examples(25))
@given(contracts(), DAYS)
def test_outcome_score_and_missing_follow_from_the_flags(
    contract: dict[str, Any], day: date
) -> None:
    decision = screen(contract, day)
    deciding = [flag for flag in decision.flags if flag.decides]
    assert decision.outcome is max((f.outcome for f in deciding), default=Outcome.CLEAR)
    left = 1.0
    for factor in Factor:
        weight = max((f.weight for f in deciding if f.factor == factor), default=0.0)
        assert decision.factors[factor.value] == round(100 * weight)
        left *= 1 - weight
    assert decision.score == round(100 * (1 - left))
    assert 0 <= decision.score <= 100
    assert decision.missing == tuple(sorted({path for f in deciding for path in f.missing}))


FLAGS = st.lists(
    st.builds(
        lambda factor, weight: decisions.flag(factor=factor, weight=weight),
        st.sampled_from([factor.value for factor in Factor]),
        st.sampled_from([0.0, 0.05, 0.2, 0.45, 0.7, 0.99]),
    ),
    max_size=6,
)


def score(flags: list[RiskFlag]) -> int:
    return score_of(factors_of(flags, tuple(Factor)).values())


@settings(max_examples=examples(40))
@given(FLAGS, FLAGS)
def test_a_score_is_bounded_and_never_lowered_by_another_flag(
    some: list[RiskFlag], more: list[RiskFlag]
) -> None:
    assert 0 <= score(some) <= score([*some, *more]) <= 100


@settings(max_examples=examples(20))
@given(FLAGS)
def test_a_score_does_not_know_the_order_of_flags(flags: list[RiskFlag]) -> None:
    assert {score(list(order)) for order in list(permutations(flags))[:120]} <= {score(flags)}


# --- a listed owner -----------------------------------------------------------------------------


@settings(max_examples=examples(25))
@given(contracts(), SHARES, DAYS)
def test_another_listed_owner_never_lowers_the_outcome(
    contract: dict[str, Any], share: Any, day: date
) -> None:
    """Beside owners that are stated: the first statement answers who owns it, and may do that."""
    lessee = {"id": "lessee", "name": "Some Company", **contract.get("lessee", {})}
    first = {"owner": {"id": "first", "name": "Fjord Holding"}, "owned": "lessee", "share": "5%"}
    stated = {**contract, "lessee": lessee}
    stated["ownership"] = [first, *contract.get("ownership", [])]
    listed = deepcopy(stated)
    owner = {"id": "listed", "name": LISTED, "kind": "organization", "headquarters": "CN"}
    listed["ownership"].append({"owner": owner, "owned": "lessee", "share": share})
    before, after = screen(stated, day), screen(listed, day)
    assert after.outcome >= before.outcome


@pytest.mark.parametrize("base", sorted(BASES))
@pytest.mark.parametrize("day", CONTROLLED)
def test_a_listed_majority_owner_of_an_innocent_is_never_clear(base: str, day: date) -> None:
    owner = {"id": "listed", "name": LISTED, "kind": "organization", "headquarters": "CN"}
    for share in ("50%", "51%", "100%"):
        stake = {"owner": owner, "owned": "lessee", "share": share}
        held = changed(BASES[base], {"ownership": [stake]})
        assert screen(held, day).outcome > Outcome.CLEAR


@settings(max_examples=examples(25))
@given(contracts(), DAYS, st.sampled_from(["anonymizing_network", "attestation_refused"]))
def test_another_bad_sign_never_lowers_the_outcome(
    contract: dict[str, Any], day: date, sign: str
) -> None:
    quiet = {**contract, "observations": {**contract.get("observations", {}), sign: False}}
    seen = {**contract, "observations": {**contract.get("observations", {}), sign: True}}
    before, after = screen(quiet, day), screen(seen, day)
    assert after.outcome >= before.outcome
    assert after.score >= before.score


# --- order, replay, many ------------------------------------------------------------------------


def shuffled(contract: dict[str, Any]) -> dict[str, Any]:
    """The same contract with its parties and interests in the other order."""
    other = dict(reversed(contract.items()))
    for key in ("end_users", "consignees", "payers", "ownership"):
        if key in other:
            other[key] = list(reversed(other[key]))
    return other


@settings(max_examples=examples(25))
@given(contracts(), DAYS)
def test_the_order_of_parties_and_interests_decides_nothing(
    contract: dict[str, Any], day: date
) -> None:
    assert told(screen(shuffled(contract), day)) == told(screen(contract, day))


@settings(max_examples=examples(25))
@given(contracts(), DAYS)
def test_the_same_input_gives_the_same_bytes(contract: dict[str, Any], day: date) -> None:
    first = screen(deepcopy(contract), day)
    again = screen(Contract.read(deepcopy(contract)), day)
    assert json_of(first) == json_of(again)
    assert decision_of(json_of(first)) == first


@settings(max_examples=examples(6))
@given(st.lists(contracts(), max_size=4), DAYS)
def test_a_fresh_screener_replays_to_the_same_bytes(some: list[dict[str, Any]], day: date) -> None:
    fresh = _second()
    for contract in some:
        assert json_of(fresh.screen(contract, day)) == json_of(screen(contract, day))


@cache
def _second() -> Screener:
    return Screener.load()


BAD = st.sampled_from([{"id": ""}, {"id": "x", "lesee": {}}, 7, None, {"id": "x", "items": [1]}])


@settings(max_examples=examples(12))
@given(st.lists(contracts() | BAD, max_size=5), DAYS)
def test_many_is_one_by_one(some: list[Any], day: date) -> None:
    many = list(screener().screen_many(some, as_of=day))
    assert len(many) == len(some)
    for given_, decision in zip(some, many, strict=True):
        if decision.error is None:
            assert decision == screen(given_, day)
        else:
            assert decision.outcome is Outcome.INCOMPLETE
            with pytest.raises(ContractError):
                screen(given_, day)


@settings(max_examples=examples(25))
@given(contracts(), DAYS)
def test_fingerprints_tell_contracts_and_days_apart(contract: dict[str, Any], day: date) -> None:
    here = screen(contract, day).fingerprint
    assert screen({**contract, "id": "C-2"}, day).fingerprint != here
    assert screen(contract, day.replace(year=day.year - 1)).fingerprint != here
    assert screen(dict(reversed(contract.items())), day).fingerprint == here

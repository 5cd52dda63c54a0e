"""Conduct: every sign has an answer, evidence clears no more than it covers, accounts are added."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import Decision, Outcome
from compliance.model.conduct import SIGNS
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from sampling import examples
from screeners import screener

DAY = date(2024, 6, 15)
BASE = bases(rules_path())["remote"]
NOTES = {
    "anonymizing_network", "burst_then_resale", "declined_support", "low_web_footprint",
    "mail_drop_address", "nominee_directors",
}  # fmt: skip
"""Signs that alone make a note, or no flag at all."""


def decide(change: dict[str, Any]) -> Decision:
    return screener().screen(changed(BASE, change), as_of=DAY)


def open_flags(decision: Decision) -> set[str]:
    return {f.policy_id for f in decision.flags if f.cleared_by is None and f.outcome.rank}


def evidence(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "reference": "No. 1", "source": "S", "as_of": "2024-01-01", **more}


# A sign that makes a flag only beside another fact of the contract.
BESIDE: dict[str, dict[str, Any]] = {
    "purchased_for_one_tenant": {
        "items.0.share_of_site": 0.9,
        "lessee.headquarters": "CN",
    },
}


@pytest.mark.parametrize("key", sorted(SIGNS))
def test_for_every_observation_an_answer_exists(key: str) -> None:
    beside = BESIDE.get(key, {})
    before = decide(beside)
    seen = decide({**beside, f"observations.{key}": True})
    raised = open_flags(seen) - open_flags(before)
    assert bool(raised) is (key not in NOTES), key
    for kind in screener().knowledge.answers[f"observations.{key}"]:
        stated = {"value": True, "explained_by": evidence(kind)}
        answered = decide({**beside, f"observations.{key}": stated})
        assert open_flags(answered) == open_flags(before)
        cleared = {f.policy_id: f.cleared_by for f in answered.flags if f.cleared_by is not None}
        assert raised <= cleared.keys()


@pytest.mark.parametrize("key", sorted(SIGNS - NOTES))
@pytest.mark.parametrize(
    "short",
    [{"reference": None}, {"status": "refused"}, {"status": "unknown"}, {"as_of": "2099-01-01"}],
    ids=str,
)
def test_evidence_that_falls_short_clears_nothing(key: str, short: dict[str, Any]) -> None:
    beside = BESIDE.get(key, {})
    seen = decide({**beside, f"observations.{key}": True})
    for kind in screener().knowledge.answers[f"observations.{key}"]:
        stated = {"value": True, "explained_by": {**evidence(kind), **short}}
        found = decide({**beside, f"observations.{key}": stated})
        assert open_flags(found) == open_flags(seen)
        assert found.outcome is seen.outcome


@pytest.mark.parametrize("key", sorted(SIGNS - NOTES - {"purchased_for_one_tenant"}))
@pytest.mark.parametrize("status", ["unknown", "refused"])
def test_a_sign_that_may_have_been_seen_is_never_clear(key: str, status: str) -> None:
    assert decide({f"observations.{key}": {"status": status}}).outcome is not Outcome.CLEAR


PLACES = st.sampled_from(["DK", "SG", "CN", "IR", "KP", "CU"])
JOURNEYS = st.lists(
    st.fixed_dictionaries(
        {"country": PLACES},
        optional={
            "from": st.sampled_from(["2024-05-01", "2024-05-20"]),
            "until": st.sampled_from(["2024-05-21", "2024-06-10"]),
            "who": st.sampled_from(["lessee", "somebody"]),
            "reference": st.just("N-1"),
        },
    ),
    max_size=4,
)


@settings(max_examples=examples(60), deadline=None)
@given(
    JOURNEYS,
    st.booleans(),
    st.lists(PLACES, max_size=3),
    st.sampled_from(["IR", "KP", "CU"]),
    st.sampled_from(["0.001", "0.5", "1"]),
)
def test_nothing_explains_sessions_from_an_embargoed_place(
    journeys: list[dict[str, Any]], network: bool, offices: list[str], place: str, part: str
) -> None:
    usage = {
        "access_by_country": {place: part},
        "declared_travel": journeys,
        "corporate_vpn": network,
        "vpn_egress": [place],
    }
    found = decide({"usage": usage, "observations.offices": offices})
    assert found.outcome.rank >= Outcome.REVIEW.rank
    if place in offices:
        assert found.outcome.rank > Outcome.REVIEW.rank


@settings(max_examples=examples(40), deadline=None)
@given(JOURNEYS, JOURNEYS, st.sampled_from(["0.1", "0.2", "0.6", "1"]))
def test_more_travel_never_leaves_more_unexplained(
    some: list[dict[str, Any]], more: list[dict[str, Any]], part: str
) -> None:
    def outcome(journeys: list[dict[str, Any]]) -> int:
        usage = {"access_by_country": {"CN": part}, "declared_travel": journeys}
        return decide({"usage": usage}).outcome.rank

    assert outcome(some + more) <= outcome(some)


LINKED = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "controlled_chips": st.integers(0, 80),
            "by": st.just(["holder"]),
            "until": st.sampled_from(["2024-05-31", "2023-01-01"]),
            "explained_by": st.just({"kind": "organizer_list", "reference": "L-1"}),
        },
    ),
    max_size=4,
)


@settings(max_examples=examples(60), deadline=None)
@given(LINKED, LINKED, st.sampled_from(["CN", "DK"]))
def test_another_linked_account_never_lowers_an_outcome(
    some: list[dict[str, Any]], more: list[dict[str, Any]], headquarters: str
) -> None:
    def found(accounts: list[dict[str, Any]]) -> Decision:
        linked = [{"id": f"A-{n}", **account} for n, account in enumerate(accounts)]
        return decide({"lessee.headquarters": headquarters, "linked": linked})

    fewer, all_of_them = found(some), found(some + more)
    assert all_of_them.outcome.rank >= fewer.outcome.rank
    told = {f.policy_id for f in all_of_them.flags}
    assert ("house.linked-accounts" in told) is bool(some + more)

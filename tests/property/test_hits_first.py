"""A hit is never hidden: not behind what is missing, not behind other flags, in no format."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.batch import csv_lines
from compliance.cli.options import Tally
from compliance.explain import plain, prose, sarif, why
from compliance.model import Decision, Outcome, Truth
from compliance.model.decision import RiskFlag
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from sampling import examples
from screeners import screener
from strategies import DAYS, LISTED, contracts

BASES = bases(rules_path())
FACTS = (
    "lessee.incorporation", "lessee.headquarters", "end_users", "payment", "items.0.chip",
    "items.0.site", "items.0.access", "provider", "end_use", "lessee.exchange_listing",
)  # fmt: skip
GARBLED = ("lessee.incorporation", "lessee.headquarters", "items.0.chip")


def certain(decision: Decision) -> list[RiskFlag]:
    return [flag for flag in decision.flags if flag.decides and flag.certain_hit]


def status(decision: Decision) -> int:
    tally = Tally()
    tally.add(decision)
    return tally.status


@settings(max_examples=examples(60))
@given(contracts(), DAYS)
def test_every_certain_hit_is_among_the_deciding_flags(contract: dict[str, Any], day: date) -> None:
    decision = screener().screen(contract, day)
    hits = certain(decision)
    assert [flag for flag in hits if flag not in decision.deciding] == []
    if not hits:
        return
    assert decision.needs_a_person
    assert status(decision) == 1
    first, *_ = decision.flags
    assert (
        first.certain_hit
        or first.outcome >= Outcome.LICENSE_REQUIRED
        or (first.holds_as_critical_law)
    )


@settings(max_examples=examples(60))
@given(contracts(), DAYS)
def test_critical_law_that_holds_is_among_the_deciding_flags(
    contract: dict[str, Any], day: date
) -> None:
    decision = screener().screen(contract, day)
    for flag in decision.flags:
        if flag.basis == "law" and flag.severity == "critical" and flag.truth is Truth.TRUE:
            assert not flag.decides or flag in decision.deciding


@settings(max_examples=examples(40))
@given(
    st.sampled_from(sorted(BASES)),
    st.sets(st.sampled_from(FACTS)),
    st.sets(st.sampled_from(GARBLED)),
    st.sampled_from([date(2019, 5, 21), date(2023, 11, 17), date(2026, 9, 24)]),
)
def test_no_missing_or_garbled_fact_takes_a_hit_out_of_any_format(
    base: str, missing: set[str], garbled: set[str], day: date
) -> None:
    changes: dict[str, Any] = {"lessee.name": LISTED}
    changes |= dict.fromkeys(garbled, "Germoney")
    changes |= dict.fromkeys(missing)
    decision = screener().screen(changed(BASES[base], changes), day)
    hit = "us.ear.entity-list-party"
    listed = [flag.policy_id for flag in decision.deciding if flag.certain_hit]
    assert hit in listed
    assert status(decision) == 1
    assert decision.deciding[0].certain_hit or decision.outcome >= Outcome.LICENSE_REQUIRED
    header, record = csv_lines([decision])
    assert "hits" in header
    assert f"{LISTED} [bis-entity-list" in record
    assert prose(decision).index(hit) < len(prose(decision))
    assert hit in {flag["policy_id"] for flag in plain(decision)["flags"][: len(listed) + 3]}
    assert hit in {result["ruleId"] for result in sarif([decision])["runs"][0]["results"]}
    if decision.outcome is Outcome.INCOMPLETE:
        assert LISTED in why(decision)


@pytest.mark.parametrize("day", [date(2019, 5, 21), date(2026, 9, 24)])
@pytest.mark.parametrize("text", ["Germoney", "H1000", "Qwzland"])
def test_what_was_given_is_told_never_just_that_it_is_unknown(day: date, text: str) -> None:
    changes = {"lessee.incorporation": text, "items.0.chip": text}
    decision = screener().screen(changed(BASES["remote"], changes), day)
    told = {gap.path: gap.note for gap in decision.unread}
    for path in changes:
        assert path in decision.missing
        assert repr(text) in told[path]

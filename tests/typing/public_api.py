"""The public names as callers use them. Never run: mypy reads it, and would refuse a change.

A `type: ignore` that is no longer needed is an error too, so each wrong call here stays wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, assert_type

from compliance import (
    ComplianceError,
    Contract,
    ContractError,
    Decision,
    Outcome,
    Party,
    RiskFlag,
    RuleError,
    Screener,
    Severity,
    Share,
    Truth,
    chips,
    names,
    ownership,
    places,
    watchlists,
)
from compliance.model.decision import ClearedBy, Coverage, DecisionError, Trace

DAY = date(2024, 6, 15)


def screening(screener: Screener, contract: Contract, plain: Mapping[str, Any]) -> None:
    assert_type(Screener.load(), Screener)
    assert_type(screener.screen(contract, as_of=DAY), Decision)
    assert_type(screener.screen(plain), Decision)
    assert_type(screener.screen_party(plain, as_of=DAY), Decision)
    assert_type(screener.screen_party(Party(name="A"), as_of=DAY), Decision)
    assert_type(screener.screen_many([contract, plain], as_of=DAY), Iterator[Decision])
    screener.screen(contract, as_of="2024-06-15")  # type: ignore[arg-type]
    screener.screen(17)  # type: ignore[arg-type]
    Screener.load(rule_sets="strict")  # type: ignore[call-arg]


def decision(told: Decision) -> None:
    assert_type(told.outcome, Outcome)
    assert_type(told.score, int)
    assert_type(told.factors, Mapping[str, int])
    assert_type(told.flags, tuple[RiskFlag, ...])
    assert_type(told.missing, tuple[str, ...])
    assert_type(told.coverage, Coverage)
    assert_type(told.fingerprint, str)
    assert_type(told.error, DecisionError | None)
    assert_type(told.outcome < Outcome.PROHIBITED, bool)
    told.outcome = Outcome.CLEAR  # type: ignore[misc]


def flag(told: RiskFlag) -> None:
    assert_type(told.severity, Severity)
    assert_type(told.truth, Truth)
    assert_type(told.trace, Trace)
    assert_type(told.missing, tuple[str, ...])
    assert_type(told.license_policy, str | None)
    assert_type(told.cleared_by, ClearedBy | None)
    told.wieght  # type: ignore[attr-defined]  # noqa: B018 - a name that must not exist


def reading(plain: Mapping[str, Any]) -> None:
    contract = Contract.read(plain, source="a.yaml")
    assert_type(contract, Contract)
    assert_type(contract.id, str)
    assert_type(contract.lessee, Party | None)
    assert_type(contract.end_users, tuple[Party, ...])
    contract.id = "other"  # type: ignore[misc]


def errors(error: ContractError | RuleError) -> str:
    assert_type(error.problems[0].path, str)
    base: ComplianceError = error
    return base.code


def rooms() -> None:
    assert_type(chips.classify("H100 SXM5", as_of=DAY), chips.Classification)
    assert_type(chips.find("NVIDIA H100 80GB HBM3"), chips.Chip)
    assert_type(chips.instance("aws", "p5.48xlarge"), chips.Instance)
    assert_type(chips.instance("aws", "m5.large").chip, chips.Chip | None)
    assert_type(places.country("South Korea"), str | None)
    assert_type(places.in_group("KH", "D:5", as_of=DAY), Truth)
    graph = ownership.OwnershipGraph.from_interests([{"owner": "a", "owned": "b", "share": "51%"}])
    assert_type(graph.share("a", "b", as_of=DAY), Share)
    assert_type(graph.breakdown("a", "b", as_of=DAY), ownership.Breakdown)
    affected = graph.affected(["a"], as_of=DAY)
    assert_type(affected["b"].paths, tuple[ownership.Path, ...])
    assert_type(affected.origins("b"), tuple[str, ...])
    assert_type(graph.share("a", "b", as_of=DAY).minimum, Fraction)
    assert_type(names.similarity("a", "b", kind="organization"), float)
    assert_type(names.REVIEW_THRESHOLD, float)
    listed = watchlists.from_rows([{"id": "1", "name": "A"}], id="own")
    assert_type(listed, watchlists.Watchlist)
    index = watchlists.NameIndex.build([listed])
    for hit in index.search("a"):
        assert_type(hit, watchlists.Hit)
        assert_type(hit.score, float)

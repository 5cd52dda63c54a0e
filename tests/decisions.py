"""Decisions built by hand, for tests of what is told about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from compliance.model.decision import (
    Citation,
    ClearedBy,
    Coverage,
    Decision,
    DecisionError,
    ListCoverage,
    PolicyCoverage,
    RiskFlag,
    Subject,
    Trace,
)
from compliance.model.outcome import Factor, Outcome, Severity, State
from compliance.model.truth import Truth

DAY = date(2024, 6, 15)
RULES = "5" * 64
ENGINE = "compliance 0.1.0"

LEAF = Trace(
    "leaf",
    Truth.TRUE,
    "party.headquarters",
    "in_group",
    "D:5, MO ($groups)",
    "CN",
    "lessee.headquarters, verified: register extract (2024-05-02)",
    "us/ear/headquarters.yaml:28",
)
UNKNOWN_LEAF = Trace(
    "leaf",
    Truth.UNKNOWN,
    "party.ultimate_parents.headquarters",
    "any_in_group",
    "D:5, MO",
    "",
    "",
    "us/ear/headquarters.yaml:29",
    (),
    ("lessee.ultimate_parent", "ownership"),
)
TREE = Trace(
    "all",
    Truth.TRUE,
    where="us/ear/headquarters.yaml:24",
    children=(
        Trace(
            "leaf",
            Truth.TRUE,
            "item.access",
            "in",
            "possession, delivery",
            "delivery",
            "items.0.access",
            "us/ear/headquarters.yaml:25",
        ),
        Trace(
            "not",
            Truth.TRUE,
            where="us/ear/headquarters.yaml:26",
            children=(
                Trace(
                    "leaf",
                    Truth.FALSE,
                    "item.site.country",
                    "in_group",
                    "US",
                    "SG",
                    "items.0.site.country",
                    "us/ear/headquarters.yaml:26",
                ),
            ),
        ),
        Trace("any", Truth.TRUE, where="us/ear/headquarters.yaml:27", children=(LEAF,)),
    ),
)

_HEADQUARTERS = RiskFlag(
    policy_id="us.ear.headquarters",
    title="Advanced-computing hardware for a party led from a D:5 country",
    outcome=Outcome.LICENSE_REQUIRED,
    severity=Severity.CRITICAL,
    factor="nationality",
    weight=0.7,
    subject=Subject("lessee", "Kiefernwald Rechen GmbH", ("lessee", "end_user"), "items.0"),
    message="Kiefernwald Rechen GmbH is headquartered in CN.",
    customer_message="contact_us",
    truth=Truth.TRUE,
    state=State.IN_FORCE,
    state_since=date(2023, 11, 17),
    status="stable",
    basis="law",
    citations=(
        Citation("acs", "15 CFR 744.23(a)(3)", "https://www.ecfr.gov/current/title-15"),
        Citation("fr", "88 FR 73458"),
    ),
    trace=TREE,
    license_policy="presumption_of_denial",
    asks=("a license that names this party",),
    false_positives=("a director who merely lives there",),
    doubt="The text does not define headquartered.",
)


def flag(**changes: Any) -> RiskFlag:
    """A flag that asks for a license, changed."""
    return replace(_HEADQUARTERS, **changes)


def undecided(**changes: Any) -> RiskFlag:
    """A flag that cannot be decided: the parent is not known."""
    given: dict[str, Any] = {
        "outcome": Outcome.INCOMPLETE,
        "truth": Truth.UNKNOWN,
        "trace": UNKNOWN_LEAF,
        "missing": UNKNOWN_LEAF.missing,
        "asks": ("who owns the party, to a stated top",),
    }
    return flag(**(given | changes))


def note(**changes: Any) -> RiskFlag:
    """A stayed rule: a note."""
    given: dict[str, Any] = {
        "policy_id": "us.bis.affiliates",
        "title": "Majority owned by listed parties",
        "outcome": Outcome.CLEAR,
        "severity": Severity.INFO,
        "factor": "ownership",
        "weight": 0.0,
        "state": State.STAYED,
        "state_since": date(2025, 11, 10),
        "asks": (),
        "license_policy": None,
        "doubt": "",
        "false_positives": (),
    }
    return flag(**(given | changes))


def cleared(**changes: Any) -> RiskFlag:
    """A review flag that evidence answers."""
    given: dict[str, Any] = {
        "policy_id": "house.parent",
        "title": "The parent is not documented",
        "outcome": Outcome.REVIEW,
        "severity": Severity.MEDIUM,
        "factor": "ownership",
        "weight": 0.2,
        "status": "test",
        "basis": "house",
        "cleared_by": ClearedBy("parent-documented", LEAF),
    }
    return flag(**(given | changes))


CONSULTED = ListCoverage(
    "ofac-sdn", "Specially Designated Nationals", consulted=True, snapshot="a" * 64,
    published=date(2024, 6, 3), age_days=12, stale=False, complete=True, entries=17000,
)  # fmt: skip
EXCERPT = ListCoverage(
    "bis-el", "Entity List", consulted=True, snapshot="b" * 64, published=date(2024, 6, 16),
    age_days=-1, stale=True, complete=False, entries=132, note="excerpt of 132",
)  # fmt: skip
ABSENT = ListCoverage(
    "un-sc", "un-sc", consulted=False, snapshot="", published=None, age_days=None, stale=True,
    complete=False, entries=0, note="asked for and not available",
)  # fmt: skip

POLICIES = (
    PolicyCoverage("eu.ban", None, None, applies=False),
    PolicyCoverage("house.quiet", State.IN_FORCE, Truth.UNKNOWN, applies=True),
    PolicyCoverage("un.arms", State.IN_FORCE, Truth.FALSE, applies=True, because="lessee in KP"),
    PolicyCoverage("us.met", State.NOT_ENFORCED, Truth.TRUE, applies=True),
)


def decision(*flags: RiskFlag, error: DecisionError | None = None, **changes: Any) -> Decision:
    """A decision whose outcome, factors, missing facts and coverage follow from its flags."""
    open_ = [f for f in flags if f.cleared_by is None]
    weights = {
        f.value: max((x.weight for x in open_ if x.factor == f), default=0.0) for f in Factor
    }
    left = 1.0
    for weight in weights.values():
        left *= 1 - weight
    decided = max((f.outcome for f in flags if f.decides), default=Outcome.CLEAR)
    states = {
        f.policy_id: PolicyCoverage(f.policy_id, f.state, f.truth, applies=True) for f in flags
    }
    given: dict[str, Any] = {
        "contract_id": "C-2024-117",
        "as_of": DAY,
        "outcome": Outcome.INCOMPLETE if error else decided,
        "score": round(100 * (1 - left)),
        "factors": {factor: round(100 * weight) for factor, weight in weights.items()},
        "flags": flags,
        "missing": tuple(sorted({path for f in flags if f.decides for path in f.missing})),
        "coverage": Coverage(
            RULES,
            () if error else tuple(sorted((*POLICIES, *states.values()), key=lambda line: line.id)),
            (EXCERPT, CONSULTED, ABSENT),
            ("law of the customer's own country",),
        ),
        "fingerprint": "f" * 64,
        "engine": ENGINE,
        "error": error,
    }
    return Decision(**(given | changes))

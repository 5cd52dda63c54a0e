"""A Decision as a compliance officer or a lawyer reads it: every figure with where it comes from.

First what was decided and what that means, then the flags (those that decide, hits first; other
open ones; those answered by evidence; exceptions that the decision rests on; notes), each with its
law, its proof and what would settle it; then what was evaluated, which lists were consulted, and
what is not covered. Plain text; nothing in a name can steer a terminal. Not for customers: see
`customer_safe`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from compliance.explain.coverage import tell_policies, tell_watchlists
from compliance.explain.matches import tell_matches
from compliance.explain.page import Page
from compliance.explain.phrases import (
    MEANING,
    effect_of,
    reliance_of,
    rests_on,
    state_of,
    subject_of,
    title_of,
)
from compliance.explain.trace import STEP
from compliance.explain.why import gaps, why
from compliance.model.decision import Decision, RiskFlag
from compliance.policies.compiled import sentence

LEAST_WIDTH: Final = 40
NOT_ADVICE: Final = "This is not legal advice."


def prose(decision: Decision, *, width: int = 100, verbose: bool = False) -> str:
    """The decision as text without a newline at its end, in lines of at most `width` columns.

    `verbose` adds one line for every policy that left no flag, with the reason. Words longer than a
    line, such as links and hashes, stay whole.

    Raises:
        ValueError: `width` is below 40.
    """
    if width < LEAST_WIDTH:
        raise ValueError(f"width {width} is below {LEAST_WIDTH} columns")
    page = Page(width)
    _opening(page, decision)
    _flags(page, decision)
    tell_policies(page, decision, verbose=verbose)
    tell_watchlists(page, decision.coverage.watchlists)
    page.section("Not covered")
    left_out = (*decision.coverage.does_not_see, *decision.coverage.jurisdictions_not_covered)
    page.points(left_out or ("not stated",))
    page.section("")
    page.line(NOT_ADVICE)
    return "\n".join(page.lines)


def _opening(page: Page, decision: Decision) -> None:
    page.line(f"{decision.contract_id}: {title_of(decision.outcome)}")
    page.labeled("What to do", MEANING[decision.outcome])
    page.labeled("Why", why(decision))
    page.labeled("Day of law", decision.as_of.isoformat())
    page.labeled("Score", _score(decision))
    for factor, points in sorted(decision.factors.items()):
        if points:
            page.line(f"{factor.replace('_', ' ')} {points}: {_source(decision, factor)}", STEP * 2)
    page.labeled("Missing", ", ".join(gaps(decision)))
    for remark in decision.coverage.remarks:
        page.labeled("Lists", remark)
    page.labeled("Fingerprint", decision.fingerprint)
    page.labeled("Rules", decision.coverage.rules)
    page.labeled("Rule set", decision.coverage.rule_set)
    page.labeled("Engine", decision.engine)
    if decision.error is not None:
        page.section(f"Not screened: {decision.error.code}")
        page.points(decision.error.problems)


def _counted(decision: Decision, factor: str) -> RiskFlag | None:
    """The first flag of the largest weight in a factor, among those that evidence leaves open."""
    flags = [f for f in decision.flags if f.factor == factor and f.cleared_by is None and f.weight]
    return max(flags, key=lambda flag: flag.weight, default=None)


def _score(decision: Decision) -> str:
    counted = [flag for f in sorted(decision.factors) if (flag := _counted(decision, f))]
    if not counted:
        return f"{decision.score} of 100; no flag adds to it. It never decides the outcome"
    terms = " x ".join(f"(1 - {flag.weight:g})" for flag in counted)
    return f"{decision.score} of 100 = 100 x (1 - {terms}), rounded. It never decides the outcome"


def _source(decision: Decision, factor: str) -> str:
    flag = _counted(decision, factor)
    return (
        f"weight {flag.weight:g} of {flag.policy_id}" if flag else "no open flag of this decision"
    )


def _flags(page: Page, decision: Decision) -> None:
    open_ = [flag for flag in decision.flags if flag.cleared_by is None]
    deciding = set(map(id, decision.deciding))
    groups = (
        ("Deciding flags", decision.deciding),
        ("Other open flags", [f for f in open_ if f.decides and id(f) not in deciding]),
        ("Answered by evidence", [f for f in decision.flags if f.cleared_by is not None]),
        ("Notes: what the decision rests on", [f for f in open_ if f.excused_by is not None]),
        ("Notes", [f for f in open_ if not f.decides and f.excused_by is None]),
    )
    if not decision.flags:
        page.section("No flags")
    flags: Sequence[RiskFlag]
    for title, flags in groups:
        if flags:
            page.section(f"{title} ({len(flags)})")
        for number, flag in enumerate(flags, start=1):
            if number > 1:
                page.section("")
            _flag(page, number, flag)


def _flag(page: Page, number: int, flag: RiskFlag) -> None:
    page.line(f"{number}. {flag.title}")
    page.labeled("Policy", flag.policy_id)
    page.labeled("About", subject_of(flag.subject))
    page.labeled("Found", flag.message)
    page.labeled("Effect", effect_of(flag))
    page.labeled("Legal state", state_of(flag))
    page.labeled("Basis", reliance_of(flag))
    for citation in flag.citations:
        link = f" <{citation.url}>" if citation.url else ""
        page.labeled("Cite", f"{citation.cite}{link} [{citation.id}]")
    page.labeled("License policy", (flag.license_policy or "").replace("_", " "))
    page.labeled("Doubt", flag.doubt)
    tell_matches(page, flag.matches)
    page.line("Proof:", STEP)
    page.tree(flag.trace, STEP * 2)
    if flag.rests_on is not None:
        page.line(f"{sentence(rests_on(flag))}:", STEP)
        page.tree(flag.rests_on.trace, STEP * 2)
    page.labeled("Missing", ", ".join(flag.missing))
    for text in flag.unread:
        page.labeled("Given", f"{text.path}: {text.note}")
    for title, texts in (
        ("Would settle it:", flag.asks),
        ("Usual false positives:", flag.false_positives),
    ):
        if texts:
            page.line(title, STEP)
            page.points(texts, STEP * 2)

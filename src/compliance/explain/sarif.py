"""Decisions as a SARIF 2.1.0 log, for viewers and pipelines that read findings.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0. A policy is a rule, a flag a
result, evidence that answers a flag a suppression, a contract that could not be screened a
notification of the tool. One run for each pair of engine and rule set, in order of appearance;
every decision, clear ones too, is named in the properties of its run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit

from compliance.explain.escape_control import visible
from compliance.explain.phrases import reliance_of, state_of, subject_of
from compliance.explain.why import gaps
from compliance.model.canonical import plain, sha256
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome, Severity

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
VERSION: Final = "2.1.0"
_TOOL: Final = "compliance"


def sarif(decisions: Iterable[Decision], source: str = "") -> dict[str, Any]:
    """The log as plain JSON values; `source` is the file that the contracts were read from.

    Level: error where a flag asks for license_required or prohibited, or asks for anything with
    critical severity; warning where it asks for review or incomplete; note otherwise. `rank` is 100
    times the flag's weight.
    """
    runs: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        runs.setdefault((decision.engine, decision.coverage.rules), []).append(decision)
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [_run(*key, of_run, source) for key, of_run in runs.items()]
        or [_run(_TOOL, "", (), source)],
    }


def _run(engine: str, rules: str, decisions: Sequence[Decision], source: str) -> dict[str, Any]:
    flags = {flag.policy_id: flag for d in reversed(decisions) for flag in reversed(d.flags)}
    indices = {policy_id: index for index, policy_id in enumerate(sorted(flags))}
    return {
        "tool": {"driver": _driver(engine, [flags[policy_id] for policy_id in indices])},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    note for d in decisions for note in _notifications(d, source)
                ],
            }
        ],
        "results": [
            _result(d, flag, indices[flag.policy_id], source) for d in decisions for flag in d.flags
        ],
        "properties": {
            "rules": rules,
            "decisions": [_summary(d) for d in decisions],
            "lists": list(dict.fromkeys(text for d in decisions for text in d.coverage.remarks)),
        },
    }


def _driver(engine: str, flags: Sequence[RiskFlag]) -> dict[str, Any]:
    name, _, version = engine.partition(" ")
    driver: dict[str, Any] = {"name": name or _TOOL, "rules": [_rule(flag) for flag in flags]}
    return driver | ({"version": version} if version else {})


def _rule(flag: RiskFlag) -> dict[str, Any]:
    cites = "\n".join(" ".join(part for part in (c.cite, c.url) if part) for c in flag.citations)
    rule: dict[str, Any] = {
        "id": flag.policy_id,
        "shortDescription": {"text": _text(flag.title)},
        "help": {"text": "\n".join(map(_text, cites.splitlines())) or _text(flag.title)},
        "properties": {
            "basis": flag.basis,
            "status": flag.status,
            "citations": plain(flag.citations),
            "falsePositives": list(flag.false_positives),
        },
    }
    link = next((c.url for c in flag.citations if _absolute(c.url)), "")
    return rule | ({"helpUri": link} if link else {})


def _result(decision: Decision, flag: RiskFlag, rule: int, source: str) -> dict[str, Any]:
    subject = plain(flag.subject)
    seal = {"policy": flag.policy_id, "subject": subject}
    result: dict[str, Any] = {
        "ruleId": flag.policy_id,
        "ruleIndex": rule,
        "level": level_of(flag),
        "rank": round(100 * flag.weight, 6),
        "message": {"text": _text(flag.message)},
        "locations": [_location(decision, source, flag)],
        "partialFingerprints": {
            "decision/v1": sha256({"fingerprint": decision.fingerprint, **seal}),
            "subject/v1": sha256({"contract": decision.contract_id, **seal}),
        },
        "properties": {
            "contract": decision.contract_id,
            "as_of": decision.as_of.isoformat(),
            "outcome": flag.outcome.value,
            "decision_outcome": decision.outcome.value,
            "severity": flag.severity.value,
            "truth": flag.truth.value,
            "state": state_of(flag),
            "reliance": reliance_of(flag),
            "subject": subject,
            "missing": list(flag.missing),
            "asks": list(flag.asks),
            "license_policy": flag.license_policy,
            "doubt": flag.doubt,
            "unread": plain(flag.unread),
            "excused_by": plain(flag.excused_by),
            "matches": plain(flag.matches),
        },
    }
    if flag.cleared_by is not None:
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": visible(f"answered by evidence: {flag.cleared_by.id}"),
            }
        ]
    return result


def level_of(flag: RiskFlag) -> str:
    """The SARIF level of a flag: error, warning or note."""
    if flag.outcome is Outcome.CLEAR:
        return "note"
    if flag.outcome >= Outcome.LICENSE_REQUIRED or flag.severity is Severity.CRITICAL:
        return "error"
    return "warning"


def _location(decision: Decision, source: str, flag: RiskFlag | None = None) -> dict[str, Any]:
    contract = visible(decision.contract_id)
    about = f"{contract}: {visible(subject_of(flag.subject))}" if flag else contract
    location: dict[str, Any] = {
        "logicalLocations": [{"name": contract, "fullyQualifiedName": about, "kind": "contract"}]
    }
    if source:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(source, safe="/:")}}
    return location


def _notifications(decision: Decision, source: str) -> list[dict[str, Any]]:
    if decision.error is None:
        return []
    return [
        {
            "level": "error",
            "descriptor": {"id": decision.error.code},
            "message": {"text": _text(problem)},
            "locations": [_location(decision, source)],
            "properties": {
                "contract": decision.contract_id,
                "as_of": decision.as_of.isoformat(),
                "outcome": decision.outcome.value,
            },
        }
        for problem in decision.error.problems
    ]


def _summary(decision: Decision) -> dict[str, Any]:
    return {
        "contract": decision.contract_id,
        "as_of": decision.as_of.isoformat(),
        "outcome": decision.outcome.value,
        "score": decision.score,
        "deciding": list(dict.fromkeys(flag.policy_id for flag in decision.deciding)),
        "missing": gaps(decision),
        "fingerprint": decision.fingerprint,
    }


def _text(text: str) -> str:
    r"""A message in which nothing of a name is a link or a placeholder (SARIF 3.11.5, 3.11.6).

    `{` and `}` are doubled, `[`, `]` and `\` are preceded by a backslash where a link could begin.
    """
    shown = visible(text).replace("{", "{{").replace("}", "}}")
    if "](" not in shown:
        return shown
    return shown.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)

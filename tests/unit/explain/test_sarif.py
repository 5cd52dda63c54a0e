"""Decisions as a SARIF log: the structure that the standard requires, and what stands in it."""

import json
from typing import Any

import pytest

from compliance.explain import sarif, sarif_lines
from compliance.explain.sarif import level_of
from compliance.model.decision import Citation, Decision, DecisionError, RiskFlag, Subject
from compliance.model.outcome import Outcome, Severity
from decisions import ENGINE, RULES, cleared, decision, flag, note, undecided

EVERYTHING = decision(flag(), undecided(policy_id="us.b"), cleared(), note())
REFUSED = decision(
    contract_id="row 2", error=DecisionError("contract", ("lessee.name: empty", "items: none"))
)


def _run(*decisions: Decision, source: str = "") -> dict[str, Any]:
    (run,) = sarif(decisions, source)["runs"]
    checked: dict[str, Any] = run
    return checked


def _check(log: dict[str, Any]) -> None:
    """The requirements of SARIF 2.1.0 on what we write, by hand."""
    assert json.loads(json.dumps(log)) == log
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]
            assert rule["help"]["text"]
        assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
        for invocation in run["invocations"]:
            assert isinstance(invocation["executionSuccessful"], bool)
            for notification in invocation["toolExecutionNotifications"]:
                assert notification["level"] in {"none", "note", "warning", "error"}
                assert notification["message"]["text"]
                assert set(notification["descriptor"]) <= {"id", "guid", "index"}
        for result in run["results"]:
            assert ids[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in {"none", "note", "warning", "error"}
            assert 0.0 <= result["rank"] <= 100.0
            assert result["message"]["text"]
            assert all(isinstance(v, str) for v in result["partialFingerprints"].values())
            for suppression in result.get("suppressions", []):
                assert suppression["kind"] in {"inSource", "external"}
                assert suppression["status"] in {"accepted", "underReview", "rejected"}
            for location in result["locations"]:
                assert location["logicalLocations"][0]["fullyQualifiedName"]


@pytest.mark.parametrize(
    "decisions", [(), (decision(),), (EVERYTHING,), (EVERYTHING, REFUSED, decision())]
)
def test_a_log_has_what_the_standard_requires(decisions: tuple[Decision, ...]) -> None:
    _check(sarif(decisions, "customers 2024.csv"))
    _check(sarif(iter(decisions)))


@pytest.mark.parametrize(
    "decisions", [(), (decision(),), (REFUSED, EVERYTHING), (decision(engine="a 1"), EVERYTHING)]
)
def test_the_log_in_parts_is_the_indented_log(decisions: tuple[Decision, ...]) -> None:
    content = b"".join(sarif_lines(decisions, "customers 2024.csv"))
    log = sarif(decisions, "customers 2024.csv")
    assert content == json.dumps(log, indent=2, sort_keys=True, ensure_ascii=False).encode()


def test_a_log_of_many_decisions_says_as_much_as_logs_of_each() -> None:
    many = [decision(flag(message="x" * 9_000), contract_id=f"C-{n}") for n in range(300)]
    run = _run(*many)
    assert run["results"] == [_run(each)["results"][0] for each in many]
    assert [each["contract"] for each in run["properties"]["decisions"]] == [
        each.contract_id for each in many
    ]


def test_no_decisions_give_one_empty_run() -> None:
    assert _run() == {
        "tool": {"driver": {"name": "compliance", "rules": []}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": []}],
        "results": [],
        "properties": {"rules": "", "decisions": [], "lists": []},
    }


def test_a_flag_becomes_a_result_with_all_that_it_says() -> None:
    (result,) = _run(decision(flag()), source="a b/c.csv")["results"]
    prints = result.pop("partialFingerprints")
    assert {key: len(value) for key, value in prints.items()} == {
        "decision/v1": 64,
        "subject/v1": 64,
    }
    subject = {
        "party": "lessee",
        "name": "Kiefernwald Rechen GmbH",
        "roles": ["lessee", "end_user"],
        "item": "items.0",
    }
    about = "C-2024-117: Kiefernwald Rechen GmbH (lessee, end user; id lessee), item items.0"
    assert result == {
        "ruleId": "us.ear.headquarters",
        "ruleIndex": 0,
        "level": "error",
        "rank": 70.0,
        "message": {"text": "Kiefernwald Rechen GmbH is headquartered in CN."},
        "locations": [
            {
                "logicalLocations": [
                    {"name": "C-2024-117", "fullyQualifiedName": about, "kind": "contract"}
                ],
                "physicalLocation": {"artifactLocation": {"uri": "a%20b/c.csv"}},
            }
        ],
        "properties": {
            "contract": "C-2024-117",
            "as_of": "2024-06-15",
            "outcome": "license_required",
            "decision_outcome": "license_required",
            "severity": "critical",
            "truth": "true",
            "state": "in force since 2023-11-17",
            "reliance": "law; status stable: facts checked at the source",
            "subject": subject,
            "missing": [],
            "asks": ["a license that names this party"],
            "license_policy": "presumption_of_denial",
            "doubt": "The text does not define headquartered.",
            "unread": [],
            "excused_by": None,
            "matches": [],
        },
    }


def test_a_policy_becomes_a_rule_with_its_citations() -> None:
    assert _run(decision(flag(), flag(subject=Subject("p2"))))["tool"]["driver"] == {
        "name": "compliance",
        "version": "0.1.0",
        "rules": [
            {
                "id": "us.ear.headquarters",
                "shortDescription": {
                    "text": "Advanced-computing hardware for a party led from a D:5 country"
                },
                "help": {
                    "text": "15 CFR 744.23(a)(3) https://www.ecfr.gov/current/title-15\n88 FR 73458"
                },
                "helpUri": "https://www.ecfr.gov/current/title-15",
                "properties": {
                    "basis": "law",
                    "status": "stable",
                    "citations": [
                        {
                            "id": "acs",
                            "cite": "15 CFR 744.23(a)(3)",
                            "url": "https://www.ecfr.gov/current/title-15",
                        },
                        {"id": "fr", "cite": "88 FR 73458", "url": ""},
                    ],
                    "falsePositives": ["a director who merely lives there"],
                },
            }
        ],
    }


def test_rules_are_sorted_and_each_result_points_at_its_own() -> None:
    run = _run(decision(flag(policy_id="us.z")), EVERYTHING)
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["house.parent", "us.b", "us.bis.affiliates", "us.ear.headquarters", "us.z"]
    assert [(r["ruleId"], r["ruleIndex"]) for r in run["results"]] == [
        ("us.z", 4),
        ("us.ear.headquarters", 3),
        ("us.b", 1),
        ("house.parent", 0),
        ("us.bis.affiliates", 2),
    ]


def test_a_link_that_is_not_absolute_is_no_help_page() -> None:
    cited = flag(citations=(Citation("a", "Law 1", "javascript:alert(1)"), Citation("b", "Law 2")))
    (rule,) = _run(decision(cited))["tool"]["driver"]["rules"]
    assert "helpUri" not in rule
    (bare,) = _run(decision(flag(citations=())))["tool"]["driver"]["rules"]
    assert bare["help"] == bare["shortDescription"]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (flag(outcome=Outcome.PROHIBITED, severity=Severity.LOW), "error"),
        (flag(outcome=Outcome.LICENSE_REQUIRED, severity=Severity.LOW), "error"),
        (flag(outcome=Outcome.INCOMPLETE, severity=Severity.HIGH), "warning"),
        (flag(outcome=Outcome.REVIEW, severity=Severity.LOW), "warning"),
        (flag(outcome=Outcome.REVIEW, severity=Severity.CRITICAL), "error"),
        (flag(outcome=Outcome.CLEAR, severity=Severity.CRITICAL), "note"),
    ],
)
def test_the_level_follows_outcome_and_severity(told: RiskFlag, level: str) -> None:
    assert level_of(told) == level


def test_evidence_that_answers_a_flag_is_a_suppression() -> None:
    results = _run(decision(cleared(), flag()))["results"]
    assert [result.get("suppressions") for result in results] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "answered by evidence: parent-documented",
            }
        ],
        None,
    ]


def test_a_contract_that_could_not_be_screened_is_a_notification() -> None:
    run = _run(REFUSED, source="in.csv")
    assert run["results"] == []
    (invocation,) = run["invocations"]
    notes = invocation["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["lessee.name: empty", "items: none"]
    assert notes[0]["descriptor"] == {"id": "contract"}
    assert notes[0]["properties"] == {
        "contract": "row 2",
        "as_of": "2024-06-15",
        "outcome": "incomplete",
    }


def test_every_decision_is_named_even_where_it_is_clear() -> None:
    assert _run(decision(), decision(flag(), contract_id="C-2"))["properties"] == {
        "rules": RULES,
        "decisions": [
            {
                "contract": "C-2024-117",
                "as_of": "2024-06-15",
                "outcome": "clear",
                "score": 0,
                "deciding": [],
                "missing": [],
                "fingerprint": "f" * 64,
            },
            {
                "contract": "C-2",
                "as_of": "2024-06-15",
                "outcome": "license_required",
                "score": 70,
                "deciding": ["us.ear.headquarters"],
                "missing": [],
                "fingerprint": "f" * 64,
            },
        ],
        "lists": [],
    }


def test_each_engine_and_rule_set_is_a_run_of_its_own() -> None:
    log = sarif([decision(), decision(engine="compliance 0.2.0"), decision(contract_id="C-3")])
    assert [
        (run["tool"]["driver"]["version"], len(run["properties"]["decisions"]))
        for run in log["runs"]
    ] == [(ENGINE.split()[1], 2), ("0.2.0", 1)]


def _prints(told: Decision) -> dict[str, str]:
    (result,) = _run(told)["results"]
    prints: dict[str, str] = result["partialFingerprints"]
    return prints


def test_a_new_day_keeps_the_fingerprint_of_the_subject_only() -> None:
    before, after = _prints(decision(flag())), _prints(decision(flag(), fingerprint="0" * 64))
    assert before["subject/v1"] == after["subject/v1"]
    assert before["decision/v1"] != after["decision/v1"]


@pytest.mark.parametrize(
    "other",
    [
        decision(flag(policy_id="us.b")),
        decision(flag(subject=Subject("p2"))),
        decision(flag(), contract_id="C-2", fingerprint="0" * 64),
    ],
)
def test_another_policy_subject_or_contract_has_other_fingerprints(other: Decision) -> None:
    assert set(_prints(decision(flag())).values()).isdisjoint(_prints(other).values())


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("plain [1] {x}", "plain [1] {{x}}"),
        ("{0} owns", "{{0}} owns"),
        ("[free](https://example.org)", "\\[free\\](https://example.org)"),
        ("a\\b [x](y)", "a\\\\b \\[x\\](y)"),
        ("a\u202e\x1b[2J\nb", "a<U+202E><U+001B>[2J<U+000A>b"),
    ],
)
def test_nothing_of_a_name_is_a_link_a_placeholder_or_a_control(message: str, text: str) -> None:
    (result,) = _run(decision(flag(message=message)))["results"]
    assert result["message"] == {"text": text}

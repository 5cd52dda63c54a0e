"""Decisions as a SARIF 2.1.0 log, for viewers and pipelines that read findings.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0. A policy is a rule, a flag a
result, evidence that answers a flag a suppression, a contract that could not be screened a
notification of the tool. One run for each pair of engine and rule set, in order of appearance;
every decision, clear ones too, is named in the properties of its run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, Final
from urllib.parse import quote, urlsplit

from compliance.explain.escape_control import visible
from compliance.explain.phrases import reliance_of, state_of, subject_of
from compliance.explain.why import gaps
from compliance.model.canonical import plain, sha256, written
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome, Severity

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
VERSION: Final = "2.1.0"
_TOOL: Final = "compliance"
_IN_MEMORY: Final = 2**20
_PLACE: Final = re.compile(rb'( *)"\\u0000(\d+)"\n')
"""Where the items of a list will stand; no text of a log is a NUL and a number alone."""


def sarif(decisions: Iterable[Decision], source: str = "") -> dict[str, Any]:
    """The log as plain JSON values; `source` is the file that the contracts were read from.

    Level: error where a flag asks for license_required or prohibited, or asks for anything with
    critical severity; warning where it asks for review or incomplete; note otherwise. `rank` is 100
    times the flag's weight.
    """
    log: dict[str, Any] = json.loads(b"".join(sarif_lines(decisions, source)))
    return log


def sarif_lines(decisions: Iterable[Decision], source: str = "") -> Iterator[bytes]:
    """The same log as indented JSON with sorted keys, in parts; each but the last ends a line.

    In constant memory: what there is of every decision waits in temporary files, for a log names
    its rules, by their place among all of them, and its notifications apart from its results.
    """
    with ExitStack() as files:
        runs: dict[tuple[str, str], _Run] = {}
        for decision in decisions:
            key = (decision.engine, decision.coverage.rules)
            if key not in runs:
                runs[key] = _Run(*key, files)
            runs[key].add(decision, source)
        listed = list(runs.values()) or [_Run(_TOOL, "", files)]
        waiting: list[Iterable[Any]] = []
        skeleton = {
            "$schema": SCHEMA,
            "version": VERSION,
            "runs": [run.skeleton(waiting) for run in listed],
        }
        for line in written(skeleton, pretty=True).splitlines(keepends=True):
            place = _PLACE.fullmatch(line)
            if place is None:
                yield line
            else:
                yield from _indented(waiting[int(place[2])], place[1])


def _indented(items: Iterable[Any], margin: bytes) -> Iterator[bytes]:
    """The items of a list that is not empty, in lines with a margin."""
    before = b""
    for item in items:
        yield before + margin + written(item, pretty=True).replace(b"\n", b"\n" + margin)
        before = b",\n"
    yield b"\n"


class _Waiting:
    """Plain values that wait for their turn: a few in memory, more in a temporary file."""

    def __init__(self, files: ExitStack) -> None:
        file = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii")  # noqa: SIM115 - by `files`
        self._file = files.enter_context(file)
        self.some = False

    def add(self, value: Any) -> None:
        self._file.write(json.dumps(value) + "\n")
        self.some = True

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        return map(json.loads, self._file)


class _Run:
    """What is known of one run so far."""

    def __init__(self, engine: str, rules: str, files: ExitStack) -> None:
        self._engine, self._rules = engine, rules
        self._flags: dict[str, RiskFlag] = {}
        self._remarks: dict[str, None] = {}
        self._notifications, self._results = _Waiting(files), _Waiting(files)
        self._decisions = _Waiting(files)

    def add(self, decision: Decision, source: str) -> None:
        for note in _notifications(decision, source):
            self._notifications.add(note)
        for flag in decision.flags:
            self._flags.setdefault(flag.policy_id, flag)
            self._results.add(_result(decision, flag, source))
        self._decisions.add(_summary(decision))
        self._remarks.update(dict.fromkeys(decision.coverage.remarks))

    def skeleton(self, waiting: list[Iterable[Any]]) -> dict[str, Any]:
        """The run with a place in each list of what there is of every decision; lists it waits."""

        def listed(items: Iterable[Any], *, some: bool) -> list[str]:
            if not some:
                return []
            waiting.append(items)
            return [f"\0{len(waiting) - 1}"]

        ids = sorted(self._flags)
        indices = {policy_id: index for index, policy_id in enumerate(ids)}
        results = (each | {"ruleIndex": indices[each["ruleId"]]} for each in self._results)
        notes, decisions = self._notifications, self._decisions
        return {
            "tool": {"driver": _driver(self._engine, [self._flags[each] for each in ids])},
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": True,
                    "toolExecutionNotifications": listed(notes, some=notes.some),
                }
            ],
            "results": listed(results, some=self._results.some),
            "properties": {
                "rules": self._rules,
                "decisions": listed(decisions, some=decisions.some),
                "lists": list(self._remarks),
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


def _result(decision: Decision, flag: RiskFlag, source: str) -> dict[str, Any]:
    subject = plain(flag.subject)
    seal = {"policy": flag.policy_id, "subject": subject}
    result: dict[str, Any] = {
        "ruleId": flag.policy_id,
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

"""Lint: each finding arises from its defect, at its line, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.screening.findings import Finding
from compliance.screening.lint import lint
from unit.cli.conftest import rules  # noqa: F401 - the small rule folder

Change = Callable[[Path], None]


def replaced(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return change


def removed(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def both(*changes: Change) -> Change:
    def change(folder: Path) -> None:
        for each in changes:
            each(folder)

    return change


def appended(name: str, text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def told(folder: Path) -> set[tuple[str, str, int, str]]:
    """Code, file, line and severity of each finding."""
    return {(f.code, Path(f.problem.source).name, f.problem.line, f.severity) for f in lint(folder)}


CRYPTO, CRYPTO_TESTS = "house/crypto.yaml", "house/crypto.tests.yaml"
HEADQUARTERS, HEADQUARTERS_TESTS = "house/headquarters.yaml", "house/headquarters.tests.yaml"
AS_HOUSE = "jurisdiction: house\nauthority: house\nbasis: house"
AS_LAW = "jurisdiction: US\nauthority: BIS\nbasis: law"
SIGN = "when: {field: contract.observations.many_cards, op: eq, value: true}"
BY_CRYPTO = "when: {field: contract.payment.method, op: eq, value: crypto}"
PAPER = "[{id: excused, when: {field: contract.form, op: eq, value: paper}, note: on paper}]"
EXCUSE, CLEAR = f"exceptions: {PAPER}", f"clears: {PAPER}"
USUAL = {
    ("status-test", "crypto.yaml", 7, "warning"),
    ("untested-eve", "headquarters.yaml", 10, "warning"),
}


def test_sound_rules_leave_warnings_only(rules: Path) -> None:  # noqa: F811 - a fixture
    assert told(rules) == USUAL


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (removed(CRYPTO_TESTS), ("no-tests", "crypto.yaml", 1, "error")),
        (
            appended("house/gone.tests.yaml", "schema: 1\n"),
            ("orphan-tests", "gone.tests.yaml", 0, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "house.crypto", "house.other"),
            ("orphan-tests", "crypto.tests.yaml", 2, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "base: small", "base: large"),
            ("tests-do-not-read", "crypto.tests.yaml", 3, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "review}", "maybe}"),
            ("tests-do-not-read", "crypto.tests.yaml", 7, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "{payment: {method: crypto}}", "{items: [], items.3.chip: x}"),
            ("tests-do-not-read", "crypto.tests.yaml", 6, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "cases:", "cases: ]"),
            ("tests-do-not-read", "crypto.tests.yaml", 4, "error"),
        ),
        (
            replaced(HEADQUARTERS_TESTS, "2025-01-01: note", "2025-01-02: note"),
            ("untested-state", "headquarters.yaml", 10, "error"),
        ),
        (
            replaced(CRYPTO_TESTS, "2024-01-01: review", "2024-01-01: no_policy"),
            ("never-fires", "crypto.tests.yaml", 5, "warning"),
        ),
        (
            replaced(CRYPTO_TESTS, "2024-01-01: excused", "2024-01-01: review"),
            ("never-quiet", "crypto.tests.yaml", 5, "warning"),
        ),
        (
            replaced(CRYPTO, "Paid by", "Paid by " + "x" * 700),
            ("message-too-long", "crypto.yaml", 15, "warning"),
        ),
        (
            replaced(CRYPTO, "verified_on: 2026-06-01", "verified_on: 2023-12-31"),
            ("verified-too-early", "crypto.yaml", 9, "warning"),
        ),
        (
            replaced(CRYPTO, AS_HOUSE, AS_LAW),
            ("uncited-state", "crypto.yaml", 8, "warning"),
        ),
        (
            replaced(CRYPTO, AS_HOUSE, AS_LAW),
            ("no-false-positives", "crypto.yaml", 3, "warning"),
        ),
        (
            both(replaced(CRYPTO, BY_CRYPTO, SIGN), replaced(CRYPTO, EXCUSE, "")),
            ("asks-without-answer", "crypto.yaml", 11, "error"),
        ),
        (
            both(
                replaced(CRYPTO, BY_CRYPTO, "when: {field: contract.form, op: eq, value: click}"),
                replaced(CRYPTO, EXCUSE, ""),
            ),
            ("asks-without-answer", "crypto.yaml", 11, "error"),
        ),
        (
            replaced(CRYPTO, EXCUSE, CLEAR),
            ("never-cleared", "crypto.tests.yaml", 5, "warning"),
        ),
        (
            replaced("sets/strict.yaml", "[stable]", "[stabel]"),
            ("does-not-load", "strict.yaml", 4, "error"),
        ),
        (
            replaced("data/watchlist/own.yaml", "id: one,", "id: one, nmae: x,"),
            ("does-not-load", "own.yaml", 12, "error"),
        ),
        (
            replaced(
                "data/ownership_regimes.yaml", "policy: house.headquarters", "policy: house.x"
            ),
            ("does-not-load", "ownership_regimes.yaml", 23, "error"),
        ),
        (removed("scoring.yaml"), ("does-not-load", "scoring.yaml", 0, "error")),
        (
            replaced(
                CRYPTO,
                "{field: contract.form, op: eq, value: paper}",
                "{field: contract.authorizations, op: covers, value: {kind: license}}",
            ),
            ("covers-without-authority", "crypto.yaml", 12, "error"),
        ),
        (
            replaced(
                CRYPTO,
                "{field: contract.form, op: eq, value: paper}",
                "{field: contract.authorizations, op: covers, value: "
                "{kind: license, authority: Office of Permits}}",
            ),
            ("does-not-load", "crypto.yaml", 12, "error"),
        ),
    ],
)
def test_each_defect_has_its_finding(
    rules: Path,  # noqa: F811 - a fixture
    tmp_path: Path,
    change: Change,
    finding: tuple[str, str, int, str],
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for path in rules.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(rules)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    change(folder)
    assert finding in told(folder)
    assert finding not in USUAL


@pytest.mark.parametrize(
    "change",
    [
        # Evidence, an exception, a fact that can be asked for, one that may be given; or no flag.
        replaced(CRYPTO, BY_CRYPTO, SIGN),
        both(replaced(CRYPTO, BY_CRYPTO, SIGN), replaced(CRYPTO, EXCUSE, CLEAR)),
        replaced(CRYPTO, EXCUSE, ""),
        both(
            replaced(CRYPTO, BY_CRYPTO, "when: {field: contract.form, op: known, value: false}"),
            replaced(CRYPTO, EXCUSE, ""),
        ),
        both(
            replaced(CRYPTO, BY_CRYPTO, SIGN),
            replaced(CRYPTO, EXCUSE, ""),
            replaced(CRYPTO, "outcome: review", "outcome: clear"),
        ),
    ],
)
def test_a_flag_that_something_answers_is_sound(
    rules: Path,  # noqa: F811 - a fixture
    change: Change,
) -> None:
    before = {path: path.read_bytes() for path in rules.rglob("*.yaml")}
    change(rules)
    found = {code for code, *_ in told(rules)}
    for path, content in before.items():
        path.write_bytes(content)
    assert "asks-without-answer" not in found


def test_findings_of_every_stage_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    (folder / "data").mkdir(parents=True)
    findings = lint(folder)
    assert {finding.code for finding in findings} == {"does-not-load"}
    assert len({finding.problem.source for finding in findings}) > 3


def test_every_finding_has_a_code_of_its_own_and_says_what_it_is() -> None:
    kinds = Finding.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.severity in {"error", "warning"} and kind.__doc__ for kind in kinds)

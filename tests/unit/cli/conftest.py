"""A small rule folder of its own, contracts for it, and a way to run one command."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.chips import Catalogue
from compliance.cli import main
from compliance.places import Gazetteer
from compliance.screening import Screener
from compliance.tables.embedded import rules_path
from loading import once

HEADQUARTERS = """\
schema: 1
id: house.headquarters
title: Led from Ruritania's neighbor
jurisdiction: house
authority: house
basis: house
status: stable
timeline:
  - {from: 2024-01-01, state: in_force, cite: rule}
  - {from: 2025-01-01, state: stayed, cite: rule}
verified_on: 2026-06-01
citations: {rule: {cite: "house rule 1"}}
parameters: {places: [{from: 2024-01-01, value: ["KP"]}]}
for_each: {party: [lessee]}
when: {all: [{field: party.headquarters, op: in, value: $places}]}
effect: {outcome: license_required, severity: high, factor: nationality, weight: 0.5}
message: "{party.name} is led from {party.headquarters}."
customer_message: contact_us
asks: [where it is led from]
false_positives: [a tourist]
"""
CRYPTO = """\
schema: 1
id: house.crypto
title: Paid in tokens
jurisdiction: house
authority: house
basis: house
status: test
timeline: [{from: 2024-01-01, state: in_force}]
verified_on: 2026-06-01
citations: {rule: {cite: "house rule 2"}}
when: {field: contract.payment.method, op: eq, value: crypto}
exceptions: [{id: excused, when: {field: contract.form, op: eq, value: paper}, note: on paper}]
on_unknown: ignore
effect: {outcome: review, severity: medium, factor: payment, weight: 0.1}
message: "Paid by {contract.payment.method}."
customer_message: none
"""
HEADQUARTERS_TESTS = """\
schema: 1
policy: house.headquarters
base: small
cases:
  - name: led from there
    change: {lessee.headquarters: KP}
    expect: {2023-12-31: no_policy, 2024-01-01: license_required, 2025-01-01: note}
  - name: led from elsewhere
    expect: {2024-01-01: not_met}
"""
CRYPTO_TESTS = """\
schema: 1
policy: house.crypto
base: small
cases:
  - name: paid in tokens
    change: {payment: {method: crypto}}
    expect: {2023-12-31: no_policy, 2024-01-01: review}
  - name: on paper
    change: {payment: {method: crypto}, form: paper}
    expect: {2024-01-01: excused}
"""
BASES = """\
schema: 1
bases:
  small: {id: base, lessee: {name: Fjordlys ApS, headquarters: DK}}
"""
SETS = "schema: 1\nid: {name}\ntitle: all\nstatuses: [{statuses}]\ninclude: ['*']\n"
LISTED = """\
schema: 1
id: own
title: Own list
publisher: the house
published: 2024-01-01
url: ""
note: ""
complete: true
entries_total: null
stale_after_days: 365
entries:
  - {id: one, name: Verwunschene Handelskammer Nord}
"""


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rule folder of two policies and one list; its reference data are the shipped ones."""
    folder = tmp_path_factory.mktemp("work") / "rules"
    shipped = rules_path()
    ignored = shutil.ignore_patterns("watchlist")
    shutil.copytree(shipped / "data", folder / "data", ignore=ignored)
    shutil.copy(shipped / "scoring.yaml", folder / "scoring.yaml")
    regimes = folder / "data" / "ownership_regimes.yaml"
    linked = re.sub("policy: .*", "policy: house.headquarters", regimes.read_text("utf-8"))
    regimes.write_text(linked, "utf-8")
    written = {
        "bases.tests.yaml": BASES,
        "house/headquarters.yaml": HEADQUARTERS,
        "house/headquarters.tests.yaml": HEADQUARTERS_TESTS,
        "house/crypto.yaml": CRYPTO,
        "house/crypto.tests.yaml": CRYPTO_TESTS,
        "sets/default.yaml": SETS.format(name="default", statuses="test, stable"),
        "sets/strict.yaml": SETS.format(name="strict", statuses="stable"),
        "data/watchlist/own.yaml": LISTED,
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    """Run one command in an empty folder, with standard input given as bytes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    for kind in (Catalogue, Gazetteer, Screener):
        monkeypatch.setattr(kind, "load", once(kind.load))

    def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert isinstance(caught.value.code, int)
        return Result(caught.value.code, out.decode(), err.decode())

    return run


@pytest.fixture
def screen(command: Command, rules: Path) -> Command:
    """Run `screen` with the small rules on a day when both policies stand."""

    def run(*arguments: str | Path, day: str = "2024-06-15", stdin: bytes = b"") -> Result:
        return command("screen", *arguments, "--rules", rules, "--as-of", day, stdin=stdin)

    return run

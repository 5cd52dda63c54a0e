"""Golden decisions: the SHA-256 of every answer, so that two builds can be held byte for byte.

`python -m bench.golden > before` on one build, `python -m bench.golden --against before` on the
next: it prints what differs and ends with status 1; `--answers` leaves the hash of the rules and
the fingerprint out, where a table or a comment under `rules/` changed. Screened are the examples,
every variant of the scenarios, a share of the cases beside the policies, 2,000 generated contracts
and 300 parties. No list outside the project is read.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.golden_contracts import contract, party
from compliance import Screener
from compliance.errors import ComplianceError
from compliance.explain.decision_json import json_of
from compliance.model.decision import Decision
from compliance.screening.policy_tests import cases_in, changed
from compliance.tables.yaml import read_file

ROOT = Path(__file__).resolve().parents[1]
GENERATED, PARTIES, SEED = 2_000, 300, 16
DAYS = (date(2022, 10, 7), date(2024, 8, 28), date(2025, 10, 15), date(2026, 11, 23))
Answer = tuple[str, str]


def _digest(decision: Decision) -> str:
    """Of the whole answer, and of the answer without what the bytes of the rules alone change."""
    whole = json_of(decision)
    stamps = (decision.fingerprint, decision.coverage.rules)
    answer = whole
    for stamp in stamps:
        answer = answer.replace(stamp.encode(), b"")
    return "/".join(hashlib.sha256(text).hexdigest()[:32] for text in (whole, answer))


def _screened(screener: Screener, name: str, data: Any, day: date) -> Answer:
    try:
        return name, _digest(screener.screen(data, as_of=day, allow_any_day=True))
    except ComplianceError as error:
        return name, hashlib.sha256(str(error).encode()).hexdigest()


def examples(screener: Screener) -> Iterator[Answer]:
    for file in sorted((ROOT / "examples").glob("*.yaml")):
        if file.name != "demo.yaml":
            for day in DAYS:
                value = read_file(file).value
                yield _screened(screener, f"examples/{file.name} {day}", value, day)


def scenarios(screener: Screener) -> Iterator[Answer]:
    for file in sorted((ROOT / "tests" / "scenarios").glob("s*.yaml")):
        scenario = read_file(file).value
        for variant in scenario["variants"]:
            data = changed(scenario["contract"], variant.get("change", {}))
            for day in variant["as_of"]:
                name = f"scenarios/{file.name} {variant['name']} {day}"
                yield _screened(screener, name, data, day)


def policy_cases(screener: Screener, every: int) -> Iterator[Answer]:
    """Each `every`-th case beside a policy, without the lists that some of them bring."""
    for case in list(cases_in(ROOT / "rules"))[::every]:
        name = f"cases/{case.policy} {case.as_of} {case.name}"
        yield _screened(screener, name, case.contract, case.as_of)


def generated(screener: Screener, number: int) -> Iterator[Answer]:
    chance = random.Random(SEED)
    for place in range(number):
        day = DAYS[place % len(DAYS)]
        yield _screened(screener, f"contract {place} {day}", contract(chance, place), day)


def parties(screener: Screener, number: int) -> Iterator[Answer]:
    chance = random.Random(SEED + 1)
    for place in range(number):
        day = DAYS[place % len(DAYS)]
        found = screener.screen_party(party(chance, f"P-{place}"), as_of=day)
        yield f"party {place} {day}", _digest(found)


def answers(every: int, number: int) -> Iterator[Answer]:
    screener = Screener.load()
    yield from examples(screener)
    yield from scenarios(screener)
    yield from policy_cases(screener, every)
    yield from generated(screener, number)
    yield from parties(screener, min(number, PARTIES))


def _without_stamps(digests: dict[str, str]) -> dict[str, str]:
    return {name: digest.rpartition("/")[2] for name, digest in digests.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="a file this tool printed on another build")
    parser.add_argument(
        "--answers", action="store_true", help="the rules' bytes changed: compare without stamps"
    )
    parser.add_argument("--every", type=int, default=5, help="which share of the policy cases")
    parser.add_argument("--generated", type=int, default=GENERATED)
    options = parser.parse_args()
    found = dict(answers(options.every, options.generated))
    if options.against is None:
        for name, digest in found.items():
            print(digest, name)
        return 0
    lines = options.against.read_text(encoding="utf-8").splitlines()
    before = {name: digest for digest, _, name in (line.partition(" ") for line in lines)}
    if options.answers:
        found, before = _without_stamps(found), _without_stamps(before)
    differ = [name for name in found if before.get(name) != found[name]]
    for name in differ[:20]:
        print("differs:", name)
    missing = len(before.keys() - found.keys())
    print(f"{len(found):,} decisions, {len(differ):,} differ; {missing:,} not asked this time")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())

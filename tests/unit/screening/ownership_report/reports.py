"""Ownership report for tests: a small table of owners, rules of its own, and a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from compliance.ownership.readers import read
from compliance.policies.loading import load_policies
from compliance.policies.policy import Policy
from compliance.screening.field_schema import FIELDS
from compliance.screening.knowledge import Knowledge
from compliance.screening.ownership_report import OwnershipReport, ownership_report
from compliance.screening.regimes import RegimesFile
from compliance.tables import read_table
from compliance.tables.embedded import rules_path
from compliance.watchlists import from_rows
from screeners import consulting_only, without_lists

DAY = date(2024, 6, 15)
HARBOUR = """\
owner,owned,share,kind,exception,owner_name,owner_kind,owner_incorporation,owned_name
meridian,harbour,40-60%,,,Meridian Holdings Ltd,organization,SG,Harbour Compute Pte Ltd
wang,harbour,25%,,,Li Wang,person,,
wang,harbour,,agreement,,,,,
nord,meridian,90%,,,Verwunschene Handelskammer Nord,organization,KP,
harbour,meridian,10%,,,,,,
,harbour,,,NO_KNOWN_PERSON,,,,
"""
_SHIPPED = (rules_path() / "data" / "ownership_regimes.yaml").read_text("utf-8")
REGIMES = f"""\
{_SHIPPED.partition("regimes:")[0]}regimes:
  - id: half
    title: Half in sum
    policy: law.half
    measures: [us.sdn]
    timeline:
      - {{from: 2010-01-01, threshold: "1/2", inclusive: true, aggregate: false, cite: first}}
      - {{from: 2014-01-01, threshold: "1/2", inclusive: true, aggregate: true, cite: second}}
  - id: influence
    title: More than half or control
    policy: law.influence
    measures: [un.sanctions]
    timeline:
      - {{from: 2010-01-01, threshold: "1/2", inclusive: false, aggregate: false, control: true,
         cite: third}}
"""
_POLICY = """\
schema: 1
id: law.{name}
title: A rule on owners
jurisdiction: XX
authority: nobody
basis: law
status: stable
timeline:
{timeline}
verified_on: 2024-01-01
citations:
  act: {{cite: "the act"}}
  order: {{cite: "order 7"}}
for_each: {{party: [lessee]}}
when: {{field: party.name, op: known}}
effect: {{outcome: review, severity: low, factor: ownership}}
message: "It is {{party.name}}."
customer_message: none
"""
_HALF = """\
  - {from: 2010-01-01, state: in_force, cite: act, note: never told}
  - {from: 2014-01-01, state: in_force, cite: act}
  - {from: 2025-11-10, state: stayed, cite: order, note: Stayed for a year.}
  - {from: 2026-11-10, state: unverified, cite: order}"""
_INFLUENCE = "  - {from: 2012-01-01, state: in_force, cite: act}"
POLICIES = {
    "law/half.yaml": _POLICY.format(name="half", timeline=_HALF),
    "law/influence.yaml": _POLICY.format(name="influence", timeline=_INFLUENCE),
}


@cache
def policies() -> tuple[Policy, ...]:
    """The policies that apply the rules above."""
    known = without_lists().knowledge
    with TemporaryDirectory() as folder:
        written(Path(folder))
        return load_policies(Path(folder), known.gazetteer, FIELDS)


def written(folder: Path) -> None:
    """Write the policies that apply the rules above into a rule folder."""
    for name, policy in POLICIES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(policy, "utf-8")


def knowledge(folder: Path, *listed: str, kind: str = "organization") -> Knowledge:
    """The shipped knowledge with the rules above and one list of these names."""
    rows = [
        {"id": str(n), "name": name, "kind": kind, "measures": ["us.sdn"]}
        for n, name in enumerate(listed, 1)
    ]
    lists = (from_rows(rows, id="ofac-sdn"),) if rows else ()
    path = folder / "ownership_regimes.yaml"
    path.write_text(REGIMES, "utf-8")
    known = consulting_only(lists).knowledge
    return replace(known, regimes=tuple(read_table(path, RegimesFile).regimes))


def reported(
    folder: Path,
    table: str = HARBOUR,
    party: str = "harbour",
    listed: Iterable[str] = (),
    known: Knowledge | None = None,
    as_of: date = DAY,
) -> OwnershipReport:
    """The report on a party of a table of owners."""
    path = folder / "owners.csv"
    path.write_text(table, "utf-8")
    known = known or knowledge(folder, "Verwunschene Handelskammer Nord")
    statements = read(path)
    return ownership_report(
        statements, party, as_of=as_of, know=known, policies=policies(), listed=listed
    )

"""Ownership answers for tests: a small table of owners, rules of its own, and a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from compliance.embedded import rules_path
from compliance.explain.ownership import Answers, answered
from compliance.ownership.readers import read
from compliance.screening.knowledge import Knowledge, RegimesFile, read_as
from compliance.watchlists import from_rows

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
    lists: [ofac-sdn]
    timeline:
      - {{from: 2010-01-01, threshold: "1/2", inclusive: true, aggregate: false, cite: first}}
      - {{from: 2014-01-01, threshold: "1/2", inclusive: true, aggregate: true, cite: second}}
  - id: influence
    title: More than half or control
    lists: [elsewhere]
    timeline:
      - {{from: 2010-01-01, threshold: "1/2", inclusive: false, aggregate: false, control: true,
         cite: third}}
"""


def knowledge(folder: Path, *listed: str, kind: str = "organization") -> Knowledge:
    """The shipped knowledge with the rules above and one list of these names."""
    rows = [{"id": str(n), "name": name, "kind": kind} for n, name in enumerate(listed, 1)]
    lists = (from_rows(rows, id="ofac-sdn"),) if rows else ()
    path = folder / "ownership_regimes.yaml"
    path.write_text(REGIMES, "utf-8")
    known = Knowledge.load(rules_path(), lists)
    return replace(known, regimes=tuple(read_as(path, RegimesFile).regimes))


def asked(
    folder: Path,
    table: str = HARBOUR,
    party: str = "harbour",
    listed: Iterable[str] = (),
    known: Knowledge | None = None,
    as_of: date = DAY,
) -> Answers:
    """The answers on a party of a table of owners."""
    path = folder / "owners.csv"
    path.write_text(table, "utf-8")
    known = known or knowledge(folder, "Verwunschene Handelskammer Nord")
    return answered(read(path), party, as_of=as_of, know=known, listed=listed)

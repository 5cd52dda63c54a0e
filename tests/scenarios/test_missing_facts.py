"""What must be known for clear: an innocent contract without one such fact is never clear.

The facts are those of the design's table, for any contract, for remote use of controlled chips and
for controlled hardware that changes hands. A fact that is absent, said to be unknown or refused is
the same: no answer.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance import Outcome
from compliance.screening.policy_tests import changed
from compliance.tables.yaml import read_file
from screeners import screener

HERE = Path(__file__).parent
DAY = date(2024, 8, 28)
REMOTE, HARDWARE = "s01_brisbane_neighbour.yaml", "s05_next_cluster_neighbour.yaml"
ABSENT, UNKNOWN, REFUSED = None, {"status": "unknown"}, {"status": "refused"}
ANY = {
    "lessee.name": (ABSENT, UNKNOWN, REFUSED),
    "lessee.incorporation": (ABSENT, UNKNOWN, REFUSED),
    "lessee.headquarters": (ABSENT, UNKNOWN, REFUSED),
    "lessee": ({"id": "lessee", "kind": "unknown"},),
    "items": (ABSENT,),
    "items.0.chip": (ABSENT, "Mystery 9000"),
    "items.0.site.country": (UNKNOWN, "Atlantis"),
    "items.0.site": (
        {"kind": "datacenter"},
        {"kind": "datacenter", "region": "Queensland", "city": "Brisbane"},
    ),
}
USED_REMOTELY = {
    "end_users": (ABSENT, [], [{"kind": "organization", "name": UNKNOWN}]),
    "ownership": (ABSENT,),
    "payment.method": (ABSENT, UNKNOWN, REFUSED),
}
CHANGES_HANDS = USED_REMOTELY | {
    "consignees": (ABSENT, [], [{"kind": "organization", "name": UNKNOWN}]),
    "end_use": (ABSENT, {"activities": UNKNOWN}),
    "ownership.0.owner.headquarters": (ABSENT, UNKNOWN, REFUSED),
    "lessee.ultimate_parent": (UNKNOWN, REFUSED),
}


def _cases() -> list[tuple[str, str, Any]]:
    return [
        (file, path, value)
        for file, facts in ((REMOTE, ANY | USED_REMOTELY), (HARDWARE, ANY | CHANGES_HANDS))
        for path, values in facts.items()
        for value in values
    ]


def _outcome(file: str, change: dict[str, Any]) -> Outcome:
    contract = read_file(HERE / file).value["contract"]
    return screener().screen(changed(contract, change), as_of=DAY).outcome


@pytest.mark.parametrize("file", [REMOTE, HARDWARE])
def test_with_every_fact_it_is_clear(file: str) -> None:
    assert _outcome(file, {}) is Outcome.CLEAR


@pytest.mark.parametrize(("file", "path", "value"), _cases())
def test_without_a_fact_that_must_be_known_it_is_held(file: str, path: str, value: Any) -> None:
    assert _outcome(file, {path: value}) is Outcome.INCOMPLETE


def test_a_named_reseller_with_its_own_kit_may_leave_its_users_unnamed_for_a_person_to_look() -> (
    None
):
    reseller = {"role": "reseller", "party": "lessee", "owns_equipment": True}
    change = {"end_users": [], "intermediaries": [reseller], "items.0.title": "reseller"}
    assert _outcome(REMOTE, change) is Outcome.REVIEW

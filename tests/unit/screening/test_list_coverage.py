"""For which lists a rule set speaks; what it does not speak for is told of by a house policy."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compliance import Decision, Outcome, Screener
from compliance.policies.policy import Policy
from compliance.screening.list_coverage import spoken_for
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import consulting_only, screener
from unit.screening.contracts import watchlist
from unit.screening.policies import policy
from unit.screening.policies import screener as small

DAY = date(2026, 11, 24)
NAME = "Zorblatt Quantum Foundry"
OTHER = "house.listed-on-another-list"
REMOTE = bases(rules_path())["remote"]
WITHOUT_A_POLICY = (
    "own", "us-cuba-restricted", "cn-sanctions", "jp-meti-russia", "ofac-consolidated", "uk-ofsi",
    "eu-journal", "eu-fsf", "un-sc", "ita-csl", "us-353",
)  # fmt: skip


@cache
def with_list(list_id: str) -> Screener:
    return consulting_only([watchlist(list_id, {"name": NAME, "citation": "Notice 1"})])


def open_flags(decision: Decision, policy_id: str) -> list[tuple[str, str]]:
    return [
        (flag.outcome.value, flag.subject.party)
        for flag in decision.flags
        if flag.policy_id == policy_id
    ]


@pytest.mark.parametrize("list_id", WITHOUT_A_POLICY)
def test_an_exact_hit_on_a_list_that_no_policy_names_is_never_clear(list_id: str) -> None:
    contract = changed(REMOTE, {"lessee.name": NAME})
    decision = with_list(list_id).screen(contract, DAY)
    assert decision.outcome is Outcome.REVIEW
    assert open_flags(decision, OTHER) == [("review", "lessee")]
    party = with_list(list_id).screen_party({"id": "p", "name": NAME}, DAY)
    assert open_flags(party, OTHER) == [("review", "p")]


@pytest.mark.parametrize("list_id", ["us-fincen", *WITHOUT_A_POLICY])
def test_a_hit_that_is_only_possible_is_not_clear_either(list_id: str) -> None:
    contract = changed(REMOTE, {"lessee.name": "Zorblat Quantum Foundry"})
    decision = with_list(list_id).screen(contract, DAY)
    assert decision.outcome is Outcome.REVIEW
    assert open_flags(decision, "house.possible-listed-name") == [("review", "lessee")]


@pytest.mark.parametrize(
    "list_id", ["ofac-sdn", "ofac-sdn-wallets", "bis-entity-list", "us-fincen"]
)
def test_a_list_with_a_policy_of_its_own_is_left_to_it(list_id: str) -> None:
    contract = changed(REMOTE, {"lessee.name": NAME})
    decision = with_list(list_id).screen(contract, DAY)
    assert decision.outcome >= Outcome.REVIEW
    assert open_flags(decision, OTHER) == []


@pytest.mark.parametrize("list_id", ["dow-1260h", "dow-1286", "ofac-nscmic", "state-debarred"])
def test_a_list_that_bars_no_rental_leaves_a_note_for_every_role(list_id: str) -> None:
    for change in (
        {"lessee.name": NAME},
        {"payers": [{"name": NAME}]},
        {"items.0.supplier": {"name": NAME}},
        {"lessee.officers": [{"person": {"name": NAME}}]},
    ):
        decision = with_list(list_id).screen(changed(REMOTE, change), DAY)
        notes = [f for f in decision.flags if f.matches]
        assert [(f.outcome, f.matches[0].list_id) for f in notes] == [(Outcome.CLEAR, list_id)]


def test_the_measures_of_information_are_those_whose_own_policies_only_note() -> None:
    """A possible hit may be passed over only where a certain one is a note."""
    outcomes: dict[str, set[str]] = {}
    for each in screener().policies:
        for _, measure in spoken_for([each], DAY, party_only=False):
            outcomes.setdefault(measure, set()).add(str(each.effect.outcome))
    noted = {measure for measure, said in outcomes.items() if said == {"clear"}}
    readers = [p for p in screener().policies if "information_measures" in p.sets]
    assert {p.id for p in readers} == {
        "house.possible-listed-name", "house.listed-address", "house.listed-address-shared",
        "house.possibly-listed-for-information",
    }  # fmt: skip
    for each in readers:
        assert set(each.values(DAY)["information_measures"]) == noted


# --- reading it off the policies ----------------------------------------------------------------

HIT = "{field: party.listed_under, op: any_in, value: [un.sanctions]}"
BOUND = "{field: contract.bound_by, op: any_in, value: [us]}"


def policies(tmp_path: Path, **when: str) -> tuple[Policy, ...]:
    """Policies house.NAME over lessees with these conditions."""
    files = [
        policy(f"house.{name}", when=text, message='"{party.name}"') for name, text in when.items()
    ]
    return small(tmp_path, *files).policies


@pytest.mark.parametrize(
    ("when", "speaks"),
    [
        ({"a": HIT}, True),
        ({"a": f"{{all: [{{field: party.listed_under, op: known}}, {HIT}]}}"}, True),
        ({"a": f"{{all: [{BOUND}, {HIT}]}}"}, False),
        ({"a": f"{{all: [{BOUND}, {HIT}]}}", "b": f"{{all: [{{not: {BOUND}}}, {HIT}]}}"}, True),
        ({"a": f"{{not: {HIT}}}"}, False),
        ({"a": f"{{any: [{BOUND}, {HIT}]}}"}, False),
        ({"a": "{field: party.listed_under, op: any_in, value: [us.353]}"}, False),
        ({"a": "{field: party.possibly_listed_under, op: any_in, value: [un.sanctions]}"}, False),
    ],
)
def test_a_policy_speaks_for_a_list_where_a_hit_is_all_it_asks(
    tmp_path: Path, when: dict[str, str], *, speaks: bool
) -> None:
    found = policies(tmp_path, **when)
    assert (("lessee", "un.sanctions") in spoken_for(found, DAY, party_only=False)) is speaks
    assert ("payer", "un.sanctions") not in spoken_for(found, DAY, party_only=False)


def test_opposites_that_read_the_contract_say_nothing_of_a_party_alone(tmp_path: Path) -> None:
    found = policies(
        tmp_path, a=f"{{all: [{BOUND}, {HIT}]}}", b=f"{{all: [{{not: {BOUND}}}, {HIT}]}}"
    )
    assert spoken_for(found, DAY, party_only=True) == frozenset()


def test_a_policy_speaks_from_its_first_day_on(tmp_path: Path) -> None:
    found: Any = policies(tmp_path, a=HIT)
    first = found[0].timeline[0].since
    assert spoken_for(found, first, party_only=False) == {("lessee", "un.sanctions")}
    assert spoken_for(found, date(1990, 1, 1), party_only=False) == frozenset()

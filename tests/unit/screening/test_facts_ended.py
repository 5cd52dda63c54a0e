"""Facts of parties that ended and of officers in their time, and what decisions make of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance import ContractError
from compliance.model import Outcome
from screeners import consulting_only
from unit.screening.contracts import (
    LISTED,
    company,
    edge,
    known,
    listed_on,
    listing,
    of_lessee,
    subjects,
    sure_and_possible,
    watchlist,
)

BEFORE, ON = date(2024, 6, 14), date(2024, 6, 15)
HEIR = company("heir", "CN", kind="organization", name="Heir Ltd")


@pytest.mark.parametrize(
    ("stated", "day", "expected"),
    [
        ({"standing": "active"}, ON, "active"),
        ({"standing": "retired"}, BEFORE, "retired"),
        ({"dissolved_on": "2024-06-15"}, BEFORE, "active"),
        ({"dissolved_on": "2024-06-15"}, ON, "dissolved"),
        ({"standing": "active", "dissolved_on": "2024-06-15"}, ON, "dissolved"),
        ({"standing": "liquidated", "dissolved_on": "2024-06-15"}, BEFORE, "active"),
        ({"standing": "annulled", "dissolved_on": "2024-06-15"}, BEFORE, "annulled"),
        ({"successor": HEIR}, BEFORE, "merged"),
        ({}, ON, None),
        ({"standing": {"status": "refused"}}, ON, None),
        ({"dissolved_on": {"status": "unknown"}}, ON, None),
    ],
)
def test_the_standing_of_a_party_is_that_of_the_day(
    stated: dict[str, Any], day: date, expected: str | None
) -> None:
    assert of_lessee("standing", day, **stated).value == expected


def test_an_unknown_standing_is_refused() -> None:
    with pytest.raises(ContractError, match="standing"):
        of_lessee("standing", standing="gone")


def test_an_owner_that_ended_is_no_certain_parent_and_is_told() -> None:
    owner = company("A", "SE", kind="organization", dissolved_on="2024-06-15", successor=HEIR)
    stated = edge(owner, "60%")
    assert known("ultimate_parents.identified", stated, as_of=BEFORE).value is True
    assert known("ownership.ended", stated, as_of=BEFORE).value == frozenset()
    found = known("ultimate_parents.identified", stated)
    assert not found.known
    assert "A is merged since 2024-06-15" in found.note
    assert found.asks[0].startswith("an extract from the register of A Ltd")
    assert sure_and_possible(known("ultimate_parents.names", stated)) == (
        set(),
        {"A Ltd", "Heir Ltd"},
    )
    assert sure_and_possible(known("ultimate_parents.headquarters", stated)) == (
        set(),
        {"SE", "CN"},
    )
    assert not known("ownership.identified", stated).known
    assert known("ownership.ended", stated).value == {
        "A Ltd is merged since 2024-06-15, succeeded by Heir Ltd"
    }
    assert known("ownership.diagnoses", stated).value == {"ended_owner"}


def test_without_a_successor_anybody_may_be_the_parent() -> None:
    owner = company("A", "SE", kind="organization", standing="retired")
    found = known("ultimate_parents.headquarters", edge(owner, "60%"))
    assert sure_and_possible(found) == (set(), {"SE"})
    assert found.partial


def test_a_stated_parent_that_ended_is_only_a_candidate() -> None:
    parent = company("A", "SE", kind="organization", standing="closed", successor=HEIR)
    lessee = {"ultimate_parent": parent}
    assert sure_and_possible(known("ultimate_parents.names", lessee=lessee)) == (
        set(),
        {"A Ltd", "Heir Ltd"},
    )
    assert not known("ultimate_parents.identified", lessee=lessee).known
    assert not known("ownership.identified", lessee=lessee).known
    assert known("ownership.ended", lessee=lessee).value


def test_a_listed_successor_may_affect_and_a_listed_owner_does() -> None:
    heir = {**HEIR, "name": LISTED}
    owner = company("A", "SE", kind="organization", dissolved_on="2024-06-15", successor=heir)
    found = known("ownership.affected_under", edge(owner, "60%"), know=listing())
    assert (set(found.value), "ofac-50" in found.possible) == (set(), True)
    ask = f"an extract from the register of A Ltd on what {LISTED} took over from it"
    assert found.asks == (ask,)
    before = known("ownership.affected_under", edge(owner, "60%"), as_of=BEFORE, know=listing())
    assert sure_and_possible(before) == (set(), set())
    gone = company("A", "SE", kind="organization", name=LISTED, standing="retired")
    found = known("ownership.affected_under", edge(gone, "60%"), know=listing())
    assert "ofac-50" in found.value
    told = known("ownership.listed_paths", edge(owner, "60%"), know=listing()).value
    assert f"{LISTED} succeeded A Ltd, which holds 60% of Fjord ApS" in told


def test_the_holding_of_an_owner_that_ended_may_be_of_anywhere() -> None:
    owner = company("A", "SE", kind="organization", standing="retired")
    (held,) = known("ownership.direct", edge(owner, "60%")).value
    assert (held.countries, held.possible) == ({"SE"}, None)
    owner = company("A", "SE", kind="organization", successor=HEIR)
    (held,) = known("ownership.direct", edge(owner, "60%")).value
    assert (held.countries, held.possible) == ({"SE"}, {"CN"})


# --- officers -------------------------------------------------------------------------------------

SIGNED = date(2024, 6, 1)


def officer(**days: Any) -> dict[str, Any]:
    return {"person": {"id": "o", "name": LISTED, "kind": "person"}, **days}


@pytest.mark.parametrize(
    ("stated", "roles"),
    [
        ({}, {"officer"}),
        ({"until": "2024-06-14"}, set()),
        ({"until": "2024-06-15"}, {"officer"}),
        ({"from": "2024-06-15"}, {"officer"}),
        ({"from": "2024-06-16"}, set()),
        ({"signs": True}, {"officer", "signatory"}),
        # In office at the signing, and gone since: who signed has signed.
        ({"signs": True, "until": "2024-06-01"}, {"signatory"}),
        ({"signs": True, "until": "2024-05-31"}, set()),
        ({"signs": True, "from": "2024-06-02"}, {"officer"}),
        ({"signs": False, "until": "2024-06-14"}, set()),
    ],
)
def test_an_officer_is_one_on_the_day_and_a_signatory_on_that_of_the_signing(
    stated: dict[str, Any], roles: set[str]
) -> None:
    lessee = company("lessee", officers=[officer(**stated)])
    found = subjects(lessee=lessee, signed_on=SIGNED.isoformat())
    assert set(found.parties["o"].roles) == roles


def test_without_a_day_of_signing_it_is_the_day_of_law() -> None:
    lessee = company("lessee", officers=[officer(signs=True, until="2024-06-14")])
    assert set(subjects(lessee=lessee).parties["o"].roles) == set()
    assert set(subjects(BEFORE, lessee=lessee).parties["o"].roles) == {"officer", "signatory"}


def test_who_signs_out_of_office_is_told() -> None:
    stated = [officer(signs=True, until="2024-05-31"), {**officer(), "signs": True}]
    stated[1] = {"person": {"id": "q", "name": "Q"}, "signs": True, "from": "2024-06-01"}
    lessee = company("lessee", officers=stated)
    found = subjects(lessee=lessee, signed_on="2024-06-01").lessee
    assert found["signatories_out_of_office"].value == {LISTED}


def test_days_of_an_officer_that_are_reversed_are_refused() -> None:
    lessee = company("lessee", officers=[officer(**{"from": "2024-06-02", "until": "2024-06-01"})])
    with pytest.raises(ContractError, match="until is before from"):
        subjects(lessee=lessee)


def test_a_nominee_who_left_is_no_sign_of_a_shell() -> None:
    def signs(**stated: Any) -> Any:
        lessee = company("lessee", officers=[officer(nominee=True, **stated)])
        return subjects(lessee=lessee).facts["shell_indicators"].value

    assert "nominee_directors" in signs()
    assert "nominee_directors" not in signs(until="2024-06-14")


def test_a_listed_officer_is_flagged_while_in_office_and_a_listed_signatory_for_good() -> None:
    sdn = watchlist("ofac-sdn", {"name": LISTED, "kind": "person"}, title="Blocked persons")
    screener = consulting_only([sdn])

    def flags(day: date, **stated: Any) -> set[str]:
        lessee = company("lessee", "DK", incorporation="DK", officers=[officer(**stated)])
        provider = company("p", "US", incorporation="US")
        contract = {"id": "C", "signed_on": "2024-06-01", "lessee": lessee, "provider": provider}
        decision = screener.screen(contract, as_of=day)
        assert decision.outcome is not Outcome.CLEAR
        return {flag.policy_id for flag in decision.flags}

    assert "us.ofac.sdn-owner" in flags(ON)
    assert "us.ofac.sdn-owner" in flags(ON, until="2024-06-15")
    assert "us.ofac.sdn-owner" not in flags(ON, until="2024-06-14")
    assert "us.ofac.sdn-signatory" in flags(ON, signs=True, until="2024-06-14")
    gone = flags(ON, signs=True, until="2024-05-31")
    assert "us.ofac.sdn-signatory" not in gone
    assert "house.signatory-out-of-office" in gone


def test_a_party_without_a_role_on_the_day_is_known_all_the_same() -> None:
    lessee = company("lessee", officers=[officer(until="2020-01-01")])
    found = subjects(lessee=lessee, know=listed_on("ofac-sdn", kind="person"))
    assert found.parties["o"]["name"].value == LISTED

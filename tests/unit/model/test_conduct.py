"""Conduct: closed lists of activities and observations, usage in parts, dated authorizations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from compliance.model import Authorization, EndUse, Observations, Stated, Usage
from compliance.model.conduct import SIGNS, Activity, Coverage, LinkedContract, Sublease
from compliance.model.explanation import Explanation


def refused(model: Any, data: dict[str, Any]) -> list[tuple[Any, ...]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [detail["loc"] for detail in caught.value.errors()]


def test_activities_are_a_closed_list() -> None:
    use = EndUse.model_validate({"activities": ["model_training", "inference"]})
    assert use.activities == Stated[tuple[Activity, ...]](value=("model_training", "inference"))
    assert refused(EndUse, {"activities": ["hacking"]}) == [("activities", "value", 0)]
    assert "resale" in get_args(Activity)


@pytest.mark.parametrize(
    "flag",
    ["military", "military_intelligence", "wmd", "supercomputer", "communications",
     "enterprise_software", "technical_analysis_only"],
)  # fmt: skip
def test_an_end_use_is_yes_no_refused_or_never_asked(flag: str) -> None:
    assert getattr(EndUse(), flag) is None
    for value in (True, False):
        assert getattr(EndUse.model_validate({flag: value}), flag) == Stated(value=value)
    assert getattr(EndUse.model_validate({flag: {"status": "refused"}}), flag).status == "refused"
    assert refused(EndUse, {flag: "no"}) == [(flag, "value")]


def test_no_observation_is_about_who_a_person_is() -> None:
    words = " ".join(Observations.model_fields)
    for forbidden in (
        "nationality",
        "script",
        "language",
        "ethnic",
        "accent",
        "religion",
        "origin",
    ):
        assert forbidden not in words


def test_every_observation_is_absent_until_somebody_looked() -> None:
    for key, value in Observations().model_dump().items():
        assert value in (None, ()), key
    assert refused(Observations, {"looks_suspicious": True}) == [("looks_suspicious",)]


@pytest.mark.parametrize("key", sorted(SIGNS))
def test_an_observed_sign_is_true_or_false_bare_or_with_its_evidence(key: str) -> None:
    for value in (True, False):
        seen = getattr(Observations.model_validate({key: value}), key)
        assert (seen.value, seen.status, seen.explained_by) == (value, "asserted", ())
    assert refused(Observations, {key: 1}) == [(key, "value")]
    evidence = {"value": True, "status": "verified", "source": "audit", "as_of": "2024-05-02"}
    paper = {"kind": "makers_return", "reference": "RMA-4711", "as_of": "2024-05-01", "count": 2}
    stated = {key: {**evidence, "count": 2, "explained_by": paper}}
    seen = getattr(Observations.model_validate(stated), key)
    assert (seen.status, seen.source, seen.as_of) == ("verified", "audit", date(2024, 5, 2))
    assert seen.explained_by == (Explanation.model_validate(paper),)
    again = Observations.model_validate({key: {**evidence, "explained_by": [paper, paper]}})
    assert len(getattr(again, key).explained_by) == 2
    for status in ("unknown", "refused"):
        assert getattr(Observations.model_validate({key: {"status": status}}), key).value is None


def test_an_explanation_is_of_a_kind_that_is_known() -> None:
    stated = {"serial_anomalies": {"value": True, "explained_by": {"kind": "a_promise"}}}
    assert refused(Observations, stated) == [("serial_anomalies", "explained_by", 0, "kind")]


@pytest.mark.parametrize(
    ("said", "value"),
    [("known", True), (True, True), ("denied", False), (False, False), ("suspected", "suspected")],
)
def test_knowledge_is_known_suspected_or_denied(said: Any, value: Any) -> None:
    assert EndUse.model_validate({"military": said}).military == Stated(value=value)
    stated = {"value": said, "status": "asserted", "source": "press"}
    found = EndUse.model_validate({"wmd": stated}).wmd
    assert found is not None
    assert (found.value, found.source) == (value, "press")
    seen = Observations.model_validate({"knowledge_of_violation": said}).knowledge_of_violation
    assert seen is not None
    assert seen.value == value
    assert refused(EndUse, {"military": "perhaps"}) == [("military", "value")]


def test_a_journey_is_a_country_or_says_who_traveled_and_when() -> None:
    data = {"declared_travel": ["CN", {"country": "SG", "who": "Ada", "from": "2024-05-01"}]}
    bare, dated = Usage.model_validate(data).declared_travel
    assert (bare.country, bare.who, bare.since, bare.until) == ("CN", None, None, None)
    assert (dated.country, dated.who, dated.since) == ("SG", "Ada", date(2024, 5, 1))
    backwards = {"country": "SG", "from": "2024-05-02", "until": "2024-05-01"}
    assert refused(Usage, {"declared_travel": [backwards]}) == [("declared_travel", 0)]


def test_a_linked_contract_says_in_one_way_what_it_rents() -> None:
    both = {"id": "A-2", "items": [{"chip": "H100 SXM5", "count": 8}], "controlled_chips": 8}
    assert refused(LinkedContract, both) == [()]
    assert refused(LinkedContract, {"id": "A-2", "by": ["astrology"]}) == [("by", 0)]
    assert refused(LinkedContract, {"id": "A", "from": "2024-02-01", "until": "2024-01-01"}) == [()]


def test_sessions_are_parts_of_one_by_country() -> None:
    usage = Usage.model_validate({"access_by_country": {"CN": "0.95", "SG": 0.05}})
    assert usage.access_by_country == {"CN": Decimal("0.95"), "SG": Decimal("0.05")}


@pytest.mark.parametrize("part", ["1.01", -0.1, "NaN", "most"])
def test_a_part_outside_zero_to_one_is_refused(part: Any) -> None:
    assert refused(Usage, {"access_by_country": {"CN": part}}) == [("access_by_country", "CN")]


def test_usage_is_written_from_and_until() -> None:
    usage = Usage.model_validate({"from": "2024-01-01", "until": "2024-02-01"})
    assert (usage.since, usage.until) == (date(2024, 1, 1), date(2024, 2, 1))
    assert refused(Usage, {"since": "2024-01-01"}) == [("since",)]


def test_an_authorization_covers_what_it_names_and_everything_it_does_not() -> None:
    held = Authorization.model_validate({"kind": "license", "authority": "BIS"})
    assert held.covers == Coverage(policies=(), parties=(), items=(), remote_users=())
    assert (held.valid_from, held.valid_until, held.number) == (None, None, None)


def test_an_authorization_ends_on_or_after_its_first_day() -> None:
    data = {"kind": "license", "authority": "BIS", "valid_from": "2024-06-01"}
    one_day = Authorization.model_validate({**data, "valid_until": "2024-06-01"})
    assert one_day.valid_until == date(2024, 6, 1)
    with pytest.raises(ValidationError, match="valid_until is before valid_from"):
        Authorization.model_validate({**data, "valid_until": "2024-05-31"})


def test_an_authorization_has_a_kind_and_an_authority() -> None:
    assert refused(Authorization, {"kind": "promise", "authority": "BIS"}) == [("kind",)]
    assert refused(Authorization, {"kind": "license"}) == [("authority",)]


def test_a_sublease_names_its_tenants() -> None:
    sublease = Sublease.model_validate({"allowed": False, "tenants": [{"name": "T"}, "lessee"]})
    assert sublease.allowed == Stated(value=False)
    assert [tenant.is_reference for tenant in sublease.tenants] == [False, True]

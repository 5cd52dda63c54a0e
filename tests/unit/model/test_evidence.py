"""Facts bare and with evidence: both spellings, refusals, and what is never read as a date."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from compliance.model import Contract, Party, Stated
from compliance.model.contract import problems_of
from compliance.model.evidence import Text


def lessee(**fields: Any) -> dict[str, Any]:
    return {"id": "C-1", "lessee": {"id": "lessee", **fields}}


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        Contract.model_validate(data)
    return [(p.path, p.message) for p in problems_of(caught.value, data)]


def test_a_bare_value_is_an_assertion_without_source() -> None:
    assert Party(headquarters="SG").headquarters == Stated(value="SG", status="asserted")


def test_a_stated_value_carries_its_evidence() -> None:
    given = {
        "value": "SG",
        "status": "verified",
        "source": "register extract",
        "as_of": "2024-05-02",
    }
    stated = Party.model_validate({"headquarters": given}).headquarters
    assert stated == Stated(
        value="SG", status="verified", source="register extract", as_of=date(2024, 5, 2)
    )


@pytest.mark.parametrize("status", ["refused", "unknown"])
def test_refused_and_unknown_carry_no_value_and_are_not_absence(status: str) -> None:
    stated = Party.model_validate({"headquarters": {"status": status}}).headquarters
    assert stated is not None
    assert (stated.value, stated.status) == (None, status)
    assert Party().headquarters is None


def test_null_is_a_fact_that_nobody_gave() -> None:
    assert Party.model_validate({"headquarters": None}).headquarters is None


@pytest.mark.parametrize("status", ["refused", "unknown"])
def test_a_value_beside_a_status_that_denies_it_is_a_contradiction(status: str) -> None:
    data = lessee(headquarters={"value": "SG", "status": status})
    assert problems(data) == [("lessee.headquarters", f"status {status} carries no value")]


@pytest.mark.parametrize("status", ["asserted", "verified"])
def test_a_status_that_claims_a_value_needs_one(status: str) -> None:
    data = lessee(headquarters={"status": status})
    assert problems(data) == [("lessee.headquarters", f"status {status} needs a value")]


def test_false_is_a_value_and_not_its_absence() -> None:
    stated = Party.model_validate({"military": {"value": False, "status": "verified"}}).military
    assert stated is not None
    assert stated.value is False


def test_an_object_value_is_not_taken_for_evidence() -> None:
    """A parent is a mapping too; only the keys of evidence make it a statement."""
    bare = Party.model_validate({"ultimate_parent": {"id": "top", "name": "Top"}})
    full = Party.model_validate(
        {"ultimate_parent": {"value": {"id": "top", "name": "Top"}, "status": "verified"}}
    )
    assert bare.ultimate_parent is not None
    assert full.ultimate_parent is not None
    assert bare.ultimate_parent.value == full.ultimate_parent.value
    assert full.ultimate_parent.status == "verified"


def test_evidence_with_a_key_of_its_own_invention_is_refused_by_that_key() -> None:
    ((path, message),) = problems(lessee(headquarters={"value": "SG", "confidence": 0.9}))
    assert path == "lessee.headquarters"
    assert "'confidence'" in message


def test_an_unknown_status_is_refused_at_its_own_path() -> None:
    found = problems(lessee(headquarters={"value": "SG", "status": "guessed"}))
    assert found == [
        (
            "lessee.headquarters.status",
            "Input should be 'asserted', 'verified', 'refused' or 'unknown'",
        )
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2024-06-01T00:00:00Z", "a date is written YYYY-MM-DD, not '2024-06-01T00:00:00Z'"),
        ("2024-6-1", "a date is written YYYY-MM-DD, not '2024-6-1'"),
        ("20240601", "a date is written YYYY-MM-DD, not '20240601'"),
        ("", "a date is written YYYY-MM-DD, not ''"),
        (20240601, "a date is written YYYY-MM-DD"),
        (1.5, "a date is written YYYY-MM-DD"),
        (True, "a date is written YYYY-MM-DD"),
        (datetime(2024, 6, 1, 12), "a date is written YYYY-MM-DD"),  # noqa: DTZ001 - the trap
    ],
)
def test_what_is_not_a_calendar_day_is_refused_with_the_form_expected(
    given: Any, message: str
) -> None:
    assert problems({"id": "C-1", "signed_on": given}) == [("signed_on", message)]


@pytest.mark.parametrize("given", ["2024-02-30", "2023-02-29", "2024-13-01", "01-06-2024"])
def test_a_day_that_does_not_exist_is_refused(given: str) -> None:
    assert [path for path, _ in problems({"id": "C-1", "signed_on": given})] == ["signed_on"]


def test_a_leap_day_and_a_date_object_are_days() -> None:
    assert Contract(id="a", signed_on="2024-02-29").signed_on == date(2024, 2, 29)
    assert Contract(id="a", signed_on=date(2024, 2, 29)).signed_on == date(2024, 2, 29)


def test_a_bad_day_behind_evidence_is_named_where_it_was_written() -> None:
    bare = problems(lessee(incorporated_on="2024-02-30"))
    full = problems(lessee(incorporated_on={"value": "2024-02-30", "status": "verified"}))
    assert [path for path, _ in bare] == ["lessee.incorporated_on"]
    assert [path for path, _ in full] == ["lessee.incorporated_on.value"]


@pytest.mark.parametrize("bad", ["a\x00b", "\x1b[31m", "a\x7f", "a\x0bb"])
def test_control_characters_are_no_part_of_a_text(bad: str) -> None:
    assert [path for path, _ in problems(lessee(name=bad))] == ["lessee.name"]
    assert [path for path, _ in problems({"id": bad})] == ["id"]


@pytest.mark.parametrize("bad", ["\ud800", "Fjord\udfff"])
def test_half_a_character_is_no_part_of_a_text(bad: str) -> None:
    assert [path for path, _ in problems(lessee(name=bad))] == ["lessee.name"]


@pytest.mark.parametrize("bad", ["", "   ", "\n\t"])
def test_an_empty_text_is_not_a_name(bad: str) -> None:
    assert [path for path, _ in problems(lessee(name=bad))] == ["lessee.name"]


def test_white_space_around_a_text_is_not_part_of_it() -> None:
    stated: Stated[Text] | None = Party.model_validate({"name": "  Fjord ApS \n"}).name
    assert stated is not None
    assert stated.value == "Fjord ApS"


@pytest.mark.parametrize("bad", ["yes", 1, 0, "true"])
def test_a_flag_is_true_or_false_and_nothing_that_resembles_them(bad: Any) -> None:
    for flag in ("public_body", "military"):
        assert [path for path, _ in problems(lessee(**{flag: bad}))] == [f"lessee.{flag}"]


@pytest.mark.parametrize("bad", [51, 1, 0, True, "51", "110%", -0.1, 1.5, float("nan"), "half"])
def test_a_share_that_could_mean_two_things_is_refused(bad: Any) -> None:
    data = lessee() | {"ownership": [{"owner": "lessee", "owned": "lessee", "share": bad}]}
    assert [path for path, _ in problems(data)] == ["ownership.0.share"]


def schema(model: type[Party | Contract] = Party) -> dict[str, Any]:
    return model.model_json_schema()


@pytest.mark.parametrize(
    "value",
    [
        "SG",
        {"value": "SG"},
        {"value": "SG", "status": "verified", "source": "register", "as_of": "2024-05-02"},
        {"status": "unknown"},
        {"value": None, "status": "refused"},
        None,
    ],
)
def test_the_json_schema_admits_both_spellings(value: Any) -> None:
    document = {"headquarters": value}
    jsonschema.validate(document, schema())
    assert Party.model_validate(document)


@pytest.mark.parametrize(
    "value", [5, {"value": 5}, {"value": "SG", "status": "guessed"}, {"value": "SG", "by": "me"}]
)
def test_the_json_schema_refuses_what_reading_refuses(value: Any) -> None:
    document = {"headquarters": value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema())
    with pytest.raises(ValidationError):
        Party.model_validate(document)


def test_the_json_schema_of_shares_admits_texts_fractions_and_intervals() -> None:
    for share in ("51%", 0.5, "35/47", {"minimum": "40%", "exclusive_minimum": True}):
        edge = {
            "owner": {"id": "b", "name": "B"},
            "owned": {"id": "a", "name": "A"},
            "share": share,
        }
        data = {"id": "C-1", "ownership": [edge]}
        jsonschema.validate(data, schema(Contract))
        assert Contract.read(data).ownership[0].share is not None


def test_the_json_schema_admits_a_reference_to_a_party() -> None:
    data = {"id": "C-1", "lessee": {"id": "a", "name": "A"}, "end_users": ["a"]}
    assert Contract.read(data)
    jsonschema.validate(data, schema(Contract))

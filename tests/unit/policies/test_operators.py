"""Every operator: true, false and unknown, and the values it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from compliance.errors import UnknownNameError
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.places import Gazetteer
from compliance.policies.fact import Fact
from compliance.policies.operators import EVERY_KIND, REGISTRY, Holding, Setting
from compliance.screening.facts.authorizations import Held
from compliance.screening.field_schema import FIELDS

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
GAZETTEER = Gazetteer.load()
SETTING = Setting(date(2024, 6, 15), GAZETTEER, "us.test.policy")


def judge(op: str, expected: Any, fact: Fact, setting: Setting = SETTING) -> Truth:
    return REGISTRY[op].prepare(expected, setting)(fact)


def known(value: Any) -> Fact:
    return Fact.of(value, "test")


UNKNOWN = Fact.unknown("somewhere")


def some(*members: str, possible: tuple[str, ...] = (), partial: bool = False) -> Fact:
    return Fact.some(frozenset(members), "test", possible=frozenset(possible), partial=partial)


def candidates(*members: str) -> Fact:
    return Fact.unknown("somewhere", possible=frozenset(members))


def between(least: int, most: int) -> Fact:
    return Fact.unknown("somewhere", possible=frozenset({least, most}))


@pytest.mark.parametrize(
    ("op", "expected", "fact", "truth"),
    [
        ("known", None, known(1), T),
        ("known", True, UNKNOWN, F),
        ("known", False, UNKNOWN, T),
        ("stated", True, Fact.unknown("x", status="unknown"), T),
        ("stated", True, Fact.unknown("x", status="refused"), T),
        ("stated", True, UNKNOWN, F),
        ("stated", False, UNKNOWN, T),
        ("refused", None, Fact.unknown("x", status="refused"), T),
        ("refused", None, Fact.unknown("x", status="unknown"), F),
        ("eq", "CN", known("CN"), T),
        ("eq", "CN", known("SG"), F),
        ("eq", "CN", UNKNOWN, U),
        ("eq", True, known(True), T),
        ("eq", True, known(False), F),
        ("eq", 64, known(64), T),
        ("in", ["a", "b"], known("b"), T),
        ("in", ["a", "b"], known("c"), F),
        ("in", ["a", "b"], UNKNOWN, U),
        ("in", ["a", "b"], candidates("a", "b"), T),
        ("in", ["a", "b"], candidates("a", "c"), U),
        ("in", ["a", "b"], candidates("c", "d"), F),
        ("any_in", ["a"], some("a", "z"), T),
        ("any_in", ["a"], some("z"), F),
        ("any_in", ["a"], some(), F),
        ("any_in", ["a"], some("z", partial=True), U),
        ("any_in", ["a"], some("z", possible=("a",)), U),
        ("any_in", ["a"], some("z", possible=("b",)), F),
        ("any_in", ["a"], UNKNOWN, U),
        ("any_not_in", ["a"], some("a", "z"), T),
        ("any_not_in", ["a"], some("a"), F),
        ("any_not_in", ["a"], some(), F),
        ("any_not_in", ["a"], some("a", partial=True), U),
        ("any_not_in", ["a"], some("a", possible=("z",)), U),
        ("any_not_in", ["a"], some(possible=("a",)), F),
        ("any_not_in", ["a"], UNKNOWN, U),
        ("in_group", ["D:5", "MO"], known("CN"), T),
        ("in_group", ["D:5", "MO"], known("HK"), T),
        ("in_group", ["D:5", "MO"], known("MO"), T),
        ("in_group", ["D:5", "MO"], known("TW"), F),
        ("in_group", ["D:5", "MO"], UNKNOWN, U),
        ("in_group", ["D:5", "MO"], candidates("SG", "CN"), U),
        ("in_group", ["D:5", "MO"], candidates("RU", "CN"), T),
        ("in_group", ["D:5", "MO"], candidates("SG", "JP"), F),
        ("any_in_group", ["E:1"], some("SG", "IR"), T),
        ("any_in_group", ["E:1"], some("SG"), F),
        ("any_in_group", ["E:1"], some("SG", partial=True), U),
        ("any_in_group", ["E:1"], some("SG", possible=("IR",)), U),
        ("count_gte", 2, some("a", "b"), T),
        ("count_gte", 2, some("a"), F),
        ("count_gte", 2, some("a", possible=("b",)), U),
        ("count_gte", 2, some("a", partial=True), U),
        ("gte", 64, known(64), T),
        ("gte", 64, known(63), F),
        ("gte", 64, UNKNOWN, U),
        ("gte", 64, between(64, 512), T),
        ("gte", 64, between(32, 64), U),
        ("gte", 64, between(4, 32), F),
        ("lt", 64, between(4, 32), T),
        ("eq", 8, between(4, 32), U),
        ("eq", 4, between(4, 32), U),
        ("eq", 2, between(4, 32), F),
        ("eq", 4, between(4, 4), T),
        ("gt", 64, known(64), F),
        ("lt", Decimal("5.92"), known(Decimal("5.919")), T),
        ("lt", Decimal("5.92"), known(Decimal("5.92")), F),
        ("lte", Decimal("5.92"), known(Decimal("5.92")), T),
        ("share_gte", "50%", known(Share.exact(Fraction(1, 2))), T),
        ("share_gt", "50%", known(Share.exact(Fraction(1, 2))), F),
        ("share_gte", "50%", known(Share(Fraction(2, 5), Fraction(3, 5))), U),
        ("share_gte", "50%", UNKNOWN, U),
        ("before", date(2024, 1, 1), known(date(2023, 12, 31)), T),
        ("before", date(2024, 1, 1), known(date(2024, 1, 1)), F),
        ("on_or_before", date(2024, 1, 1), known(date(2024, 1, 1)), T),
        ("after", date(2024, 1, 1), known(date(2024, 1, 1)), F),
        ("on_or_after", date(2024, 1, 1), known(date(2024, 1, 1)), T),
        ("on_or_after", date(2024, 1, 1), UNKNOWN, U),
    ],
)
def test_an_operator_answers_in_three_values(
    op: str, expected: Any, fact: Fact, truth: Truth
) -> None:
    assert judge(op, expected, fact) is truth


def test_group_membership_on_an_unsettled_day_is_unknown() -> None:
    november = Setting(date(2025, 11, 20), GAZETTEER, "us.test.policy")
    assert judge("in_group", ["D:5"], known("KH"), november) is U
    february = Setting(date(2026, 2, 3), GAZETTEER, "us.test.policy")
    assert judge("in_group", ["D:5"], known("KH"), february) is F


def holding(share: str, *countries: str, possible: frozenset[str] | None = frozenset()) -> Holding:
    return Holding("holder", frozenset(countries), possible, Share.parse(share))


WANTED = {"in_group": ["D:5", "MO"], "share": "50%"}


@pytest.mark.parametrize(
    ("held", "truth"),
    [
        ([holding("30%", "CN"), holding("20%", "RU")], T),
        ([holding("49.9%", "CN"), holding("50.1%", "SG")], F),
        ([holding("49.9%", "CN"), holding("0.1%", possible=None)], U),
        ([holding("49.9%", "CN"), holding("0.1%", possible=frozenset({"CN"}))], U),
        ([holding("49.9%", "CN"), holding("0.1%", possible=frozenset({"SG"}))], F),
        ([Holding("h", frozenset({"CN"}), frozenset(), Share(Fraction(2, 5), Fraction(3, 5)))], U),
        ([], F),
    ],
)
def test_holdings_are_summed_over_the_groups(held: list[Holding], truth: Truth) -> None:
    assert judge("held_gte", WANTED, known(tuple(held))) is truth


@pytest.mark.parametrize(
    ("ends", "truth"),
    [((True,), F), ((False,), U), ((False, True), F), ((False, False), U)],
)
def test_upper_ends_that_do_not_belong_to_the_shares_do_not_reach_half(
    ends: tuple[bool, ...], truth: Truth
) -> None:
    high = Fraction(1, 2) / len(ends)
    held = [
        Holding("h", frozenset({"CN"}), frozenset(), Share(Fraction(0), high, False, is_open))
        for is_open in ends
    ]
    assert judge("held_gte", WANTED, known(tuple(held))) is truth


BETWEEN = {"in_group": ["D:5"], "minimum": "45%", "below": "50%"}


@pytest.mark.parametrize(
    ("held", "truth"),
    [
        ([holding("49.9%", "CN")], T),
        ([holding("45%", "CN")], T),
        ([holding("50%", "CN")], F),
        ([holding("44%", "CN")], F),
        ([holding("49.9%", "SG")], F),
        ([holding("49.9%", possible=None)], U),
        ([Holding("h", frozenset({"CN"}), frozenset(), Share(Fraction(2, 5), Fraction(3, 5)))], U),
    ],
)
def test_one_holder_just_below_a_line(held: list[Holding], truth: Truth) -> None:
    assert judge("held_between", BETWEEN, known(tuple(held))) is truth


def test_holdings_that_nobody_stated_are_unknown() -> None:
    assert judge("held_gte", WANTED, UNKNOWN) is U
    assert judge("held_between", BETWEEN, UNKNOWN) is U


def held(**changes: Any) -> Fact:
    values: dict[str, Any] = {
        "kind": "license",
        "authority": "BIS",
        "given_by": frozenset({"BIS"}),
        "number": "D1",
        "policies": ("us.test.policy",),
        "parties": (),
    }
    return known((Held(**(values | changes)),))


@pytest.mark.parametrize(
    ("fact", "truth"),
    [
        (held(), T),
        (held(given_by=frozenset({"OFAC"})), F),
        (held(given_by=frozenset({"sub", "BIS"})), T),
        (held(given_by=None), U),
        (held(given_by=None, policies=("us.other.policy",)), F),
        (held(given_by=None, kind="registration"), F),
        (held(kind="registration"), F),
        (held(policies=("us.other.policy",)), F),
        (held(policies=()), U),
        (known(()), F),
    ],
)
def test_an_authorization_covers_only_the_policies_it_names(fact: Fact, truth: Truth) -> None:
    assert judge("covers", {"kind": "license", "authority": "BIS"}, fact) is truth


@pytest.mark.parametrize(
    ("op", "expected", "message"),
    [
        ("known", "yes", "true or false, not 'yes'"),
        ("eq", ["a"], "a single value"),
        ("in", "a", "a list of values"),
        ("count_gte", True, "a whole number, not True"),
        ("gte", "64", "a number, not '64'"),
        ("gte", True, "a number, not True"),
        ("before", "2024-01-01", "a date written YYYY-MM-DD without quotes, not '2024-01-01'"),
        ("share_gte", 50, '50 of what? write "50%" or a fraction such as 0.51'),
        ("held_gte", {"share": "50%"}, "a mapping with in_group, share"),
        ("held_gte", "50%", "a mapping with in_group, share"),
        ("covers", {"authority": "BIS"}, "a mapping with authority, kind, number"),
        ("in_group", [5], "a country group or code, not 5"),
    ],
)
def test_an_unfit_value_is_refused(op: str, expected: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        REGISTRY[op].prepare(expected, SETTING)
    assert str(caught.value) == message


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        REGISTRY["in_group"].prepare(["D:55"], SETTING)


def test_every_kind_of_field_has_operators_and_every_operator_a_meaning() -> None:
    kinds = {field.kind for field in FIELDS.values()}
    assert kinds <= EVERY_KIND
    for kind in EVERY_KIND:
        assert any(kind in operator.kinds for operator in REGISTRY.values())
    assert all(operator.meaning and operator.kinds <= EVERY_KIND for operator in REGISTRY.values())

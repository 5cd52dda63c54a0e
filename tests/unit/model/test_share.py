"""A share: exact, spelled in one of a few ways, and unknown where its interval leaves doubt."""

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from compliance.model.share import Share, percent
from compliance.model.truth import Truth

HALF = Fraction(1, 2)
KNOWN = "exact, exclusive_maximum, exclusive_minimum, maximum, minimum"
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("written", "fraction"),
    [
        ("51%", Fraction(51, 100)),
        ("51 %", Fraction(51, 100)),
        (" 51% ", Fraction(51, 100)),
        ("33.333%", Fraction(33333, 100000)),
        ("0%", Fraction(0)),
        ("100%", Fraction(1)),
        ("0.0001%", Fraction(1, 1000000)),
        ("0.5", HALF),
        ("0.0", Fraction(0)),
        ("1.0", Fraction(1)),
        ("35/47", Fraction(35, 47)),
        ("35 / 47", Fraction(35, 47)),
        ("2/4", HALF),
        ("1/1", Fraction(1)),
        (0.51, Fraction(51, 100)),
        (0.1, Fraction(1, 10)),
        (1.0, Fraction(1)),
        (0.00001, Fraction(1, 100000)),
        (1e-30, Fraction(1, 10**30)),
        (Decimal("0.510"), Fraction(51, 100)),
        (Decimal("1E-7"), Fraction(1, 10**7)),
        (Fraction(35, 47), Fraction(35, 47)),
        ({"exact": "51%"}, Fraction(51, 100)),
        ({"minimum": "50%", "maximum": 0.5}, HALF),
    ],
)
def test_every_spelling_is_read_exactly(written: Any, fraction: Fraction) -> None:
    share = Share.parse(written)
    assert share == Share.exact(fraction)
    assert share.is_exact


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (51, '51 of what? write "51%" or a fraction such as 0.51'),
        (1, '1 of what? write "1%" or a fraction such as 0.51'),
        (0, '0 of what? write "0%" or a fraction such as 0.51'),
        ("1/0", "1/0 divides by zero"),
        ("101%", "a share lies between 0 and 100%"),
        (1.5, "a share lies between 0 and 100%"),
        ("3/2", "a share lies between 0 and 100%"),
        (Fraction(-1, 2), "a share lies between 0 and 100%"),
        ({"exact": "51%", "minimum": "50%"}, "a share is exact or an interval, not both"),
        ({"exclusive_minimum": "yes"}, "exclusive_minimum is true or false"),
        ({"exclusive_maximum": 1}, "exclusive_maximum is true or false"),
        ({"minimum": "60%", "maximum": "40%"}, "minimum 3/5 is above maximum 2/5"),
        ({"minimum": 50}, '50 of what? write "50%" or a fraction such as 0.51'),
        (
            {"minimum": "50%", "maximum": "50%", "exclusive_minimum": True},
            "the interval is empty: its only point is excluded",
        ),
        (
            {"minimum": "50%", "maximum": "50%", "exclusive_maximum": True},
            "the interval is empty: its only point is excluded",
        ),
        (
            {"min": "50%", "at_least": 1},
            f"unknown key 'at_least' in a share; known: {KNOWN}",
        ),
        (
            {"x": 1, 2: 1},
            f"unknown key 2 in a share; known: {KNOWN}",
        ),
    ],
)
def test_a_share_that_cannot_be_says_why(written: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        Share.parse(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "written",
    [
        None,
        True,
        False,
        "",
        "51",
        "51 percent",
        "51%%",
        "-5%",
        "+5%",
        "%",
        ".5",
        "5.",
        "0,5",
        "1e-1",
        "1/2/3",
        "-1/2",
        "1/2%",
        "٥١%",
        "nan",
        "1" * 13 + "%",
        "1/" + "3" * 31,
        "0." + "3" * 31,
        -0.5,
        float("nan"),
        float("inf"),
        1e-31,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E-999999"),
        Decimal(1),
        Decimal("1E+999999999"),
        [],
        ["51%"],
        b"51%",
        {"exact": None},
        {"exact": {"minimum": "50%"}},
    ],
    ids=lambda written: repr(written)[:24],
)
def test_anything_else_is_refused_with_what_was_expected(written: Any) -> None:
    with pytest.raises(ValueError, match=r'^a share is "51%", 0\.51, "35/47" or an interval, not '):
        Share.parse(written)


def test_a_share_is_read_as_itself() -> None:
    share = Share(Fraction(1, 4), HALF, exclusive_minimum=True)
    assert Share.parse(share) is share


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ({}, Share.unknown()),
        ({"minimum": None, "maximum": None}, Share.unknown()),
        ({"minimum": "25%"}, Share(Fraction(1, 4), Fraction(1))),
        ({"maximum": "1/2"}, Share(Fraction(0), HALF)),
        (
            {"minimum": 0.25, "maximum": 0.5, "exclusive_minimum": True},
            Share(Fraction(1, 4), HALF, exclusive_minimum=True),
        ),
        (
            {"minimum": 0.25, "maximum": 0.5, "exclusive_maximum": True},
            Share(Fraction(1, 4), HALF, exclusive_maximum=True),
        ),
    ],
)
def test_an_interval_has_the_ends_it_names_and_0_and_1_otherwise(
    written: dict[str, Any], share: Share
) -> None:
    assert Share.parse(written) == share


@pytest.mark.parametrize(
    ("share", "at_least", "more_than"),
    [
        (Share.exact(HALF), T, F),
        (Share.exact(Fraction(50001, 100000)), T, T),
        (Share.exact(Fraction(49999, 100000)), F, F),
        (Share.exact(0), F, F),
        (Share.exact(1), T, T),
        (Share.unknown(), U, U),
        (Share(HALF, Fraction(1)), T, U),
        (Share(HALF, Fraction(1), exclusive_minimum=True), T, T),
        (Share(Fraction(0), HALF), U, F),
        (Share(Fraction(0), HALF, exclusive_maximum=True), F, F),
        (Share(Fraction(1, 4), Fraction(3, 4)), U, U),
        (Share(Fraction(1, 4), Fraction(3, 4), True, True), U, U),
        (Share(Fraction(3, 4), Fraction(1)), T, T),
        (Share(Fraction(0), Fraction(1, 4)), F, F),
    ],
)
def test_a_share_reaches_a_half_or_not_or_leaves_doubt(
    share: Share, at_least: Truth, more_than: Truth
) -> None:
    assert share.reaches(HALF, inclusive=True) is at_least
    assert share.reaches(HALF, inclusive=False) is more_than


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share.exact(HALF), "50%"),
        (Share.exact(Fraction(1, 3)), "about 33.33%"),
        (Share.unknown(), "0% to 100%"),
        (Share(Fraction(1, 4), HALF, exclusive_minimum=True), "more than 25% to 50%"),
        (Share(Fraction(1, 4), HALF, exclusive_maximum=True), "25% to below 50%"),
        (Share(Fraction(1, 4), HALF, True, True), "more than 25% to below 50%"),
    ],
)
def test_a_share_prints_as_people_say_it(share: Share, text: str) -> None:
    assert str(share) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 10), "10%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(1, 80), "1.25%"),
        (Fraction(2, 3), "about 66.67%"),
        (Fraction(1, 10**6), "0.0001%"),
        (Fraction(49999, 100000), "49.999%"),
        (Fraction(149999, 300000), "about 49.9997%"),
    ],
)
def test_a_percentage_is_exact_or_says_about(fraction: Fraction, text: str) -> None:
    assert percent(fraction) == text


def test_a_share_as_json_is_exact_and_plain() -> None:
    assert Share(Fraction(35, 47), Fraction(1), exclusive_minimum=True).as_json() == {
        "minimum": "35/47",
        "maximum": "1/1",
        "exclusive_minimum": True,
        "exclusive_maximum": False,
    }


def test_a_share_of_thousands_of_digits_is_written_out_as_json() -> None:
    long = Fraction(3, 5) ** 10_000
    told = Share(long, Fraction(1)).as_json()["minimum"]
    assert isinstance(told, str)
    numerator, denominator = told.split("/")
    assert (len(numerator), len(denominator)) == (4772, 6990)
    assert Fraction(Decimal(numerator)) / Fraction(Decimal(denominator)) == long


def test_a_share_is_a_value() -> None:
    share = Share(Fraction(1, 4), HALF, exclusive_minimum=True)
    assert pickle.loads(pickle.dumps(share)) == share  # noqa: S301 - our own bytes
    assert len({share, Share(Fraction(2, 8), Fraction(2, 4), exclusive_minimum=True)}) == 1
    with pytest.raises(AttributeError):
        share.minimum = HALF  # type: ignore[misc]

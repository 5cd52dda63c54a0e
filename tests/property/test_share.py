"""Shares as intervals: a share answers for every number in it, and no more than it knows."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.model.truth import Truth

fractions = st.fractions(0, 1, max_denominator=48)
flags = st.booleans()


@st.composite
def shares(draw: st.DrawFn) -> Share:
    low, high = sorted((draw(fractions), draw(fractions)))
    if low == high:
        return Share.exact(low)
    return Share(low, high, draw(flags), draw(flags))


def holds(share: Share, point: Fraction) -> bool:
    above = share.minimum < point or (share.minimum == point and not share.exclusive_minimum)
    below = point < share.maximum or (point == share.maximum and not share.exclusive_maximum)
    return above and below


@given(shares(), fractions, flags)
def test_a_share_reaches_what_all_its_points_reach(
    share: Share, threshold: Fraction, inclusive: bool
) -> None:
    # Every end, the threshold, and a point between each two neighbors decide for the interval.
    ends = sorted({share.minimum, share.maximum, threshold})
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    points = [point for point in (*ends, *between) if holds(share, point)]
    answers = {point >= threshold if inclusive else point > threshold for point in points}
    expected = Truth.of(answers.pop()) if len(answers) == 1 else Truth.UNKNOWN
    assert share.reaches(threshold, inclusive=inclusive) is expected


@given(shares(), fractions, flags, fractions)
def test_knowing_more_never_reverses_an_answer(
    share: Share, threshold: Fraction, inclusive: bool, point: Fraction
) -> None:
    assume(holds(share, point))
    known = Share.exact(point).reaches(threshold, inclusive=inclusive)
    assert share.reaches(threshold, inclusive=inclusive) in (known, Truth.UNKNOWN)
    assert known is not Truth.UNKNOWN


@given(shares(), fractions, fractions, flags)
def test_a_higher_threshold_is_never_easier_to_reach(
    share: Share, one: Fraction, other: Fraction, inclusive: bool
) -> None:
    rank = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
    low, high = sorted((one, other))
    easy = share.reaches(low, inclusive=inclusive)
    hard = share.reaches(high, inclusive=inclusive)
    assert rank[hard] <= rank[easy]


@given(shares())
def test_what_is_written_as_json_reads_back_exactly(share: Share) -> None:
    written = {
        key: f"{part}/1" if isinstance(part, str) and "/" not in part else part
        for key, part in share.as_json().items()
    }
    assert Share.parse(written) == share


@given(st.floats(1e-12, 1, exclude_min=True))
def test_a_float_is_the_decimal_it_prints_as(value: float) -> None:
    digits = format(Decimal(repr(value)), "f")
    assume(len(digits) <= 32)
    assert Share.parse(value) == Share.exact(Fraction(digits)) == Share.parse(digits)


@given(st.integers(0, 10000))
def test_a_percentage_reads_back_from_what_it_prints(hundredths: int) -> None:
    share = Share.exact(Fraction(hundredths, 10000))
    assert Share.parse(str(share)) == share


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.decimals(), st.none()))
def test_anything_at_all_is_a_share_or_a_value_error(value: object) -> None:
    try:
        share = Share.parse(value)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either way out is right
    else:
        assert 0 <= share.minimum <= share.maximum <= 1

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from compliance.chips import ChipSpecification, catalogue, find
from compliance.chips.performance import (
    Performance,
    grouped,
    performance,
    plain,
    theoretical_pflops,
)
from compliance.errors import UnknownNameError


def best(**rates: object) -> Performance | None:
    specification = ChipSpecification.model_validate(rates)
    return performance(specification, catalogue().law.precisions)


class TestPerformance:
    def test_nothing_published_is_no_performance(self) -> None:
        assert best(die_area_mm2=800, memory_bandwidth_gbs=3350) is None

    def test_a_published_zero_is_a_performance(self) -> None:
        found = best(fp16_tflops_dense=0)
        assert found is not None
        assert (found.tpp, found.precision.name) == (Decimal(0), "fp16")

    def test_the_highest_product_counts_and_not_the_highest_rate(self) -> None:
        found = best(fp4_tflops_dense=1000, fp16_tflops_dense=300)
        assert str(found) == "TPP 4,800 (fp16 dense 300 x 16)"

    def test_all_precisions_are_looked_at(self) -> None:
        found = best(fp64_tflops=100, fp32_tflops=100, fp8_tflops_dense=100)
        assert str(found) == "TPP 6,400 (fp64 dense 100 x 64)"

    def test_no_digit_is_lost_whatever_the_context_of_the_caller(self) -> None:
        with localcontext() as context:
            context.prec = 2
            found = best(fp8_tflops_dense="1979.123456789012345")
        assert found is not None
        assert found.tpp == Decimal("15832.987654312098760")

    def test_words_do_not_depend_on_the_context_of_the_caller(self) -> None:
        with localcontext() as context:
            context.prec = 2
            assert str(best(fp8_tflops_dense=1979)) == "TPP 15,832 (fp8 dense 1,979 x 8)"


class TestSupercomputers:
    """us_ear T13: FP64 or FP32 of true precision, per chip, in PFLOPS."""

    def test_h20_counts_44_tflops_of_fp32(self) -> None:
        rate = theoretical_pflops(find("H20").specification, "fp32")
        assert rate == Decimal("0.044")
        assert rate * 2700 == Decimal("118.8")
        assert rate * 4600 == Decimal("202.4")

    def test_fp64_counts_tensor_units_where_published(self) -> None:
        assert theoretical_pflops(find("H100").specification, "fp64") == Decimal("0.067")

    def test_tf32_is_not_32_bit(self) -> None:
        assert theoretical_pflops(ChipSpecification(tf32_tflops_dense=Decimal(9)), "fp32") is None

    def test_an_unpublished_rate_is_unknown_and_not_zero(self) -> None:
        assert theoretical_pflops(find("L40S").specification, "fp64") is None

    def test_other_precisions_are_refused(self) -> None:
        with pytest.raises(UnknownNameError) as refused:
            theoretical_pflops(find("H20").specification, "fp16")
        assert str(refused.value) == ("no theoretical performance at 'fp16' (known: fp64, fp32)")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("15832.0"), "15,832"),
        (Decimal("989.50"), "989.5"),
        (Decimal("1E+3"), "1,000"),
        (Fraction(2640, 826), "about 3.1961"),
        (Fraction(5, 2), "2.5"),
        (Decimal("0.00001"), "about 0"),
        (Fraction(10**7), "10,000,000"),
    ],
)
def test_numbers_as_people_read_them(number: Decimal | Fraction, text: str) -> None:
    assert grouped(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [("15832.0", "15832"), ("1E+3", "1000"), ("2395.20", "2395.2"), ("0.0", "0")],
)
def test_plain_numbers_have_no_needless_zeros_and_no_exponent(number: str, text: str) -> None:
    assert str(plain(Decimal(number))) == text

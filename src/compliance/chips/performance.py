"""Total processing performance (TPP) of a chip, and numbers as people read them.

TPP is the highest rate x input bits over the published dense rates (15 CFR part 774, Supp. No. 1,
technical notes to 3A090); a published rate already counts a multiply-accumulate as two operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from compliance.chips.classification_law import Precision
from compliance.errors import Problem, UnknownNameError
from compliance.model.specification import ChipSpecification

_EXACT: Final = Context(prec=80)
_THOUSANDTH: Final = Decimal("0.001")
_TRUE_RATES: Final = {"fp64": "fp64_tflops", "fp32": "fp32_tflops"}


@dataclass(frozen=True, slots=True)
class Performance:
    """The highest TPP of the published precisions, and how it came about."""

    tpp: Decimal
    rate: Decimal
    precision: Precision

    def __str__(self) -> str:
        """TPP in words: "TPP 15,832 (fp8 dense 1,979 x 8)"."""
        name, bits = self.precision.name, self.precision.bits
        return f"TPP {grouped(self.tpp)} ({name} dense {grouped(self.rate)} x {bits})"


def performance(
    specification: ChipSpecification, precisions: tuple[Precision, ...], *, stored: bool = False
) -> Performance | None:
    """The highest rate x bits over the published dense rates; None if no rate is published.

    `stored` counts a precision with its stored bits where these differ from its input bits.
    """
    best: Performance | None = None
    for precision in precisions:
        rate: Decimal | None = getattr(specification, precision.figure)
        if rate is None:
            continue
        bits = (precision.stored_bits or precision.bits) if stored else precision.bits
        tpp = _EXACT.multiply(rate, Decimal(bits))
        if best is None or tpp > best.tpp:
            best = Performance(tpp, rate, precision)
    return best


def theoretical_pflops(specification: ChipSpecification, precision: str) -> Decimal | None:
    """The peak of one chip in PFLOPS at "fp64" or "fp32"; None where no rate is published.

    The highest published figure of that true precision (15 CFR 744.23(a)(1), supercomputers): FP64
    with tensor units where the maker gives it; FP32 as 32-bit arithmetic, which TF32 is not.

    Raises:
        UnknownNameError: another precision.
    """
    if precision not in _TRUE_RATES:
        known = ", ".join(_TRUE_RATES)
        raise UnknownNameError(
            Problem.at(f"no theoretical performance at {precision!r}", hint=f"known: {known}")
        )
    rate: Decimal | None = getattr(specification, _TRUE_RATES[precision])
    return None if rate is None else plain(_EXACT.multiply(rate, _THOUSANDTH))


def plain(number: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent."""
    return Decimal(f"{number.normalize(_EXACT):f}")


def grouped(number: Decimal | Fraction) -> str:
    """A number as people read it: 15,832; 989.5; "about 3.1961" where it has more decimals."""
    exact = Fraction(number)
    rounded = round(exact, 4)
    quotient = _EXACT.divide(Decimal(rounded.numerator), Decimal(rounded.denominator))
    text = f"{quotient:,f}"
    return text if rounded == exact else f"about {text}"

"""A share: an interval of exact fractions with open or closed ends.

Written as "51%", 0.51 (a decimal fraction in [0, 1]), "0.5", "35/47", or
{minimum, maximum, exclusive_minimum, exclusive_maximum}, as in the `share` of the Beneficial
Ownership Data Standard 0.4. A bare integer (51, or 1) is refused: 51 of what? No float ever
decides: a float is read through its shortest decimal spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from compliance.model.truth import Truth

_PERCENT = re.compile(r"\d{1,12}(?:\.\d{1,12})?\s*%", re.ASCII)
_DECIMAL = re.compile(r"\d{1,12}\.\d{1,30}", re.ASCII)
_RATIO = re.compile(r"\d{1,30}\s*/\s*\d{1,30}", re.ASCII)
_KEYS = frozenset({"minimum", "maximum", "exact", "exclusive_minimum", "exclusive_maximum"})


@dataclass(frozen=True, slots=True)
class Share:
    """An interval inside [0, 1]; exact when both ends are equal and closed.

    Raises:
        ValueError: an end outside [0, 1], minimum above maximum, or an empty interval.
    """

    minimum: Fraction
    maximum: Fraction
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False

    def __post_init__(self) -> None:
        low, high = self.minimum, self.maximum
        # Integers say the same as `0 <= low <= 1` and cost a tenth: shares are made in thousands.
        if not 0 <= low.numerator <= low.denominator or not 0 <= high.numerator <= high.denominator:
            raise ValueError("a share lies between 0 and 100%")
        if low.numerator * high.denominator > high.numerator * low.denominator:
            raise ValueError(f"minimum {self.minimum} is above maximum {self.maximum}")
        if self.minimum == self.maximum and (self.exclusive_minimum or self.exclusive_maximum):
            raise ValueError("the interval is empty: its only point is excluded")

    @classmethod
    def exact(cls, value: Fraction | int) -> Share:
        """The interval that holds one point."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def unknown(cls) -> Share:
        """The interval that says nothing: [0, 1]."""
        return cls(Fraction(0), Fraction(1))

    @classmethod
    def parse(cls, value: Any) -> Share:
        """Read a share in any of the spellings of the module docstring.

        Raises:
            ValueError: anything else, with what was expected.
        """
        if isinstance(value, Share):
            return value
        if isinstance(value, Mapping):
            return _interval(value)
        return cls.exact(_fraction(value))

    @property
    def is_exact(self) -> bool:
        """Whether the share is one known number."""
        return self.minimum == self.maximum

    def reaches(self, threshold: Fraction, *, inclusive: bool) -> Truth:
        """Is the share at least (not inclusive: more than) the threshold? Unknown in between."""
        low, high = self.minimum, self.maximum
        if low > threshold or (low == threshold and (inclusive or self.exclusive_minimum)):
            return Truth.TRUE
        if high < threshold or (high == threshold and (not inclusive or self.exclusive_maximum)):
            return Truth.FALSE
        return Truth.UNKNOWN

    def __str__(self) -> str:
        if self.is_exact:
            return percent(self.minimum)
        left = "more than " if self.exclusive_minimum else ""
        right = "below " if self.exclusive_maximum else ""
        return f"{left}{percent(self.minimum)} to {right}{percent(self.maximum)}"

    def as_json(self) -> dict[str, str | bool]:
        """The interval as plain JSON, exact: fractions are "n/d"."""
        return {
            "minimum": _ratio(self.minimum),
            "maximum": _ratio(self.maximum),
            "exclusive_minimum": self.exclusive_minimum,
            "exclusive_maximum": self.exclusive_maximum,
        }


def _ratio(value: Fraction) -> str:
    """Numerator and denominator, of any length: str() refuses integers of thousands of digits."""
    return f"{Decimal(value.numerator):f}/{Decimal(value.denominator):f}"


@lru_cache(4096)
def percent(value: Fraction) -> str:
    """A fraction as a percentage, marked "about" where it is rounded.

    Rounding never reaches a whole percent that the fraction does not have: 49.999% is not "about
    50%".
    """
    hundredfold = value * 100
    for digits in (2, 4, 6, 8):
        rounded = Decimal(round(hundredfold * 10**digits)) / 10**digits
        if hundredfold.denominator == 1 or rounded != rounded.to_integral_value():
            break
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if Fraction(rounded) == hundredfold else f"about {text}%"


def _fraction(value: Any) -> Fraction:
    if isinstance(value, bool) or value is None:
        raise ValueError(f'a share is "51%", 0.51, "35/47" or an interval, not {value!r}')
    if isinstance(value, int):
        message = f'{value} of what? write "{value}%" or a fraction such as 0.51'
        raise ValueError(message)
    if isinstance(value, Fraction):
        return value
    text = _spelled_out(value)
    if _PERCENT.fullmatch(text):
        return Fraction(text.rstrip("% \t")) / 100
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    if _RATIO.fullmatch(text):
        numerator, denominator = (int(part) for part in text.split("/"))
        if denominator == 0:
            raise ValueError(f"{text} divides by zero")
        return Fraction(numerator, denominator)
    raise ValueError(f'a share is "51%", 0.51, "35/47" or an interval, not {value!r}')


def _spelled_out(value: Any) -> str:
    """The value as text; a number without an exponent, so 1e-05 is the 0.00001 it stands for."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 400:
        return format(value, "f")
    return str(value).strip()


def _interval(value: Mapping[str, Any]) -> Share:
    unknown = sorted(set(value) - _KEYS, key=str)
    if unknown:
        raise ValueError(
            f"unknown key {unknown[0]!r} in a share; known: {', '.join(sorted(_KEYS))}"
        )
    if "exact" in value:
        if len(value) > 1:
            raise ValueError("a share is exact or an interval, not both")
        return Share.exact(_fraction(value["exact"]))
    for key in ("exclusive_minimum", "exclusive_maximum"):
        if not isinstance(value.get(key, False), bool):
            message = f"{key} is true or false"
            raise ValueError(message)
    low = _fraction(value["minimum"]) if value.get("minimum") is not None else Fraction(0)
    high = _fraction(value["maximum"]) if value.get("maximum") is not None else Fraction(1)
    return Share(
        low,
        high,
        value.get("exclusive_minimum", False),
        value.get("exclusive_maximum", False),
    )
